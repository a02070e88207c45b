"""Git's variable-width number, as in offset deltas of packs, in indexes of version 4 and in reftables."""

_MOST_BYTES = 10  # what 64 bits take


def offset_number(data: bytes, at: int) -> tuple[int, int]:
    """The number at an offset and the offset behind it. Raises IndexError where the data end, ValueError if endless."""
    byte = data[at]
    value = byte & 127
    for _ in range(_MOST_BYTES):
        at += 1
        if not byte & 128:
            return value, at
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 127)
    raise ValueError("a number of too many bytes")
