"""Silence for libraries that write to the standard error of the process by themselves: what they say may quote a file.

Nothing of Python stands in between, so the descriptor itself is turned away for as long as the library runs. That
holds for the whole process: a process scans one content at a time.

This bends the rule that formats do no input or output, and stands here because only the caller of the library knows
when it runs. Nothing is read or written: a writing that the library would do is taken away.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

_STANDARD_ERROR = 2


@contextmanager
def quiet() -> Iterator[None]:
    """Whatever is written to standard error within is lost; afterwards it is as before, whatever was raised."""
    with ExitStack() as stack:
        with suppress(OSError):  # where there is none, nothing can be said
            _turn_away(stack)
        yield


def _turn_away(stack: ExitStack) -> None:
    kept = os.dup(_STANDARD_ERROR)
    stack.callback(os.close, kept)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    stack.callback(os.close, nowhere)
    stack.callback(os.dup2, kept, _STANDARD_ERROR)
    os.dup2(nowhere, _STANDARD_ERROR)
