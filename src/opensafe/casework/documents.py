"""Release documents on their way into a repository: what the case answers, and what may not stand in them."""

from collections.abc import Sequence

from opensafe.casefile.folder import Case
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Severity
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match
from opensafe.model.place import PlaceKind
from opensafe.readiness.documents import Answers, NewFile
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings

_HARMLESS = frozenset({Severity.INFO, Severity.LOW})


def answers_of(case: Case) -> Answers:
    """The answers that the case holds, for a project of its name."""
    config = case.config
    return Answers(
        project=config.name,
        year=case.today.year,
        holder=config.holder or config.organisation,
        contact=config.contact,
        organisation=config.organisation,
        licence=config.licence,
        crown_body=config.crown_body,
    )


def refuse_findings(files: Sequence[NewFile], answers: Answers, settings: ScanSettings) -> None:
    """What is added is public: only the contacts that the team gave may stand in it. Raises UsageError."""
    scanner = ContentScanner(settings, gated=True)
    given = [text.encode() for text in (answers.contact, answers.security_contact, answers.maintainer) if text]
    for file in files:
        for match in scanner.scan(Oid(""), file.data, file.path.encode(), PlaceKind.BLOB).matches:
            if _speaks_against(match, file, given):
                raise UsageError(
                    f"{file.path} would hold a {match.verdict.masked} (line {match.line}): {match.verdict.title}",
                    remedy="an answer brought it in: change that answer and run scaffold again",
                )


def _speaks_against(match: Match, file: NewFile, given: Sequence[bytes]) -> bool:
    """Whether a new text holds a value that nobody gave for it; what stood there before was decided about."""
    if match.verdict.category not in {Category.SECRET, Category.DATA} or match.verdict.severity in _HARMLESS:
        return False
    if match.via:
        return True
    text = file.data[match.start : match.end]
    return match.end > file.kept and not any(text in allowed for allowed in given)
