"""The values of a pickle in its order, found by reading opcodes: nothing is ever loaded (facts, names 7)."""

import pickletools
from collections.abc import Iterator
from itertools import islice

MAX_OPCODES = 1_000_000

_STORE = frozenset({"PUT", "BINPUT", "LONG_BINPUT"})
_FETCH = frozenset({"GET", "BINGET", "LONG_BINGET"})
_NUMBERS = ("BININT", "LONG", "INT")
_LONGEST_AGAIN = 200  # characters of a text that is given again: keys are short


def values_in(data: bytes) -> Iterator[str | bytes]:
    """Text, whole numbers and bytes, and what follows a pickle that breaks off (joblib writes arrays behind one).

    A text that is stored once and fetched again, as the keys of records are, is given each time.
    """
    at, memo, stored, last = 0, dict[int, str](), 0, ""
    try:
        for opcode, argument, place in islice(pickletools.genops(data), MAX_OPCODES + 1):
            at = place or 0
            name, value = opcode.name, argument
            if name == "MEMOIZE" or name in _STORE:
                memo[stored if name == "MEMOIZE" else int(value or 0)] = last
                stored += 1
                continue
            last = memo.get(int(value or 0), "") if name in _FETCH else value if isinstance(value, str) else ""
            if name in _FETCH:
                yield from [last] if 0 < len(last) <= _LONGEST_AGAIN else ()
            elif isinstance(value, bytes | bytearray):
                yield bytes(value)
            elif isinstance(value, str) or (isinstance(value, int) and name.startswith(_NUMBERS)):
                yield str(value)
    except (ValueError, IndexError, KeyError, OverflowError, UnicodeError):
        yield data[at:] + b"\0" * ((len(data) - at) % 8 == 0)  # no array: numbers in it may stand at any place
