"""Where the values of a case can be read again, long after: its source, else its backup, else nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casework.inventory import inventory_of
from opensafe.casework.place_values import values_at
from opensafe.casework.source import open_source
from opensafe.errors import OpensafeError
from opensafe.git.backup import open_backup
from opensafe.history.reading import History, read_history
from opensafe.model.finding import Finding, Form
from opensafe.model.identifiers import FindingId
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret

NOWHERE = "neither the source nor the backup is here: only detectors and fingerprints looked"


@dataclass(frozen=True, slots=True)
class Originals:
    """`history` is what the values are read out of, `None` where there is nothing; `where` names it in a figure."""

    history: History | None
    where: str

    def values(self, case: Case, findings: Sequence[Finding]) -> list[tuple[Finding, Secret]]:
        """Every distinct text at the places of these findings, as far as it can still be read."""
        if self.history is None:
            return []
        return list(values_at(self.history.view, case.key, inventory_of(self.history, case.key), findings))


def originals(case: Case, folder: Path, progress: Progress) -> Originals:
    """The source, changed or not, where it is still there; else the backup. Both are read through views in `folder`."""
    try:
        return Originals(open_source(case, folder / "source-view", progress), "the source")
    except OpensafeError:
        return _from_backup(case, folder, progress)


def _from_backup(case: Case, folder: Path, progress: Progress) -> Originals:
    marker, audited = case.load_document("backup.json"), case.index.summary()
    if marker is None or audited is None or not (case.root / str(marker["file"])).exists():
        return Originals(None, NOWHERE)
    try:
        layout = open_backup(case.root / str(marker["file"]), folder / "backup.git", audited.source.object_format)
        return Originals(read_history(layout, folder / "backup-view", progress), "the backup")
    except OpensafeError:
        return Originals(None, NOWHERE)


def unread_values(findings: Sequence[Finding], values: Sequence[tuple[Finding, Secret]]) -> set[FindingId]:
    """Findings that are a value (and no question about a file) of which nothing can be read any more."""
    return {f.id for f in findings if f.form is not Form.FILE} - {finding.id for finding, _ in values}
