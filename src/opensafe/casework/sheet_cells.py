"""What people and spreadsheets make of a cell, taken back: other spaces, dashes, case, and ways to write a date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from opensafe.model.expressions import expression

_DASHES = expression("[\u2010-\u2015\u2212_\\s-]+")
_QUOTED = expression("'(?=\\s{0,9}[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_TIME = expression(r"[ T]00:00(?::00)?(?:\.0+)?\Z")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099, counted in days as spreadsheets do
_EPOCH = date(1899, 12, 30).toordinal()
_SERIAL = expression(r"\d{5}(?:\.0+)?")


def plain(cell: str) -> str:
    """The text of a cell: spaces at the ends and in a row taken away, and the apostrophe that keeps it from running."""
    return _QUOTED.sub("", " ".join(cell.split()), count=1) if cell.lstrip().startswith("'") else " ".join(cell.split())


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet shows it, and its cells by the title of their column, folded."""

    number: int
    cells: dict[str, str]

    def text(self, title: str) -> str:
        return plain(self.cells.get(title.casefold(), ""))


def word(cell: str, words: Iterable[str]) -> str | None:
    """Which of `words` was meant; `None` where it is none of them."""
    said = _bare(cell)
    return next((known for known in words if _bare(known) == said), None)


def _bare(text: str) -> str:
    return _DASHES.sub("-", text.strip().casefold())


def day(cell: str) -> date | None:
    """The date that was meant, days before months as in Britain; `None` where it is none."""
    text = _TIME.sub("", plain(cell))
    if _SERIAL.fullmatch(text) and _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        return date.fromordinal(_EPOCH + int(float(text)))
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
