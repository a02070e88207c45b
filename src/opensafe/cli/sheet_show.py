"""What is said when a sheet was written."""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.cli.session import Session
from opensafe.model.text import counted
from opensafe.reports.json_documents import result_document


def wrote_sheet(session: Session, command: str, file: Path, rows: int) -> None:
    """Where it lies, how much there is to fill in, and how it comes back."""
    what = f"Wrote {shown_path(file)}: {counted(rows, 'row')}."
    back = f"opensafe {command} --from FILE"
    if session.json:
        session.document(result_document(command, what, {"file": str(file), "rows": rows}, back))
    session.say(what)
    session.advise(f"It holds no value in clear. Filled in (xlsx or CSV), it comes back with: {back}")
