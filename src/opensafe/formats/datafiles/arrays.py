"""Values in the buffers of arrays that lie in a pickle: numbers, and texts cut apart by a buffer of places.

A pickle keeps an array of numbers, or of texts as Arrow has them, as plain bytes, and nothing says what they are.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from opensafe.formats.datafiles.carving import doubles_in, integers_in

_MOST = 10_000_000  # places of one buffer


def doubles_of(data: bytes) -> Iterator[bytes]:
    """Numbers of ten digits that are stored as doubles, once each."""
    return (b"%d" % number for number in dict.fromkeys(doubles_in(data)))


def integers_of(buffers: Iterable[bytes]) -> Iterator[bytes]:
    """Numbers of ten digits that are stored as 64-bit integers, once each.

    A buffer is an array where its size allows that; in any other, numbers may stand at any place.
    """
    found = (integers_in(buffer) if len(buffer) % 8 else _aligned(buffer) for buffer in buffers)
    return (b"%d" % number for number in dict.fromkeys(chain.from_iterable(found)))


def _aligned(buffer: bytes) -> Iterator[int]:
    values = struct.unpack(f"<{len(buffer) // 8}q", buffer)
    return (value for value in values if 10**9 <= value < 10**10)


def texts_of(buffers: Iterable[bytes]) -> Iterator[bytes]:
    """The texts where one buffer holds the places of the next: from 0 up to its length, never going back."""
    for places, content in pairwise(buffers):
        cuts = _cuts(places, len(content))
        yield from (content[start:end] for start, end in pairwise(cuts))


def _cuts(places: bytes, size: int) -> tuple[int, ...]:
    for form in "qi":
        count = len(places) // struct.calcsize(form)
        if not 1 < count <= _MOST or any(places[: struct.calcsize(form)]):
            continue
        cuts = struct.unpack_from(f"<{count}{form}", places)
        end = cuts.index(max(cuts)) + 1  # a buffer may be filled up with zeros
        if 0 < cuts[end - 1] <= size and all(first <= second for first, second in pairwise(cuts[:end])):
            return cuts[:end]
    return ()
