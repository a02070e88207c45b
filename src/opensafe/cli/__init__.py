"""The face: parses, calls one step, shows, exits. The only room that knows the terminal."""
