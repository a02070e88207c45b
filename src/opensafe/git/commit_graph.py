"""What the commit-graph says about parents: git believes it, so a forged one hides history from ordinary commands.

Format: gitformat-commit-graph. opensafe never uses it; it is read only to be held against the commits themselves.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from opensafe.git.layout import read_text
from opensafe.model.identifiers import Oid

_MAX_FILE = 1 << 30
_MAX_CHAIN = 1_000
_HEADER, _CHUNK_ROW = 8, 12
_NONE, _MANY = 0x70000000, 0x80000000
_DATES = 8  # bytes of generation and date behind the two parents


@dataclass(frozen=True, slots=True)
class _Layer:
    """One file of the chain. Positions of parents count through all the layers."""

    ids: tuple[Oid, ...]
    rows: tuple[tuple[int, int], ...]
    edges: tuple[int, ...]


def stated_parents(objects: Path) -> dict[Oid, tuple[Oid, ...]]:
    """Commit → parents as the commit-graph has them; empty without one. Raises ValueError where it is damaged."""
    info = objects / "info"
    chain = read_text(info / "commit-graphs" / "commit-graph-chain").decode("ascii", "replace").split()
    files = [info / "commit-graphs" / f"graph-{Path(name).name}.graph" for name in chain[:_MAX_CHAIN]]
    single = read_text(info / "commit-graph", _MAX_FILE)
    try:
        layers = [_layer(single)] if single else [_layer(read_text(file, _MAX_FILE)) for file in files]
        return dict(_parents(layers))
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError("the commit-graph is damaged") from error


def _layer(data: bytes) -> _Layer:
    magic, _, hash_version, chunk_count, _ = struct.unpack_from(">4s4B", data)
    if magic != b"CGPH":
        raise KeyError(magic)
    width = 32 if hash_version == 2 else 20  # noqa: PLR2004 - 1 is SHA-1, 2 is SHA-256
    table = [struct.unpack_from(">4sQ", data, _HEADER + _CHUNK_ROW * row) for row in range(chunk_count + 1)]
    chunks = {name: data[at:end] for (name, at), (_, end) in pairwise(table)}
    ids, rows = chunks[b"OIDL"], chunks[b"CDAT"]
    edges = chunks.get(b"EDGE", b"")
    return _Layer(
        tuple(Oid(ids[at : at + width].hex()) for at in range(0, len(ids) - width + 1, width)),
        tuple(struct.unpack_from(">II", rows, at + width) for at in range(0, len(rows), width + 8 + _DATES)),
        struct.unpack(f">{len(edges) // 4}I", edges[: len(edges) // 4 * 4]),
    )


def _parents(layers: list[_Layer]) -> Iterator[tuple[Oid, tuple[Oid, ...]]]:
    known = [oid for layer in layers for oid in layer.ids]
    for layer in layers:
        for oid, row in zip(layer.ids, layer.rows, strict=False):
            yield oid, tuple(known[at] for at in _positions(*row, layer.edges))


def _positions(first: int, second: int, edges: tuple[int, ...]) -> Iterator[int]:
    """A second parent with the highest bit set leads into a list of further ones, which ends with that bit."""
    if first != _NONE:
        yield first
    if second == _NONE:
        return
    if not second & _MANY:
        yield second
        return
    for edge in edges[second ^ _MANY :]:
        yield edge & ~_MANY
        if edge & _MANY:
            return
