"""What a content is, at a glance: its signature and its text encoding."""

from dataclasses import dataclass

from opensafe.formats.encodings import decoded, encoding_of
from opensafe.formats.magic import binary_signature
from opensafe.formats.textual import text_signature

_HEAD = 65_536  # bytes of a text that are looked at


@dataclass(frozen=True, slots=True)
class Nature:
    """`signature` as `formats.signature` gives it; `encoding` is empty for what is not text."""

    signature: str
    encoding: str

    @property
    def is_text(self) -> bool:
        return bool(self.encoding)


def nature_of(data: bytes, name: bytes = b"") -> Nature:
    """Content decides: magic numbers, then the text encoding, then what kind of text it is; `name` only helps."""
    magic = binary_signature(data)
    if magic:
        return Nature(magic, "")
    encoding = encoding_of(data)
    if not encoding:
        return Nature("", "")
    text = data if encoding == "utf-8" else decoded(data[: 4 * _HEAD], encoding)
    return Nature(text_signature(text, name), encoding)


def nature_of_text(data: bytes, name: bytes) -> Nature:
    """The nature of what is known to be UTF-8 text."""
    return Nature(text_signature(data, name), "utf-8")
