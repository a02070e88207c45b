"""`opensafe audit`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from opensafe.casefile.find import default_case_folder, is_case
from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter
from opensafe.cli.lines import skip_line
from opensafe.cli.options import By, Roster, Watch, Workers
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.model.finding import Category, Severity
from opensafe.model.text import counted
from opensafe.reports.json_findings import findings_document
from opensafe.steps.audit import Audited
from opensafe.steps.audit import audit as audit_step
from opensafe.steps.findings import write_findings
from opensafe.steps.start import start as start_step

_SKIPS_SHOWN = 10
_MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    app.command()(audit)


def audit(
    context: typer.Context,
    repo: Annotated[Path | None, typer.Argument(help="Opens a case for this repository if there is none.")] = None,
    since_last: Annotated[bool, typer.Option("--since-last", help="Read what is new since the last audit.")] = False,
    roster: Roster = None,
    watch: Watch = None,
    workers: Workers = 0,
    by: By = "",
) -> None:
    """Read the whole history: every object, message, name and header."""
    session = session_of(context)
    case = session.case_to_change("audit") if repo is None else _case_for(session, repo)
    with session.working() as progress:
        audited = audit_step(
            case,
            progress,
            since_last=since_last,
            roster=roster,
            watch=watch,
            workers=workers,
            cache=cache_folder(),
            by=by,
        )
    if session.json:
        written = write_findings(case, Filter())
        session.document_with(findings_document((), written.coverage), "findings", written.texts)
    else:
        _show(session, audited)
    leave(audited.exit_code)


def _case_for(session: Session, repo: Path) -> Case:
    root = session.case_folder or default_case_folder(repo)
    return session.looked_at(Case.open(root)) if is_case(root) else start_step(repo, root=session.case_folder).case


def _show(session: Session, audited: Audited) -> None:
    coverage = audited.coverage
    kinds = ", ".join(counted(count, kind) for kind, count in coverage.by_kind.items())
    size = _size(coverage.bytes)
    session.say(f"Read {coverage.read:,} of {coverage.objects:,} objects ({kinds}; {size}); {coverage.told_skips}.")
    for skip in coverage.skipped[:_SKIPS_SHOWN]:
        session.say(f"  {skip_line(skip)}")
    if len(coverage.skipped) > _SKIPS_SHOWN:
        session.say(f"  … and {len(coverage.skipped) - _SKIPS_SHOWN:,} more: opensafe findings --skips")
    _table(session, audited)
    verdict = "Complete." if coverage.complete else "Incomplete: what was skipped is not known to be clean."
    if coverage.skipped and not coverage.unsettled:
        verdict = "Incomplete, accepted by name: see the record."
    waiting = len(audited.open_findings)
    apart = sum(not finding.published for finding in audited.open_findings)
    unpublished = f" ({apart:,} of them in what is not published)" if apart else ""
    session.say(f"{verdict} {waiting:,} of {len(audited.findings):,} findings await a decision{unpublished}.")
    session.advise("next: opensafe findings" if waiting or coverage.unsettled else "next: opensafe plan")


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= _MEGABYTE else f"{count / 1_000:,.1f} kB"


def _table(session: Session, audited: Audited) -> None:
    counts = Counter((finding.category, finding.severity) for finding in audited.findings)
    if not counts:
        session.say("No findings.")
        return
    header = ("", *(severity.value for severity in Severity), "")
    rows = [
        (category.value, *(_count(counts[category, severity]) for severity in Severity), "")
        for category in Category
        if any(counts[category, severity] for severity in Severity)
    ]
    for line in columns([header, *rows], indent="  "):
        session.say(line)


def _count(number: int) -> str:
    return f"{number:,}" if number else "·"
