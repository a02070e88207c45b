"""Looks through what people typed into many cells: the same text is looked at once."""

from opensafe.casefile.folder import Case
from opensafe.casework.team_rules import text_context
from opensafe.errors import UsageError
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings


class TypedTexts:
    """Says what a text holds that may not go on the record."""

    def __init__(self, case: Case, cache: str | None) -> None:
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
        except UsageError as error:
            return error.cause.partition(" seems to hold ")[2]
        return None
