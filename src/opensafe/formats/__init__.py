"""Bytes in; texts and tables out, with a map back to the bytes that they came from. No input or output."""
