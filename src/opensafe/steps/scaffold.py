"""Fills the gaps among the release documents, as one commit above the proven history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from opensafe.casefile.folder import Case
from opensafe.casefile.former import load_former
from opensafe.casefile.plans import load_claim
from opensafe.casework.additions import add_commit, finish_addition
from opensafe.casework.documents import refuse_findings
from opensafe.casework.idlists import lists_with_new_ids
from opensafe.casework.public import open_public
from opensafe.casework.team_rules import text_context
from opensafe.model.identifiers import Oid
from opensafe.model.text import counted
from opensafe.readiness.documents import Answers, NewFile, advice, missing_documents
from opensafe.scan.settings import ScanSettings


@dataclass(frozen=True, slots=True)
class Scaffolded:
    """What is missing, what else could be better, and the commit that added the files (none in a dry run)."""

    files: tuple[NewFile, ...]
    advice: tuple[str, ...]
    commit: Oid | None


def scaffold(
    case: Case, answers: Answers, *, dry_run: bool = False, cache: str | None = None, by: str = ""
) -> Scaffolded:
    """Add the documents that are missing; never overwrite one. What is added is scanned first."""
    with case.writing("scaffold"):
        public = open_public(case)
        files = public.files()
        missing = (*missing_documents(files, answers, load_former(case)), *_lists(case, files))
        better = advice(files, answers)
        refuse_findings(missing, answers, ScanSettings(text_context(case, cache), case.key, workers=1))
        if dry_run:
            return Scaffolded(missing, better, None)
        finish_addition(case, public)
        _remember(case, answers)
        if not missing:
            return Scaffolded(missing, better, None)
        commit = add_commit(case, public, {file.path: file.data for file in missing}, _message(missing))
        what = f"Added {counted(len(missing), 'document')}"
        case.log.append("scaffold", what, by=by, details={"files": len(missing), "commit": commit})
    return Scaffolded(missing, better, commit)


def _lists(case: Case, files: Mapping[str, bytes]) -> tuple[NewFile, ...]:
    """Lists of commits that name them by the ids of the source."""
    claim = load_claim(case)
    return () if claim is None else lists_with_new_ids(files, claim["commits"])


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
