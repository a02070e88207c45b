"""The case: one folder beside the repository, readable by its owner only."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from opensafe.casefile.canonical import Json, canonical, parsed_object
from opensafe.casefile.closing import CLOSED, Closing, refuse_closed
from opensafe.casefile.config import CONFIG_FILE, FORMAT, CaseConfig, parse_config, render_config
from opensafe.casefile.create import (
    ADDED_BY_FORMAT,
    ATTESTATIONS,
    CATEGORIES,
    CHECKS,
    DECISIONS,
    KEY,
    LEDGERS,
    LOG,
    RISKS,
    ROTATIONS,
    SIGNATURES,
    SIGNOFFS,
    create_folder,
)
from opensafe.casefile.disk import (
    PRIVATE_FOLDER,
    disk_failures,
    may_append,
    may_create_in,
    remove_tree,
    shown_path,
    write_whole,
)
from opensafe.casefile.find import is_case
from opensafe.casefile.index import Index
from opensafe.casefile.ledger import Ledger
from opensafe.casefile.lock import locked
from opensafe.casefile.log import Log
from opensafe.casefile.records import (
    attestation_ledger,
    category_ledger,
    check_ledger,
    decision_ledger,
    risk_ledger,
    rotation_ledger,
    signature_ledger,
    signoff_ledger,
)
from opensafe.errors import CaseDamaged, NoCase, UsageError
from opensafe.model.decision import Decision
from opensafe.model.expressions import expression
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.livecheck import LiveCheck
from opensafe.model.openness import Categorised
from opensafe.model.readiness import Attestation, SignOff
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation
from opensafe.model.signature import LogSignature

_DOCUMENT = expression(r"[a-z0-9-]{1,40}\.json")


@dataclass(slots=True)
class Case:
    """An open case. `config` is what `case.toml` holds; every other file is read when it is asked for."""

    root: Path
    config: CaseConfig
    key: FingerprintKey

    @classmethod
    def create(cls, root: Path, config: CaseConfig) -> "Case":
        """A new case at `root`: whole, or not there. Raises UsageError for a place that will not do, or DiskFailed."""
        create_folder(root.resolve(), config)
        return cls.open(root)

    @classmethod
    def open(cls, root: Path) -> "Case":
        """The case at `root`. Raises NoCase, CaseDamaged, DiskFailed, or UsageError for a `case.toml` gone wrong."""
        resolved = root.resolve()
        if not is_case(resolved):
            raise NoCase(f"{shown_path(resolved)} is not a case", remedy="open one with: opensafe start REPO")
        config = _read_config(resolved)
        _check_format(config.format)
        for name in (LOG, *_ledgers_of(config.format)):
            if not (resolved / name).exists():
                raise _damaged(resolved / name, "is missing")
        return cls(resolved, config, _read_key(resolved))

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """The right to write to the case, for one process at a time. `what` is the command, for the one who waits.

        What an earlier, killed run left in `work` is swept, a case of an older format is brought to this one, and the
        ledgers are compared with the log. Raises CaseLocked naming who holds it, DiskFailed or CaseDamaged.
        """
        refuse_closed(self.closing, what)
        with locked(self.root, what):
            self.sweep()
            self._upgrade()
            self.log.check_ledgers()
            yield

    @property
    def closing(self) -> Closing | None:
        """How the case was closed; `None` while it is open. Raises CaseDamaged."""
        found = self.load_document(CLOSED)
        if found is None:
            return None
        try:
            return Closing(date.fromisoformat(found["on"]), found["by"], tuple(found["destroyed"]))
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(self._document(CLOSED), "is not what opensafe wrote") from error

    @property
    def read_only(self) -> bool:
        """Whether this account may only read the case: on a share, or as a copy that is kept as evidence."""
        return not (may_append(self.root / LOG) and may_create_in(self.root))

    @property
    def today(self) -> date:
        """The day (UTC) by which things run out: the clock's, or a later one that the log has reached.

        Raises CaseDamaged where the last entry of the log cannot be read.
        """
        return self.log.today()

    @property
    def log(self) -> Log:
        return Log(self.root / LOG, ledgers=tuple(self.root / name for name in LEDGERS))

    @property
    def index(self) -> Index:
        return Index(self.root / "index.sqlite")

    @property
    def decisions(self) -> Ledger[Decision]:
        return decision_ledger(self.root / DECISIONS)

    @property
    def rotations(self) -> Ledger[Rotation]:
        return rotation_ledger(self.root / ROTATIONS)

    @property
    def attestations(self) -> Ledger[Attestation]:
        return attestation_ledger(self.root / ATTESTATIONS)

    @property
    def signoffs(self) -> Ledger[SignOff]:
        return signoff_ledger(self.root / SIGNOFFS)

    @property
    def checks(self) -> Ledger[LiveCheck]:
        """What providers answered about credentials."""
        return replace(check_ledger(self.root / CHECKS), later=self._lacks(CHECKS))

    @property
    def risks(self) -> Ledger[Risk]:
        return replace(risk_ledger(self.root / RISKS), later=self._lacks(RISKS))

    @property
    def categories(self) -> Ledger[Categorised]:
        """What may be published, by component."""
        return replace(category_ledger(self.root / CATEGORIES), later=self._lacks(CATEGORIES))

    @property
    def signatures(self) -> Ledger[LogSignature]:
        """Of the log, with people's own keys."""
        return replace(signature_ledger(self.root / SIGNATURES), later=self._lacks(SIGNATURES))

    @property
    def public_git(self) -> Path:
        """The new history, a bare repository."""
        return self.root / "public.git"

    @property
    def backup(self) -> Path:
        """The backup of the source, a git bundle."""
        return self.root / "backup.bundle"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def work(self) -> Path:
        """Where things are built before they are switched into place: on the same disk, swept by the next writer."""
        return self.root / "work"

    def sweep(self) -> None:
        """Empties `work`. Raises DiskFailed."""
        with disk_failures(self.work, "sweep"):
            if self.work.exists():
                remove_tree(self.work)
            self.work.mkdir(mode=PRIVATE_FOLDER)

    def save_config(self, config: CaseConfig) -> None:
        """Writes `case.toml`, keeping what people wrote there beside our keys. Raises DiskFailed or UsageError."""
        text = render_config(config, _config_text(self.root))
        write_whole(self.root / CONFIG_FILE, text.encode())
        self.config = config

    def save_document(self, name: str, document: Mapping[str, Json]) -> None:
        """Replaces a small JSON document (`plan.json`) as a whole. Raises DiskFailed."""
        write_whole(self._document(name), canonical(document) + b"\n")

    def load_document(self, name: str) -> dict[str, Any] | None:
        """The document, `None` where there is none. Raises CaseDamaged or DiskFailed."""
        path = self._document(name)
        if not path.exists():
            return None
        with disk_failures(path, "read"):
            raw = path.read_bytes()
        try:
            return parsed_object(raw)
        except ValueError as error:
            raise _damaged(path, "is not what opensafe wrote") from error

    def _lacks(self, ledger: str) -> bool:
        return ledger not in _ledgers_of(self.config.format)

    def _upgrade(self) -> None:
        """Brings a case of an older format to this one. The format is written last: a killed upgrade begins anew."""
        former = self.config.format
        if former == FORMAT:
            return
        for name in LEDGERS:
            if not (self.root / name).exists():
                write_whole(self.root / name, b"")
        details = {"from": former, "to": FORMAT}
        self.log.append("upgrade", f"Brought the case from format {former} to format {FORMAT}", details=details)
        self.save_config(replace(self.config, format=FORMAT))

    def _document(self, name: str) -> Path:
        if not _DOCUMENT.fullmatch(name):
            raise ValueError("a document of the case is named in lower case, with .json")
        return self.root / name


def _ledgers_of(found: int) -> tuple[str, ...]:
    """The ledgers that a case of this format has."""
    return tuple(name for format_, names in ADDED_BY_FORMAT.items() if format_ <= found for name in names)


def _config_text(root: Path) -> str:
    with disk_failures(root / CONFIG_FILE, "read"):
        raw = (root / CONFIG_FILE).read_bytes()
    try:
        return raw.decode("utf-8-sig")  # some editors on Windows put a mark in front
    except UnicodeDecodeError as error:
        raise UsageError(f"{CONFIG_FILE} is not UTF-8", remedy="save it as UTF-8 in your editor") from error


def _read_config(root: Path) -> CaseConfig:
    return parse_config(_config_text(root))


def _check_format(found: int) -> None:
    """An older format is read as it is, and brought to this one by the first command that writes."""
    if found > FORMAT:
        raise UsageError(
            f"this case has format {found}; this opensafe knows formats up to {FORMAT}",
            remedy="use the version of opensafe that wrote it, or a newer one",
        )
    if found < 1:
        raise UsageError(f'{CONFIG_FILE}: "format" must be 1 or more', remedy=f"put back format = {FORMAT}")


def _read_key(root: Path) -> FingerprintKey:
    """The key of the case. One that was destroyed with the closing is replaced by one that nobody keeps."""
    path = root / KEY
    if not path.exists():
        if not (root / CLOSED).exists():
            raise _damaged(path, "is missing")
        return FingerprintKey(secrets.token_bytes(KEY_BYTES))
    with disk_failures(path, "read"):
        raw = path.read_bytes()
    try:
        return FingerprintKey(raw)
    except ValueError as error:
        raise _damaged(path, "is not a key") from error


def _damaged(path: Path, what: str) -> CaseDamaged:
    return CaseDamaged(f"{shown_path(path)} {what}", remedy="put it back from a copy of the case; nothing was changed")
