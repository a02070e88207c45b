"""The message of a commit as it lies in the file that git gives to its commit-msg hook."""

from opensafe.model.expressions import expression

_SCISSORS = expression(rb"(?m)^\S -{24} >8 -{24}\r?$")
_COMMENT = expression(rb"(?m)^#.*$")


def message_in(data: bytes, *, edited: bool) -> bytes:
    """What git will keep of the file, its lines where they are.

    Where a person `edited` it, git takes comments away, and everything below the scissors of `commit --verbose`:
    the change itself, with lines that are being removed. Otherwise a line that begins with # is a line like others.
    """
    if not edited:
        return data
    cut = _SCISSORS.search(data)
    return _COMMENT.sub(b"", data[: cut.start()] if cut else data)
