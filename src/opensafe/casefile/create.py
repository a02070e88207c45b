"""Makes the folder of a new case: built beside under another name, then switched into place."""

import contextlib
import glob
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from opensafe.casefile.config import CONFIG_FILE, CaseConfig, render_config
from opensafe.casefile.disk import PRIVATE_FOLDER, disk_failures, shown_path, sync_folder, write_whole
from opensafe.casefile.find import is_case
from opensafe.casefile.location import repository_around
from opensafe.errors import UsageError
from opensafe.model.fingerprint import KEY_BYTES

KEY = "key"
LOG = "log.jsonl"
DECISIONS = "decisions.jsonl"
ROTATIONS = "rotations.jsonl"
ATTESTATIONS = "attestations.jsonl"
SIGNOFFS = "signoffs.jsonl"
CHECKS = "checks.jsonl"
RISKS = "risks.jsonl"
CATEGORIES = "categories.jsonl"
SIGNATURES = "signatures.jsonl"
ADDED_BY_FORMAT = {1: (DECISIONS, ROTATIONS, ATTESTATIONS, SIGNOFFS), 2: (CHECKS, RISKS, CATEGORIES, SIGNATURES)}
"""The ledgers that came with each format of the case folder."""

LEDGERS = tuple(name for names in ADDED_BY_FORMAT.values() for name in names)
MADE_AT_START = (CONFIG_FILE, KEY, LOG, *LEDGERS)
"""The files that every case has: one that is missing was lost or taken away."""

_ABANDONED = 3600  # seconds
_REMEDY = "choose another folder, beside the repository: --case DIR"


def create_folder(root: Path, config: CaseConfig) -> None:
    """Raises UsageError for a place that will not do, DiskFailed (then there is no case). `root` is resolved."""
    _refuse(root, Path(config.source).resolve())
    text = render_config(config)
    with disk_failures(root, "create"):
        _sweep(root)
        building = Path(tempfile.mkdtemp(prefix=f".{root.name}.new-", dir=root.parent))  # 0700 where there are modes
        try:
            _fill(building, text)
            with contextlib.suppress(FileNotFoundError):
                root.rmdir()  # an empty folder may stand there; Windows does not rename over it
            building.rename(root)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        sync_folder(root.parent)


def _sweep(root: Path) -> None:
    """Removes what a killed start left: nobody builds an empty case for an hour."""
    for left in root.parent.glob(f".{glob.escape(root.name)}.new-*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _fill(folder: Path, config: str) -> None:
    write_whole(folder / CONFIG_FILE, config.encode())
    write_whole(folder / KEY, secrets.token_bytes(KEY_BYTES))
    for name in (LOG, *LEDGERS):
        write_whole(folder / name, b"")
    for name in ("reports", "work"):
        (folder / name).mkdir(mode=PRIVATE_FOLDER)


def _refuse(root: Path, source: Path) -> None:
    where = shown_path(root)
    if is_case(root):
        raise UsageError(f"{where} is a case already", remedy="go on with it: opensafe next; or " + _REMEDY)
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        raise UsageError(f"{where} is not an empty folder", remedy=_REMEDY)
    if root.is_relative_to(source):
        raise UsageError(f"{where} lies inside the source, which is never written to", remedy=_REMEDY)
    around = repository_around(root)
    if around is not None:
        raise UsageError(f"{where} lies inside the repository {shown_path(around)}", remedy=_REMEDY)
