"""The commands: one file each, with a `register` that adds it to the application."""
