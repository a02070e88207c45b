"""Files of other tools that say something about values: read as suggestions, never as truth."""
