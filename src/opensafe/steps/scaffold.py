"""Fills the gaps among the release documents, as one commit above the proven history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casework.additions import add_commit
from opensafe.casework.public import open_public
from opensafe.errors import UsageError
from opensafe.model.context import Context
from opensafe.model.finding import Category, Severity
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.readiness.documents import Answers, NewFile, advice, missing_documents
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings

_HARMLESS = frozenset({Severity.INFO, Severity.LOW})


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """What is missing, what else could be better, and the commit that added the files (none in a dry run)."""

    files: tuple[NewFile, ...]
    advice: tuple[str, ...]
    commit: Oid | None


def answers_of(case: Case) -> Answers:
    """The answers that the case holds, for a project of its name."""
    config = case.config
    return Answers(
        project=config.name,
        year=datetime.now(UTC).year,
        holder=config.holder or config.organisation,
        contact=config.contact,
        organisation=config.organisation,
        licence=config.licence,
        crown_body=config.crown_body,
    )


def scaffold(
    case: Case, answers: Answers, *, dry_run: bool = False, cache: str | None = None, by: str = ""
) -> Scaffolded:
    """Add the documents that are missing; never overwrite one. What is added is scanned first."""
    with case.writing("scaffold"):
        public = open_public(case)
        files = public.files()
        missing, better = missing_documents(files, answers), advice(files, answers)
        _refuse_findings(case, missing, answers, cache)
        if dry_run:
            return Scaffolded(missing, better, None)
        _remember(case, answers)
        if not missing:
            return Scaffolded(missing, better, None)
        commit = add_commit(case, public, {file.path: file.data for file in missing}, _message(missing))
        what = f"Added {len(missing)} documents"
        case.log.append("scaffold", what, by=by, details={"files": len(missing), "commit": commit})
    return Scaffolded(missing, better, commit)


def _remember(case: Case, answers: Answers) -> None:
    """Who publishes, and how they are reached: later commits, tags and documents say the same."""
    case.save_config(
        replace(
            case.config,
            organisation=answers.organisation or case.config.organisation,
            holder=answers.holder,
            contact=answers.contact,
            licence=answers.licence,
            crown_body=answers.crown_body,
        )
    )


def _message(missing: Sequence[NewFile]) -> str:
    lines = "\n".join(f"- {file.path} {file.why}" for file in missing)
    return f"Add the documents of an open repository\n\n{lines}\n"


def _refuse_findings(case: Case, files: Sequence[NewFile], answers: Answers, cache: str | None) -> None:
    """What is added is public: only the contacts that the team gave may stand in it."""
    scanner = ContentScanner(ScanSettings(Context((), cache), case.key, workers=1))
    given = {text.encode() for text in (answers.contact, answers.security_contact, answers.maintainer) if text}
    for file in files:
        for match in scanner.scan(Oid(""), file.data, file.path.encode(), PlaceKind.BLOB).matches:
            text = file.data[match.start : match.end]
            if not match.via and match.end <= file.kept:
                continue  # it stood in the README before, and was decided about
            is_given = not match.via and any(text in allowed for allowed in given)
            if match.category in {Category.SECRET, Category.DATA} and match.severity not in _HARMLESS and not is_given:
                raise UsageError(
                    f"{file.path} would hold a {match.masked} (line {match.line}): {match.title}",
                    remedy="an answer brought it in: change that answer and run scaffold again",
                )
