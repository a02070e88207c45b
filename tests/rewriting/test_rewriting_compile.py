"""What a specification holds is what each decision asks for at each place, however the places come together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.decision import Action, Decision
from opensafe.model.identifiers import FindingId, Oid, SkipId
from opensafe.model.marks import Mark
from opensafe.model.place import PlaceKind
from opensafe.model.plan import RewriteSpec, SpanEdit
from opensafe.model.settlement import decision_for, standing
from opensafe.model.skip import Skip, SkipReason, SkipState
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.compile import Inventory, compile_spec

TODAY = date(2025, 6, 1)
FINDINGS = {number: FindingId(f"F-{name}") for number, name in enumerate("abcd")}
OIDS = [Oid(letter * 40) for letter in "123"]
PATHS = {"k1": b"a.R", "k2": b"data/b.csv"}  # a third key is of a path that the source no longer has
INVENTORY = Inventory(
    paths=PATHS,
    refs={"r1": b"refs/heads/main"},
    identities={"k2": (b"Ann Other", b"ann@example.org")},
    published={b"refs/heads/main": (b"refs/heads/main", OIDS[0])},
    head=b"refs/heads/main",
    files={path: frozenset(OIDS[:2]) for path in PATHS.values()},
)
REPLACEMENTS: dict[str, str] = {finding: f"REDACTED-{number}" for number, finding in FINDINGS.items()}
IN_FILES = {PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.SYMLINK_TARGET, PlaceKind.SUBMODULE_URL}
IN_MESSAGES = {PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE}

_DECISIONS = st.lists(
    st.builds(
        Decision,
        st.sampled_from(list(FINDINGS.values())),
        st.sampled_from([action for action in Action if action is not Action.ACCEPT]),
        st.just("Ann"),
        st.just(TODAY),
        to=st.sampled_from(["", "", "Person 7"]),
        path=st.sampled_from(["", "", "a.R", "data/*"]),
        second_needed=st.sampled_from([False, False, True]),
    ),
    max_size=8,
)
_SPANS = st.integers(0, 2).map(lambda number: (number * 4, number * 4 + 3))


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Places of a few findings in a few objects, those in one object one behind the other."""
    kinds = st.sampled_from([PlaceKind.BLOB, PlaceKind.BLOB, PlaceKind.BLOB, *PlaceKind])
    made = [
        Mark(
            draw(st.integers(0, len(FINDINGS))),  # of the last nobody asked
            draw(kinds),
            draw(st.sampled_from([*OIDS, None])),
            draw(st.sampled_from(["a.R", "data/b.csv", None])),
            draw(st.sampled_from(["k1", "k2", "k3", None])),
            draw(st.sampled_from(["r1", "r2", None])),
            draw(st.sampled_from([(), ("zip:x",)])),
            *draw(_SPANS),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]
    return sorted(made, key=lambda mark: mark.oid or "")


@dataclass(slots=True)
class Expected:
    """What happens to each file, message and header: said place by place."""

    edits: dict[tuple[Oid, bytes | None], set[SpanEdit]] = field(default_factory=dict)
    stripped: set[tuple[Oid, bytes | None]] = field(default_factory=set)
    removed: set[tuple[Oid, bytes | None]] = field(default_factory=set)
    messages: dict[Oid, list[SpanEdit]] = field(default_factory=dict)
    headers: set[Oid] = field(default_factory=set)

    def add(self, mark: Mark, decision: Decision) -> None:
        text = decision.to or REPLACEMENTS[FINDINGS[mark.finding]]
        edit = SpanEdit(mark.via, mark.start, mark.end, text.encode())
        path = PATHS.get(mark.path_key or "")
        if mark.kind is PlaceKind.PATH and path and decision.action is Action.REMOVE_FILE:
            self.removed |= {(oid, path) for oid in INVENTORY.files[path]}
        elif mark.oid is None:
            return
        elif mark.kind in IN_FILES and decision.action is Action.REMOVE_FILE:
            self.removed.add((mark.oid, path))
        elif mark.kind in IN_FILES and decision.action is Action.STRIP_OUTPUTS:
            self.stripped.add((mark.oid, path))
        elif mark.kind in IN_FILES:
            self.edits.setdefault((mark.oid, path), set()).add(edit)
        elif mark.kind in IN_MESSAGES:
            self.messages.setdefault(mark.oid, []).append(edit)
        elif mark.kind is PlaceKind.COMMIT_HEADER:
            self.headers.add(mark.oid)


def _skip(oid: Oid) -> Skip:
    return Skip(SkipId("S-a"), oid, None, SkipReason.TOO_LARGE, "", state=SkipState.REMOVE_FILE)


def expected(places: Sequence[Mark], taken: Mapping[str, Sequence[Decision]], skips: Sequence[Skip]) -> Expected:
    told = Expected(removed={(skip.oid, None) for skip in skips if skip.oid})
    for mark in places:
        decision = decision_for(taken.get(FINDINGS.get(mark.finding, ""), ()), mark.place)
        if decision is not None and decision.action is not None and decision.action.takes_away:
            told.add(mark, decision)
    return told


def compiled(places: Sequence[Mark], taken: Mapping[str, Sequence[Decision]], skips: Sequence[Skip]) -> RewriteSpec:
    return compile_spec(iter(places), FINDINGS, taken, skips, INVENTORY, REPLACEMENTS)


_SKIPS = st.lists(st.sampled_from(OIDS).map(_skip), max_size=1)


@given(marks(), _DECISIONS, _SKIPS)
def test_every_place_is_changed_as_its_decision_asks(
    places: list[Mark], decisions: list[Decision], skips: list[Skip]
) -> None:
    taken = standing(tuple(decisions), TODAY)
    told, spec = expected(places, taken, skips), compiled(places, taken, skips)
    keys = [(change.oid, *(change.paths or (None,))) for change in spec.blobs]
    assert keys == sorted({*told.edits, *told.stripped, *told.removed}, key=lambda key: (key[0], key[1] or b""))
    for key, change in zip(keys, spec.blobs, strict=True):
        assert change.remove is (key in told.removed)
        assert change.strip_outputs is (key in told.stripped - told.removed)
        assert set(change.edits) == (set() if change.remove else told.edits.get(key, set()))
        assert len(set(change.edits)) == len(change.edits)
    assert {oid: sorted(edits) for oid, edits in spec.message_edits.items()} == {
        oid: sorted(edits) for oid, edits in told.messages.items()
    }
    assert spec.header_drops == told.headers


@given(marks(), _DECISIONS)
def test_the_order_of_places_in_an_object_does_not_matter(places: list[Mark], decisions: list[Decision]) -> None:
    taken = standing(tuple(decisions), TODAY)
    groups = [list(group) for _, group in groupby(places, key=lambda mark: mark.oid)]
    turned = [mark for group in groups for mark in reversed(group)]
    assert compiled(turned, taken, []) == compiled(places, taken, [])


@given(marks(), _DECISIONS)
def test_changes_are_found_where_they_hold(places: list[Mark], decisions: list[Decision]) -> None:
    """At a path that a change names, and everywhere for one that names none."""
    spec = compiled(places, standing(tuple(decisions), TODAY), [])
    changes = Changes.of(spec)
    for oid in OIDS:
        here = {change.paths and next(iter(change.paths)): change for change in spec.blobs if change.oid == oid}
        for path in (*PATHS.values(), b"other"):
            asked = [here[at] for at in (None, path) if at in here]
            key = changes.key_at(oid, path)
            found = None if key is None else changes.files[key]
            assert (found is None) == (not asked)
            if found is not None:
                assert found.remove is any(change.remove for change in asked)
                assert found.strip_outputs is any(change.strip_outputs for change in asked)
                assert set(found.edits) == {edit for change in asked for edit in change.edits}
