"""Audits of small sources, and what was found at a place."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from opensafe.casework.inventory import inventory_of
from opensafe.casework.place_values import PlaceReader
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.history.people import identities, people_of
from opensafe.history.reading import History
from opensafe.model.context import Context
from opensafe.model.finding import Category, Finding
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.place import Place
from opensafe.model.progress import NoProgress, Progress
from opensafe.model.skip import SkipReason
from opensafe.scan.audit import AuditOutcome, audit_history, source_state
from opensafe.scan.contents import Memory, NoMemory
from opensafe.scan.late import KnownValue
from opensafe.scan.settings import ScanSettings
from opensafe.stories.builder import Content, Mark
from opensafe.stories.builder import History as Telling
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA
from tests.history.history_kit import read

KEY = FingerprintKey(b"a key of exactly thirty-two byte")


@dataclass(frozen=True, slots=True)
class Audited:
    """A history and what the audit made of it."""

    history: History
    outcome: AuditOutcome

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings

    def of(self, category: Category, value: bytes) -> Finding | None:
        """The finding of this very value."""
        id_ = KEY.finding(category, value)
        return next((finding for finding in self.findings if finding.id == id_), None)

    def skips(self) -> set[tuple[SkipReason, str | None]]:
        return {(skip.reason, skip.path) for skip in self.outcome.coverage.skipped}

    def read_back(self) -> Iterator[tuple[Finding, Place, bytes | None]]:
        """Every place of every finding, with the text that stands there."""
        with ObjectReader(self.history.view) as reader:
            places = PlaceReader(reader, KEY, inventory_of(self.history, KEY))
            for finding in self.findings:
                for place in finding.places:
                    secret = places.value(finding, place)
                    yield finding, place, None if secret is None else secret.reveal()

    def everything_said(self) -> str:
        """All that goes into the case."""
        state = source_state(self.history, self.outcome.names, KEY)
        return "\n".join(map(repr, (self.outcome.findings, self.outcome.coverage, state)))


@dataclass(frozen=True, slots=True)
class Auditor:
    """Audits under rules that were compiled once (`cache`), with the people of the source unless told who."""

    cache: Path

    def context(self, history: History) -> Context:
        return Context(people_of(identities(history.graph)), str(self.cache))

    def audit(
        self,
        history: History,
        *,
        context: Context | None = None,
        memory: Memory | None = None,
        novelty: bool = True,
        workers: int = 1,
        known: Sequence[KnownValue] = (),
        progress: Progress | None = None,
    ) -> Audited:
        settings = ScanSettings(context or self.context(history), KEY, novelty=novelty, workers=workers)
        told = progress or NoProgress()
        outcome = audit_history(history, settings, memory or NoMemory(), told, work_tree=True, known=known)
        return Audited(history, outcome)

    def audit_source(self, source: Path, folder: Path) -> Audited:
        return self.audit(read(source, folder))


def dying_worker(view: ObjectView) -> NoReturn:
    """Ends the worker process that makes it, as the system does when memory runs out."""
    del view
    if multiprocessing.parent_process() is None:
        raise AssertionError("this is no worker process")
    os._exit(9)


def source_of(path: Path, versions: Sequence[dict[bytes, Content]]) -> Workshop:
    """A repository with one commit for each version of its files."""
    history = Telling(ANNA)
    for number, files in enumerate(versions):
        history.commit(b"Version %d\n" % number, files)
    return Workshop.with_history(path, history)


def told(path: Path, history: Telling) -> tuple[Workshop, dict[Mark, str]]:
    workshop = Workshop.open(path)
    return workshop, dict(workshop.tell(history))
