"""Ways to damage a file, as accidents and attackers do."""

import random
from collections.abc import Callable, Sequence

_LENGTHS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_PIECES = (b"\0" * 8, b"\xff" * 8, b"((((", b"[[[[", b"{" * 40, b"<" * 40, b"%" * 8, b"\\u", b"../", b"9" * 30)


def flipped(data: bytearray, chance: random.Random) -> None:
    """Up to eight bits."""
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwritten(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + chance.randint(1, 16)] = chance.randbytes(chance.randint(0, 24))


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def shortened(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randint(1, 64)]


def lengthened(data: bytearray, chance: random.Random) -> None:
    """A number that may be a length or an offset, made small, huge, negative or a little too large."""
    width = chance.choice((1, 2, 4, 8))
    value = chance.choice((*_LENGTHS, len(data), len(data) + 1)) & ((1 << 8 * width) - 1)
    at = chance.randrange(len(data))
    data[at : at + width] = value.to_bytes(width, chance.choice(("little", "big")))


def repeated(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = bytes(data[start : start + chance.randint(1, 200)]) * chance.randint(1, 20)


def inserted(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(_PIECES) * chance.randint(1, 10)


_MUTATIONS: Sequence[Callable[[bytearray, random.Random], None]] = (
    *(flipped, overwritten, cut, shortened, lengthened, lengthened, repeated, inserted),
)


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds with one to four damages, or two of them spliced. Half of them keep their first bytes."""
    seed = chance.choice(seeds)
    data = bytearray(seed)
    if chance.random() < 0.1:
        other = chance.choice(seeds)
        data = data[: chance.randrange(len(data) + 1)] + bytearray(other[chance.randrange(len(other) + 1) :])
    for _ in range(chance.randint(1, 4)):
        if data:
            chance.choice(_MUTATIONS)(data, chance)
    if chance.random() < 0.5:
        data[:16] = seed[:16]
    return bytes(data)
