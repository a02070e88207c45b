"""Writes the documents that would drift if people wrote them: `python -m docs.generate`, in the top folder."""
