"""New commits among old ones: their order and their distance from being public are those of the whole history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.git.graph import ancestors, topological
from opensafe.history.placing import Placed, placed
from opensafe.history.rings import UNREACHED, Rings, Tips
from opensafe.history.skeleton import Skeleton, packed_parents
from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.ground import HEAD, NOTES, Footing
from opensafe.model.identifiers import Oid
from opensafe.model.packed import packed_numbers

_EMPTY = Footing(b"", b"", b"", b"", b"", b"", b"", 0, (), (), (), (), (), 0, {})
_NOBODY = Skeleton.of(_EMPTY, 20)


@st.composite
def _histories(draw: st.DrawFn) -> list[Commit]:
    """Commits whose dates say little of their order; each has a random id."""
    ids = draw(st.lists(st.integers(0, 2**30), min_size=1, max_size=14, unique=True))
    commits: list[Commit] = []
    for number, id_ in enumerate(ids):
        parents = draw(st.lists(st.integers(0, number - 1), max_size=3, unique=True)) if number else []
        when = Identity(b"Anna", b"anna@example.org", b"%d +0000" % draw(st.integers(1, 9)))
        oids = tuple(commits[parent].oid for parent in parents)
        commits.append(Commit(Oid(f"{id_:040x}"), Oid(""), oids, when, when, (), b"", 0))
    return commits


def _after(skeleton: Skeleton, new: Mapping[Oid, Commit], found: Placed) -> Skeleton:
    """What is kept of the commits that were there, and of those that came."""
    before = skeleton.footing
    numbers = {oid: skeleton.number(oid) for commit in new.values() for oid in commit.parents} | found.numbers
    commits = [new[oid] for oid in found.order]
    dates = [commit.committer.timestamp for commit in commits]
    return Skeleton.of(
        replace(
            before,
            commits=before.commits + b"".join(bytes.fromhex(oid) for oid in found.order),
            circles=before.circles + bytes([UNREACHED]) * len(commits),
            places=packed_numbers(found.places),
            dates=before.dates + packed_numbers(dates, "q"),
            parents=before.parents + packed_parents(commits, numbers),
            newest=max([before.newest, *dates]),
        ),
        20,
    )


def _steps(commits: Sequence[Commit], cuts: Sequence[int]) -> list[dict[Oid, Commit]]:
    """The commits as they came, in several fetches."""
    bounds = [0, *sorted(cut % (len(commits) + 1) for cut in cuts), len(commits)]
    return [{c.oid: c for c in commits[first:last]} for first, last in pairwise(bounds)]


@settings(max_examples=200, deadline=None)
@given(commits=_histories(), cuts=st.lists(st.integers(0, 20), max_size=3))
def test_new_commits_are_put_where_the_whole_history_has_them(commits: list[Commit], cuts: list[int]) -> None:
    skeleton = _NOBODY
    for new in _steps(commits, cuts):
        skeleton = _after(skeleton, new, placed(skeleton, new))
    known = {commit.oid: commit for commit in commits}
    places = {skeleton.oid(number): place for number, place in enumerate(placed(skeleton, {}).places)}
    assert sorted(places, key=places.__getitem__) == topological(known, known)
    assert sorted(places.values()) == list(range(len(commits)))


@settings(max_examples=200, deadline=None)
@given(commits=_histories(), cut=st.integers(0, 20), data=st.data())
def test_rings_that_are_drawn_anew_are_those_of_the_whole_history(
    commits: list[Commit], cut: int, data: st.DataObject
) -> None:
    old, new = _steps(commits, [cut])
    skeleton = _after(_NOBODY, old, placed(_NOBODY, old))
    oids = st.sets(st.sampled_from([*(commit.oid for commit in commits), Oid("f" * 40)]), max_size=3)
    public, named, logged, head, notes = (data.draw(oids) for _ in range(5))
    rings = Rings(skeleton, new, placed(skeleton, new), skeleton.footing.circles)
    rings.redraw(Tips((public, named, logged), notes, head))
    known = {commit.oid: commit for commit in commits}
    rows = [ancestors(known, tips) for tips in (public, named, logged)]
    for oid in known:
        distance = next((number for number, row in enumerate(rows) if oid in row), UNREACHED)
        bits = HEAD * (oid in ancestors(known, head)) + NOTES * (oid in ancestors(known, notes))
        assert rings.of(oid) == distance + bits
    assert rings.public() == len(rows[0])
    assert rings.parents_of_all() == {oid: commit.parents for oid, commit in known.items()}
