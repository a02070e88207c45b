"""Looks through what people type: reasons and evidence go into the record, so they may hold no finding."""

from functools import lru_cache
from typing import TYPE_CHECKING

from opensafe.errors import UsageError
from opensafe.model.finding import Category, Severity
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.scan.plain_words import is_plain
from opensafe.scan.settings import ScanSettings

if TYPE_CHECKING:
    from opensafe.scan.content import ContentScanner

_REFUSED = frozenset({Category.SECRET, Category.DATA})
_HARMLESS = frozenset({Severity.INFO, Severity.LOW})


def refuse_findings(settings: ScanSettings, **texts: str) -> None:
    """Raises UsageError naming the option whose text holds a credential or personal data, without showing it."""
    by_usual_rules = not settings.context.rules
    given = {name: text for name, text in texts.items() if text.strip() and not (by_usual_rules and is_plain(text))}
    if not given:
        return
    scanner = _scanner(settings)
    for name, text in given.items():
        scan = scanner.scan(Oid(""), text.encode(), b"", PlaceKind.COMMIT_MESSAGE)
        for match in scan.matches:
            verdict = match.verdict
            if verdict.category in _REFUSED and verdict.severity not in _HARMLESS:
                raise UsageError(
                    f"the text of --{name.replace('_', '-')} seems to hold a {verdict.masked}: {verdict.title}",
                    remedy="say it without the value, for example by the id of the finding",
                )


@lru_cache(maxsize=1)
def _scanner(settings: ScanSettings) -> "ContentScanner":
    """One for all the texts of a process: `demo` and `guide` run many commands in it.

    All detectors and formats are loaded with it, which takes longer than most commands: plain words need none.
    """
    from opensafe.scan.content import ContentScanner  # noqa: PLC0415 - see above

    return ContentScanner(settings, gated=True)
