"""Looks through what people type for the record: it may hold no finding, be it one that the case knows or a new one."""

from collections.abc import Iterator

from opensafe.casefile.folder import Case
from opensafe.casework.team_rules import text_context
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Confidence, Severity
from opensafe.model.identifiers import FindingId
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings

_EDGES = "\"'`.,;:!?()[]{}<>"
_GRAVE = frozenset({Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM})


def refuse_values(case: Case, cache: str | None, **texts: str) -> None:
    """Raises UsageError naming the option whose text holds a credential or personal data, without showing it."""
    refuse_findings(ScanSettings(text_context(case, cache), case.key, workers=1), **texts)
    refuse_known(case, **texts)


def refuse_known(case: Case, **texts: str) -> None:
    """The same for a value that the audit was sure of: nothing but the case knows that such a word is a password."""
    for name, text in texts.items():
        ids = frozenset(_ids(case, text)) if case.index.exists() else ()
        found = [f for f in case.index.among(ids) if f.severity in _GRAVE and f.confidence is Confidence.HIGH]
        if found:
            raise UsageError(
                f"the text of --{name.replace('_', '-')} seems to hold a {found[0].masked}: {found[0].title}",
                remedy=f"say it without the value, by the id of the finding: {found[0].id}",
            )


def _ids(case: Case, text: str) -> Iterator[FindingId]:
    """What each word would be called if it were a finding: as it stands, and without what stands around it."""
    words = {form for word in text.split() for form in (word, word.strip(_EDGES)) if form}
    yield from (case.key.finding(kind, word.encode()) for word in words for kind in (Category.SECRET, Category.DATA))


class TypedTexts:
    """Says what a text holds that may not go on the record; what stands in many cells is looked at once."""

    def __init__(self, case: Case, cache: str | None) -> None:
        self._case = case
        self._settings = ScanSettings(text_context(case, cache), case.key, workers=1)
        self._known: dict[str, str | None] = {"": None}

    def holds(self, text: str) -> str | None:
        """The kind of credential or personal data in it, masked; `None` where there is none."""
        if text not in self._known:
            self._known[text] = self._look(text)
        return self._known[text]

    def _look(self, text: str) -> str | None:
        try:
            refuse_findings(self._settings, text=text)
            refuse_known(self._case, text=text)
        except UsageError as error:
            return error.cause.partition(" seems to hold ")[2]
        return None
