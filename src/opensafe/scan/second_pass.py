"""The second pass: gathers the values that are known by now, and searches everywhere for them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.git.view import ObjectView
from opensafe.history.metadata import Located
from opensafe.model.finding import Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.match import WITNESS, Match, ObjectScan, Verdict
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.scan.crew import Crew, shards_of
from opensafe.scan.late import KnownValue, known_values, worth_searching
from opensafe.scan.settings import Job
from opensafe.scan.values import Contents, values_of


@dataclass(frozen=True, slots=True)
class Before:
    """What a run before has left: contents that the crew did not read now, and keys of values searched in them."""

    contents: Collection[Oid] = ()
    searched: Collection[str] = ()


def known_to(
    blobs: Iterable[tuple[Oid, Match, Secret]],
    texts: Iterable[tuple[Located, Match, Secret]],
    is_own: Callable[[bytes], bool],
    known: Sequence[KnownValue] = (),
) -> tuple[KnownValue, ...]:
    """The values that the first pass was sure of, and the `known` ones. `is_own` tells words of the project."""
    return known_among(((match.verdict, value) for _, match, value in (*blobs, *texts)), is_own, known)


def known_among(
    found: Iterable[tuple[Verdict, Secret]], is_own: Callable[[bytes], bool], known: Sequence[KnownValue] = ()
) -> tuple[KnownValue, ...]:
    """A user name that is a word of the project is no person's."""
    learnt = known_values(found)
    meant = (value for value in learnt if value.verdict.form is not Form.LOGIN or not is_own(value.plain))
    return tuple({value.plain: value for value in (*meant, *known)}.values())


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


def known_in_blobs(view: ObjectView, scans: Iterable[ObjectScan]) -> Iterator[tuple[Oid, Match, Secret]]:
    """One place for each finding is enough: one that a detector saw, for this pass finds encodings as well."""
    wanted: dict[str, tuple[Oid, Match]] = {}
    for scan in scans:
        for match in scan.matches:
            if worth_searching(match.verdict) and match.verdict.detector != WITNESS:
                wanted.setdefault(match.verdict.finding, (scan.oid, match))
    where = {id(match): oid for oid, match in wanted.values()}
    for match, value in values_of(view, wanted.values()):
        yield where[id(match)], match, value


def known_in_texts(
    described: Iterable[tuple[Located, ObjectScan]],
) -> Iterator[tuple[Located, Match, Secret]]:
    """Every place in messages and names."""
    for located, scan in described:
        for match in scan.matches:
            if worth_searching(match.verdict) and match.verdict.detector != WITNESS:
                value = Contents(located.specimen.data).value(match.via, match.start, match.end, match.verdict.form)
                if value is not None:
                    yield located, match, value
