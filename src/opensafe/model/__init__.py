"""What opensafe talks about: frozen, typed nouns without input or output."""
