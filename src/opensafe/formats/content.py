"""What a format is: it opens a content into what lies in it, and translates changes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from opensafe.errors import OpensafeError
from opensafe.formats.budget import Meter
from opensafe.formats.nature import Nature, nature_of, nature_of_text
from opensafe.model.edit import Edit
from opensafe.model.skip import Unread
from opensafe.model.specimen import Role


class CannotReencode(OpensafeError):
    """A change in decoded content has no exact way back into the file: the file is to be removed instead."""

    def __init__(self, via: tuple[str, ...], why: str) -> None:
        where = " > ".join(via) or "the file itself"
        super().__init__(f"{where} cannot be changed in place: {why}", remedy="remove the file: --action remove-file")
        self.via = via
        self.why = why


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes on their way through the decodings; `role` is what they are if they turn out to be text."""

    data: bytes = field(repr=False)
    nature: Nature
    role: Role = Role.TEXT
    name: bytes = b""

    @classmethod
    def of(cls, data: bytes, name: bytes = b"") -> "Content":
        return cls(data, nature_of(data, name), name=name)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One thing that lies in a content.

    `is_text`: the decoder vouches that it is UTF-8 text (in which halves of surrogate pairs may stand), whatever it
    looks like. A `leaf` is text that was made by the decoder: it is not opened further.
    """

    label: str
    data: bytes = field(repr=False)
    role: Role = Role.TEXT
    name: bytes = b""
    is_text: bool = False
    leaf: bool = False

    def content(self) -> Content:
        nature = nature_of_text(self.data, self.name) if self.is_text else nature_of(self.data, self.name)
        return Content(self.data, nature, self.role, self.name)


Changes = Mapping[str, Sequence[Edit]]
"""Edits of what was unpacked, by its label."""


class Format(Protocol):
    """One file in `kinds` defines `FORMAT`, one of these."""

    @property
    def signatures(self) -> frozenset[str] | None:
        """The signatures of contents that it may open; None where the signature does not tell."""
        ...

    @property
    def nests(self) -> bool:
        """Whether it counts as a level of `Budget.max_depth`."""
        ...

    @property
    def replaces(self) -> bool:
        """Whether what it unpacks stands in the place of the raw content, which is then not given as well."""
        ...

    def recognises(self, content: Content) -> bool:
        """A cheap test, that may be wrong: `unpack` then gives nothing."""
        ...

    def owns(self, label: str) -> bool:
        """Whether a label of `via` is one of this format's."""
        ...

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """What lies in it, in a fixed order, within the budget; never raises."""
        ...

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Edits of `parent` that make these changes (edits by label). Raises CannotReencode."""
        ...
