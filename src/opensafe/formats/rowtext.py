"""Rows of cells as text: cells separated by tabs, one row a line."""

from collections.abc import Iterable

from opensafe.formats.budget import Meter

_BREAKS = str.maketrans("\t\r\n", "   ")


def row_text(rows: Iterable[Iterable[str]], meter: Meter) -> bytes | None:
    """The rows as UTF-8, breaks within cells as spaces; None if they are over what the budget has left."""
    lines: list[bytes] = []
    room = meter.limit
    for row in rows:
        cells = list(row)
        if sum(map(len, cells)) > room:  # before they are joined: one text may stand in many cells
            return None
        line = "\t".join(cell.translate(_BREAKS) for cell in cells).encode("utf-8", "surrogatepass") + b"\n"
        room -= len(line)
        if room < 0:
            return None
        lines.append(line)
    return b"".join(lines)
