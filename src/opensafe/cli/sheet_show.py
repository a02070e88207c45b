"""What is said when a sheet was written."""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.cli.session import Session
from opensafe.model.text import counted
from opensafe.reports.json_results import result_document


def wrote_sheet(session: Session, command: str, file: Path, rows: int, left: int = 0) -> None:
    """Where it lies, how much there is to fill in, how it comes back, and how many rows are for the next sheet."""
    what = f"Wrote {shown_path(file)}: {counted(rows, 'row')}."
    back = f"opensafe {command} --from FILE"
    if session.json:
        session.document(result_document(command, what, {"file": str(file), "rows": rows, "left": left}, back))
    session.say(what)
    if left:
        session.say(
            f"{counted(left, 'finding')} more: for the next sheet, for filters, or with --limit 0 for one sheet."
        )
    session.advise(f"It holds no value in clear. Filled in (xlsx or CSV), it comes back with: {back}")
