"""Shows that a result is what was decided. Knows nothing of how it was made: it may not import `rewriting`."""
