"""What a case recorded of what was published, and how a clone of it compares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_claim
from opensafe.casefile.proofs import added_paths, load_verification
from opensafe.casework.compiled_decisions import DecidedState
from opensafe.casework.removed_values import decided_away
from opensafe.errors import OutOfOrder
from opensafe.git.graph import ObjectGraph, ancestors, peel, topological
from opensafe.git.owned import OwnedRepository
from opensafe.history.reading import History
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.verification import Check

_TAGS, _CLONED = b"refs/tags/", (b"refs/heads/", b"refs/tags/")
_CHANGED_WITH_ITS_VALUE = frozenset(
    {PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.SYMLINK_TARGET, PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE}
)


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """`refs` are public names with ids (`None`: a tag whose id only public.git knows), `commits` all public commits.

    `replaced` are ids of the source that must never be public. `head` is the commit that the proof holds for.
    """

    refs: Mapping[bytes, Oid | None]
    commits: frozenset[Oid]
    replaced: frozenset[Oid]
    head: Oid
    sound: Check


def published_record(case: Case, state: DecidedState) -> PublishedRecord:
    """From the case's documents; `public.git` may be gone. Raises OutOfOrder where nothing was proven yet."""
    claim, verification = load_claim(case), load_verification(case)
    if claim is None or verification is None:
        raise OutOfOrder("this case has no proof to compare with", remedy="opensafe rewrite, then opensafe verify")
    added = added_paths(case)
    head = Oid(verification.head)
    tags = {_TAGS + str(tag).encode(): _tag_id(case, str(tag)) for tag in added["tags"]}
    refs = {bytes.fromhex(name): Oid(oid) for name, oid in claim["public_refs"].items()}
    old_commits = {Oid(old) for old, new in claim["commits"].items() if old != new}
    return PublishedRecord(
        refs={**refs, bytes.fromhex(claim["head"]): head, **tags},
        commits=frozenset({Oid(new) for new in claim["commits"].values() if new} | set(added["commits"]) | {head}),
        replaced=frozenset(old_commits | _changed_objects(state)),
        head=head,
        sound=_sound(case, passed=verification.passed),
    )


def _tag_id(case: Case, tag: str) -> Oid | None:
    if not case.public_git.is_dir():
        return None
    return OwnedRepository(case.public_git).refs().get(_TAGS + tag.encode())


def _changed_objects(state: DecidedState) -> set[Oid]:
    """Objects of the source that hold a value of which nothing may be left."""
    places = (place for finding in decided_away(state) for place in finding.places)
    return {place.oid for place in places if place.oid and place.kind in _CHANGED_WITH_ITS_VALUE}


def _sound(case: Case, *, passed: bool) -> Check:
    chain = case.log.verify()
    figure = f"a chain of {chain.entries:,} entries {'holds' if chain.ok else 'does not hold'}"
    return Check("record", chain.ok and passed, f"{figure}; the proof in the case {'passed' if passed else 'FAILED'}")


def compare_clone(record: PublishedRecord, clone: History) -> tuple[Check, ...]:
    """Refs, commits and ids of a clone, held against the record. Commits above them are counted only."""
    published = {ref.public: ref.oid for ref in clone.published}
    return (
        record.sound,
        _compare_refs(record, clone.graph, published),
        _compare_commits(record, clone.graph),
        _compare_replaced(record, clone.graph),
    )


def _compare_refs(record: PublishedRecord, graph: ObjectGraph, published: Mapping[bytes, Oid]) -> Check:
    """Every recorded branch and tag is there. A branch may have moved on; a plain clone has no notes."""
    same = moved = 0
    wrong: list[bytes] = []
    left_out = 0
    for name, oid in record.refs.items():
        tip = published.get(name)
        if tip is None and not name.startswith(_CLONED):
            left_out += 1
        elif tip is not None and tip == (oid or tip) and (oid or peel(graph, tip) == record.head):
            same += 1
        elif tip is not None and oid is not None and _has_moved_on(graph, name, oid, tip):
            moved += 1
        else:
            wrong.append(name)
    others = len(published.keys() - record.refs.keys())
    figure = (
        f"{len(record.refs):,} recorded refs: {same:,} at their recorded id, {moved:,} moved on,"
        f" {len(wrong):,} missing or elsewhere, {left_out:,} that a plain clone leaves out; {others:,} other refs"
    )
    return Check("clone-refs", not wrong, figure)


def _has_moved_on(graph: ObjectGraph, name: bytes, recorded: Oid, tip: Oid) -> bool:
    return not name.startswith(_TAGS) and recorded in ancestors(graph.commits, [peel(graph, tip)])


def _compare_commits(record: PublishedRecord, graph: ObjectGraph) -> Check:
    """Every commit is recorded or stands above a recorded one,."""
    known = set(record.commits)
    above = 0
    for oid in topological(graph.commits, graph.commits):
        if oid not in known and any(parent in known for parent in graph.commits[oid].parents):
            known.add(oid)
            above += 1
    strange = graph.commits.keys() - known
    figure = (
        f"{len(graph.commits):,} commits: {above:,} above the recorded ones,"
        f" {len(strange):,} that neither are recorded nor stand above one"
    )
    return Check("clone-commits", not strange, figure)


def _compare_replaced(record: PublishedRecord, graph: ObjectGraph) -> Check:
    found = sorted(_present(record.replaced, graph))
    figure = f"{len(record.replaced):,} old commits, files and tags looked for in the clone, {len(found):,} found"
    return Check("old-objects-gone", not found, figure + (f": {', '.join(found[:5])}" if found else ""))


def _present(ids: Iterable[Oid], graph: ObjectGraph) -> set[Oid]:
    listed = set(graph.order)
    return {oid for oid in ids if oid in listed}
