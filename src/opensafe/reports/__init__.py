"""Shows a case to people and machines: from nouns to text, without input or output."""
