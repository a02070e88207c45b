"""Writes reftables byte by byte after git's description of the format: what the reader is held against."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from opensafe.git.reftable import LogRecord
from opensafe.model.identifiers import Oid

Value = Oid | tuple[Oid, Oid] | bytes | None
"""An id, an id with what its tag leads to, the target of a symbolic ref, or deleted."""

_RESTART_EVERY = 3


def number(value: int) -> bytes:
    """The variable-width number of the format."""
    out = bytes([value & 127])
    while value := value >> 7:
        value -= 1
        out = bytes([128 | value & 127]) + out
    return out


def text(value: bytes) -> bytes:
    return number(len(value)) + value


def write_table(
    refs: Mapping[bytes, Value],
    logs: Sequence[LogRecord] = (),
    *,
    block_size: int = 256,
    id_bytes: int = 20,
    padded: bool = True,
    forgotten: Sequence[tuple[bytes, int]] = (),
) -> bytes:
    """One table: ref blocks of at most `block_size` bytes, then log blocks, then the footer."""
    header = b"REFT" + bytes([2 if id_bytes == 32 else 1]) + block_size.to_bytes(3, "big") + struct.pack(">QQ", 1, 9)
    header += b"s256" if id_bytes == 32 else b""
    entries = [(name, *_encoded(refs[name])) for name in sorted(refs)]
    out = header
    for block in _blocks(entries, block_size, len(header)):
        out += b"\0" * (-(len(out)) % block_size) if padded and len(out) > len(header) else b""
        body = _block(b"r", block, len(out) if len(out) == len(header) else 0)
        out += body
    logs_at = len(out) if logs and entries else 0
    for chunk in [logs[at : at + 4] for at in range(0, len(logs), 4)]:
        records = [(_log_key(record.ref, record.update), 1, _log_value(record)) for record in chunk]
        records += [(_log_key(*key), 0, b"") for key in forgotten] if chunk is logs[:4] else []
        first = len(header) if len(out) == len(header) else 0
        whole = _block(b"g", sorted(records), first)
        out += whole[:4] + zlib.compress(whole[4:])
    tail = header + struct.pack(">5Q", 0, 0, 0, logs_at, 0)
    return out + tail + struct.pack(">I", zlib.crc32(tail))


def write_stack(folder: Path, tables: Sequence[bytes]) -> None:
    """`folder` becomes a git folder whose refs are these tables, oldest first."""
    base = folder / "reftable"
    base.mkdir(exist_ok=True)
    names = [f"0x{at:012x}-0x{at:012x}-00000000.ref" for at in range(1, len(tables) + 1)]
    for name, table in zip(names, tables, strict=True):
        (base / name).write_bytes(table)
    (base / "tables.list").write_text("".join(f"{name}\n" for name in names), newline="\n")
    (folder / "HEAD").write_text("ref: refs/heads/.invalid\n", newline="\n")


def _encoded(value: Value) -> tuple[int, bytes]:
    match value:
        case None:
            return 0, number(0)
        case bytes():
            return 3, number(0) + text(value)
        case (one, peeled):
            return 2, number(0) + bytes.fromhex(one) + bytes.fromhex(peeled)
        case _:
            return 1, number(0) + bytes.fromhex(str(value))


def _log_key(ref: bytes, update: int) -> bytes:
    return ref + b"\0" + struct.pack(">Q", (1 << 64) - 1 - update)


def _log_value(record: LogRecord) -> bytes:
    ids = bytes.fromhex(record.old.decode()) + bytes.fromhex(record.new.decode())
    who = text(record.name) + text(record.email) + number(record.seconds) + struct.pack(">h", record.zone)
    return ids + who + text(record.message)


def _blocks(
    entries: Sequence[tuple[bytes, int, bytes]], block_size: int, header: int
) -> list[list[tuple[bytes, int, bytes]]]:
    blocks: list[list[tuple[bytes, int, bytes]]] = []
    for entry in entries:
        start = header if len(blocks) <= 1 else 0
        if not blocks or len(_block(b"r", [*blocks[-1], entry], start)) + start > block_size:
            blocks.append([])
        blocks[-1].append(entry)
    return blocks


def _block(kind: bytes, records: Sequence[tuple[bytes, int, bytes]], start: int) -> bytes:
    """A block; offsets of restarts and its length count from `start` bytes before it (the header of the file)."""
    body, restarts, before = b"", b"", b""
    for at, (key, value_kind, value) in enumerate(records):
        shared = 0 if at % _RESTART_EVERY == 0 else _shared(before, key)
        if not shared:
            restarts += (start + 4 + len(body)).to_bytes(3, "big")
        body += number(shared) + number((len(key) - shared) << 3 | value_kind) + key[shared:] + value
        before = key
    body += restarts + struct.pack(">H", len(restarts) // 3)
    return kind + (start + 4 + len(body)).to_bytes(3, "big") + body


def _shared(one: bytes, other: bytes) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
