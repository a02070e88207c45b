"""Makes the new history: surgical, squashed, or in a new repository. The claim it leaves is tested by `proof`."""
