"""Builds repositories with a past: the builder, invented values, and the story of the demo."""
