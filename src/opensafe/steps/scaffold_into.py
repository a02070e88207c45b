"""Writes the documents that are missing into a work tree of a repository that is already open.

Files only: no git runs there, and whoever owns the work tree commits them. What is there is never changed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from opensafe.casefile.folder import Case
from opensafe.casework.documents import answers_of, refuse_findings
from opensafe.casework.read_only import hand_out
from opensafe.casework.team_rules import text_context
from opensafe.casework.work_tree import require_work_tree, work_tree_files
from opensafe.git.layout import SourceLayout
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.text import counted
from opensafe.readiness.documents import Answers, NewFile, advice, missing_documents
from opensafe.scan.settings import ScanSettings


@dataclass(frozen=True, slots=True)
class IntoPlan:
    """What would be written to `folder`; `left` are files that are there and would get lines at their end."""

    folder: Path
    files: tuple[NewFile, ...]
    left: tuple[NewFile, ...]
    advice: tuple[str, ...]


def plan_into(layout: SourceLayout, case: Case | None, given: Mapping[str, Any], cache: str | None) -> IntoPlan:
    """Reads the work tree and scans what would be written; writes nothing. `given` goes before what the case says.

    Raises UsageError where there is no work tree, or an answer would bring in a finding.
    """
    folder = require_work_tree(layout)
    known = answers_of(case) if case else Answers(project=folder.resolve().name, year=datetime.now(UTC).year)
    answers = replace(known, **given)
    files = work_tree_files(folder)
    missing = missing_documents(files, answers)
    settings = ScanSettings(text_context(case, cache), FingerprintKey(os.urandom(KEY_BYTES)), workers=1)
    refuse_findings(missing, answers, settings)
    return IntoPlan(
        folder=folder,
        files=tuple(file for file in missing if not file.kept),
        left=tuple(file for file in missing if file.kept),
        advice=advice(files, answers),
    )


def write_into(plan: IntoPlan, case: Case | None, *, by: str = "") -> bool:
    """Write the files of the plan: whether there is a case that records it. A closed one says nothing more.

    One that has come there meanwhile stays as it is: FileExistsError.
    """

    def write() -> None:
        for file in plan.files:
            with (plan.folder / file.path).open("xb") as new:
                new.write(file.data)

    if case is None or case.closing is not None:
        write()
        return False

    def record() -> None:
        what = f"Wrote {counted(len(plan.files), 'document')} into a work tree"
        case.log.append("scaffold", what, by=by, details={"files": len(plan.files)})

    return hand_out(case, "scaffold", write, record)
