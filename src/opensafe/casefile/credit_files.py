"""Files that exist to say who made something, by name: the condition on a spot, and on the index's own list of them."""

from opensafe.model.creditfiles import CREDIT_FILES

_FILES = sorted(CREDIT_FILES)
# The last part of a path: without what is left when everything but separators is cut off its end.
_NAME = "lower(replace(path, rtrim(path, replace(path, '/', '')), ''))"
IS_CREDIT_FILE = f"instr('/{'/'.join(_FILES)}/', '/' || {_NAME} || '/') > 0"
"""In SQL, of a spot: one search is faster than comparing each name.

It is written in the same way for the index and in queries: by that SQLite knows to use it.
"""
