"""What is said when a sheet was written."""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.cli.session import Session
from opensafe.model.text import counted
from opensafe.reports.json_results import result_document
from opensafe.steps.sheets import Written


def wrote_sheet(session: Session, command: str, file: Path, made: Written) -> None:
    """Where it lies, how much there is to fill in, how it comes back, and how many rows are for the next sheet."""
    what = f"Wrote {shown_path(file)}: {counted(made.rows, 'row')}."
    back = f"opensafe {command} --from FILE"
    if session.json:
        session.document(
            result_document(command, what, {"file": str(file), "rows": made.rows, "left": made.left}, back)
        )
    session.say(what)
    if made.left:
        session.say(
            f"{counted(made.left, 'finding')} more: for the next sheet, for filters, or with --limit 0 for one sheet."
        )
    if not made.recorded:
        session.announce("This case can only be read here: its log does not say that this sheet was made.")
    session.advise(f"It holds no value in clear. Filled in (xlsx or CSV), it comes back with: {back}")
