"""The rule by which an organisation hides small numbers."""

from dataclasses import dataclass

from opensafe.model.expressions import expression

_OWN = expression(r"(\d{1,3})(?:/(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Counts from 1 to `threshold` are small; `rounding` is the multiple that counts are rounded to (0: none)."""

    name: str
    threshold: int
    rounding: int
    source: str

    @classmethod
    def own(cls, text: str) -> "DisclosureRule | None":
        """A rule of the organisation's own: `9/5` (up to 9, rounded to 5) or `9`; nothing for any other text."""
        match = _OWN.fullmatch(text.strip())
        if match is None:
            return None
        return cls("custom", int(match[1]), int(match[2] or 0), "the organisation's own rule")
