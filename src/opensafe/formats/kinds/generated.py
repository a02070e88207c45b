"""What formats share whose text was made by a decoder: there is no way back from it."""

from typing import ClassVar, NoReturn

from opensafe.formats.content import CannotReencode, Changes, Content


class Generated:
    """A format whose labels begin with `prefix` and whose parts cannot be changed in place."""

    prefix: ClassVar[str]
    signatures: ClassVar[frozenset[str] | None] = None
    nests: ClassVar[bool] = False
    replaces: ClassVar[bool] = False

    def recognises(self, _content: Content) -> bool:
        """By its signature alone, where no more is asked."""
        return self.signatures is not None

    def owns(self, label: str) -> bool:
        return label.startswith(self.prefix)

    def translate(self, _parent: Content, changes: Changes) -> NoReturn:
        raise CannotReencode((min(changes),), "its text was made from the file and has no place in it")
