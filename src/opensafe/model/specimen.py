"""What is given to a detector."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.place import PlaceKind


class Role(StrEnum):
    """What part of a file a decoded content is; detectors judge by it."""

    TEXT = "text"
    SOURCE = "source"  # the code or prose cells of a notebook
    OUTPUT = "output"  # the outputs of a notebook
    TABLE = "table"  # cells of a table, one row a line, separated by tabs
    METADATA = "metadata"  # document properties, file metadata, names of archive members
    BINARY = "binary"  # raw bytes in no format that is known


@dataclass(frozen=True, slots=True)
class Specimen:
    """One piece of searchable bytes: UTF-8 where it was decoded as text, raw bytes otherwise.

    `path` is the file's path (empty where there is none), `via` the decodings that led here, `signature` the
    content signature of the whole file (`formats.signature`), `data` what is searched. A passage detector is
    given a window of the content; offsets of hits count from the start of `data`.
    """

    kind: PlaceKind
    data: bytes
    path: bytes = b""
    via: tuple[str, ...] = ()
    role: Role = Role.TEXT
    signature: str = ""
