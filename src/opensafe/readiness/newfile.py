"""What `scaffold` hands over: files to add, and files that get something added."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write. `why` says in one line, as what follows the path in a sentence, what it is for."""

    path: str
    data: bytes
    why: str
    kept: int = 0
    """How many bytes at the start of `data` are the file as it is now; 0 where there is none."""

    @property
    def added(self) -> bytes:
        """What is new, in the encoding of the file (UTF-16 without a byte order mark)."""
        return self.data[self.kept :]
