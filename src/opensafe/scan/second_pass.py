"""The second pass: gathers the values that are known by now, and searches everywhere for them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.git.view import ObjectView
from opensafe.history.metadata import Located
from opensafe.model.finding import Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.scan.crew import Crew, shards_of
from opensafe.scan.late import WITNESS, KnownValue, known_values, worth_searching
from opensafe.scan.settings import Job
from opensafe.scan.values import Contents, values_of

_MANY = 10  # one path in so many goes through a folder that is named after the project


@dataclass(frozen=True, slots=True)
class Before:
    """What a run before has left: contents that the crew did not read now, and keys of values searched in them."""

    contents: Collection[Oid] = ()
    searched: Collection[str] = ()


def known_to(
    view: ObjectView,
    described: Sequence[tuple[Located, ObjectScan]],
    scans: Sequence[ObjectScan],
    known: Sequence[KnownValue] = (),
) -> tuple[KnownValue, ...]:
    """The values that the first pass was sure of, and the `known` ones."""
    found = (*_known_in_blobs(view, scans), *_known_in_metadata(described))
    learnt = known_values((match.verdict, value) for match, value in found)
    own = _words_of_the_project(described)
    meant = (value for value in learnt if value.verdict.form is not Form.LOGIN or value.plain.lower() not in own)
    return tuple({value.plain: value for value in (*meant, *known)}.values())


def _words_of_the_project(described: Iterable[tuple[Located, ObjectScan]]) -> set[bytes]:
    """Folders that many paths go through: a user who is called so in a path is the project's, and no person."""
    paths = [item.specimen.data.lower() for item, _ in described if item.specimen.kind is PlaceKind.PATH]
    folders = Counter(folder for path in paths for folder in set(path.split(b"/")[:-1]))
    return {folder for folder, count in folders.items() if count * _MANY >= len(paths) and count > 1}


def search_known_values(
    crew: Crew, jobs: Sequence[Job], values: Mapping[str, KnownValue], before: Before, progress: Progress
) -> dict[Oid, ObjectScan]:
    """Search everything for values (by their keys); what was found, by job.

    The crew remembers what it has read. What it did not read is read again, unless it was searched for all of these.
    """
    if not values:
        return {}
    passed_over = before.contents if values.keys() - set(before.searched) else ()
    holders = {*crew.learn(tuple(values.values())), *passed_over}
    todo = list({job.oid: job for job in jobs if job.oid in holders}.values())
    progress.stage(f"Searching for {len(values)} known values", len(todo))
    crew.begin("search", shards_of(todo))
    found: dict[Oid, ObjectScan] = {}
    for shard, outcomes in crew.results():
        progress.advance(len(shard))
        found |= {scan.oid: scan for scan in outcomes}
    return found


def keyed(values: Iterable[KnownValue], key: FingerprintKey) -> dict[str, KnownValue]:
    """Values by a key that tells them apart and says nothing of them."""
    return {key.digest("searched", value.plain): value for value in values}


def _known_in_blobs(view: ObjectView, scans: Iterable[ObjectScan]) -> Iterator[tuple[Match, Secret]]:
    """One place for each finding is enough: one that a detector saw, for this pass finds encodings as well."""
    wanted: dict[str, tuple[Oid, Match]] = {}
    for scan in scans:
        for match in scan.matches:
            if worth_searching(match.verdict) and match.verdict.detector != WITNESS:
                wanted.setdefault(match.verdict.finding, (scan.oid, match))
    yield from values_of(view, wanted.values())


def _known_in_metadata(described: Iterable[tuple[Located, ObjectScan]]) -> Iterator[tuple[Match, Secret]]:
    for located, scan in described:
        for match in scan.matches:
            if worth_searching(match.verdict) and match.verdict.detector != WITNESS:
                value = Contents(located.specimen.data).value(match.via, match.start, match.end, match.verdict.form)
                if value is not None:
                    yield match, value
