"""The second pass: gathers the values that are known by now, and searches everywhere for them."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from opensafe.git.view import ObjectView
from opensafe.history.metadata import Located
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.scan.crew import Crew, shards_of
from opensafe.scan.late import KnownValue, known_values, worth_searching
from opensafe.scan.settings import Job
from opensafe.scan.values import Contents, values_of


def search_known_values(
    crew: Crew,
    view: ObjectView,
    jobs: Sequence[Job],
    passed_over: Collection[Oid],
    described: Sequence[tuple[Located, ObjectScan]],
    scans: Sequence[ObjectScan],
    progress: Progress,
    known: Sequence[KnownValue] = (),
) -> dict[Oid, ObjectScan]:
    """Search everything for the values that the first pass was sure of, and for `known` ones; what was found, by job.

    The crew remembers what it has read; the contents that it `passed_over`, since they are known from a run before,
    are read again.
    """
    found_first = (*_known_in_blobs(view, scans), *_known_in_metadata(described))
    learnt = known_values((match.verdict, value) for match, value in found_first)
    values = tuple({value.plain: value for value in (*learnt, *known)}.values())
    if not values:
        return {}
    holders = {*crew.learn(values), *passed_over}
    todo = [job for job in jobs if job.oid in holders]
    progress.stage(f"Searching for {len(values)} known values", len(todo))
    crew.begin("search", shards_of(todo))
    found: dict[Oid, ObjectScan] = {}
    for shard, outcomes in crew.results():
        progress.advance(len(shard))
        found |= {scan.oid: scan for scan in outcomes}
    return found


def _known_in_blobs(view: ObjectView, scans: Iterable[ObjectScan]) -> Iterator[tuple[Match, Secret]]:
    """One place for each finding is enough to read its value."""
    wanted: dict[str, tuple[Oid, Match]] = {}
    for scan in scans:
        for match in scan.matches:
            if worth_searching(match.verdict):
                wanted.setdefault(match.verdict.finding, (scan.oid, match))
    yield from values_of(view, wanted.values())


def _known_in_metadata(described: Iterable[tuple[Located, ObjectScan]]) -> Iterator[tuple[Match, Secret]]:
    for located, scan in described:
        for match in scan.matches:
            if worth_searching(match.verdict):
                value = Contents(located.specimen.data).value(match.via, match.start, match.end, match.verdict.form)
                if value is not None:
                    yield match, value
