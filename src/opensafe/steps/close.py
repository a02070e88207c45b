"""Closes a case: the record is archived and kept; the key and the mirrors are destroyed where that is asked for."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.closing import CLOSED, destroy, mirrors, write_archive
from opensafe.casefile.create import KEY
from opensafe.casefile.folder import Case
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError

KEY_MEANS = (
    "The key is destroyed: no id of this case can be computed again. Nobody can find out from the record whether a"
    " value was among the findings, and no later audit can be matched with it."
)
MIRRORS_MEAN = (
    "The backup is destroyed: the way back is the source itself, if it is still there. What was not asked for is not"
    " touched: the source, clones of it, and whatever copies your disk or your organisation keeps of deleted files."
)
RECORD_MEANS = (
    "The record stays: who decided what, when and why, with the log. It is about people: keep it as your policy says."
)


@dataclass(frozen=True, slots=True)
class Closed:
    """The archive of the record with its SHA-256, in hex, what was destroyed, and what all that means."""

    archive: Path
    digest: str
    destroyed: tuple[str, ...]
    means: tuple[str, ...]


def close(
    case: Case, *, by: str, reason: str, destroy_key: bool, destroy_mirrors: bool, cache: str | None = None
) -> Closed:
    """Close the case. What is destroyed is logged before it is; a killed close is finished by the next one."""
    if not by.strip() or not reason.strip():
        raise UsageError("closing a case needs a person and a reason", remedy="add --by NAME and --reason TEXT")
    refuse_values(case, cache, reason=reason)
    with case.writing("close"):
        doomed = (*(mirrors(case.root) if destroy_mirrors else ()), *((case.root / KEY,) if destroy_key else ()))
        names = tuple(dict.fromkeys((*_before(case), *(path.name for path in doomed))))
        now = datetime.now(UTC)
        case.log.append("close", "Closed the case", by=by, why=reason, details={"destroyed": " ".join(names)})
        case.save_document(CLOSED, {"on": case.today.isoformat(), "by": by, "destroyed": list(names)})
        archive = case.reports / f"{case.config.name}-record-{now.strftime('%Y%m%dT%H%M%SZ')}.zip"
        write_archive(case.root, archive)
        for path in doomed:
            destroy(path)
    means = (RECORD_MEANS, *([KEY_MEANS] if KEY in names else []), *([MIRRORS_MEAN] if destroy_mirrors else []))
    return Closed(archive, hashlib.sha256(archive.read_bytes()).hexdigest(), names, means)


def _before(case: Case) -> tuple[str, ...]:
    """What an earlier close destroyed."""
    return case.closing.destroyed if case.closing else ()
