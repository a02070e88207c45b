"""How templates write into a document: values are escaped, unless they are in the document's own markup already."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from opensafe.model.expressions import expression

_LISTED = 20
_PARAGRAPH_END = expression(r"\n[ \t]{0,80}\n")


class Marked(str):
    """Text in the markup of its document: templates insert it as it is. Everything else is escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One markup language. Whatever a value holds, what comes back shows it and does nothing else."""

    inline: Callable[[str], Marked]
    """A value on one line."""
    code: Callable[[str], Marked]
    """A value as it is typed: a name, a path, a version."""
    reference: Callable[[str], Marked]
    """The path of another file of the repository, as a link where the language has links to files."""
    commands: Callable[[Iterable[str]], Marked]
    """A block of command lines."""
    comment: Callable[[str], Marked]
    """A line that programs see and readers do not, up to where the next line may begin."""

    def paragraphs(self, value: str) -> Marked:
        """`value` with its paragraphs kept, each escaped as `inline` does."""
        parts = (self.inline(part) for part in _PARAGRAPH_END.split(value.replace("\r\n", "\n")))
        return Marked("\n\n".join(part for part in parts if part))

    def codes(self, values: Iterable[str]) -> Marked:
        return Marked(", ".join(self.code(value) for value in values))

    def listed(self, values: Sequence[str]) -> Marked:
        """A list of at most 20 values, and how many more there are."""
        rest = [f"- and {len(values) - _LISTED} more"] if len(values) > _LISTED else []
        return Marked("\n".join([f"- {self.code(value)}" for value in values[:_LISTED]] + rest))

    def insert(self, value: object) -> str:
        """What a template expression becomes."""
        return value if isinstance(value, Marked) else self.inline(str(value))
