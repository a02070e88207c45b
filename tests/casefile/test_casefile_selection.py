"""Asking the index for what is needed only gives the same as reading everything and choosing then."""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.credentials import CredentialRow, credential_rows
from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import Outline, outlines
from opensafe.casefile.places import findings_at, first_commits, first_days, names_of, places_of_each, texts_of_each
from opensafe.casefile.rotations import credentials
from opensafe.casefile.selection import Filter, select
from opensafe.casefile.subjects import SubjectRow, subjects
from opensafe.casefile.tally import tally, waiting_of
from opensafe.casefile.whole_list import whole_list
from opensafe.model.audit import AuditRecord
from opensafe.model.census import Census
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Finding, Form, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import settle_all, standing
from opensafe.reports.cells import quoted_cell
from opensafe.reports.csv_table import findings_csv, list_csv
from opensafe.reports.finding_groups import Spot
from tests.casefile import casefile_kit as kit

_NAMES = st.sampled_from(["a", "b", "c", "d", "e", "f"])
_PATHS = st.sampled_from(["a.R", "data/b.csv", "data/[c].csv", "data/sub/d.csv", None])
PLACES = st.builds(kit.place, _PATHS, ref=st.sampled_from([None, "", "refs/heads/x"]))
_GLOBS = st.sampled_from(["", "*", "a.R", "data/*", "data/[[]c].csv", "*.csv", "d?ta/b.csv", "[ad]*", "A.R", "none"])
_DETECTORS = st.sampled_from(["secrets.generic-assignment", "data.data-file", "names.people"])
_FILES = st.lists(_NAMES.map(kit.finding_id), max_size=2, unique=True).map(tuple)


@st.composite
def findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    """A few findings, some of them questions about files, some within such files."""
    made: list[Finding] = []
    for name in draw(st.lists(_NAMES, unique=True)):
        places = draw(st.lists(PLACES, max_size=3))
        found = kit.finding(
            name,
            *places,
            category=draw(st.sampled_from(Category)),
            severity=draw(st.sampled_from(Severity)),
            form=draw(st.sampled_from([Form.FILE, Form.TOKEN])),
            witnesses=tuple(draw(st.lists(_DETECTORS, min_size=1, unique=True))),
            person=draw(st.none() | st.integers(0, 2)),
            published=draw(st.booleans()),
        )
        made.append(replace(found, covered_by=() if found.form is Form.FILE else draw(_FILES)))
    return tuple(made)


DECISIONS = st.lists(
    st.builds(
        kit.decision,
        _NAMES.map(kit.finding_id),
        st.sampled_from([action for action in Action if action is not Action.ACCEPT]),
        path=_GLOBS,
        undo=st.booleans(),
        expires=st.none() | st.just(kit.TODAY.replace(year=2024)),
        second_needed=st.booleans(),
    ),
    max_size=8,
)
FILTERS = st.builds(
    Filter,
    category=st.none() | st.sampled_from(Category),
    detector=st.sampled_from(["", "secrets.", "data.data-file", ".people", '"', ", "]),
    path=_GLOBS,
    severity=st.none() | st.sampled_from(Severity),
    state=st.none() | st.sampled_from(State),
    text=st.sampled_from(["", "CREDENTIAL", "nothing"]),
    person=st.none() | st.sampled_from([0, 1, 2**80, -1]),
    published=st.none() | st.booleans(),
)


def case_of(record: AuditRecord, decisions: list[Decision], folder: str) -> Case:
    made = kit.new_case(Path(folder))
    made.index.write(record)
    made.decisions.append(*decisions)
    return made


def slowly(case: Case, decisions: list[Decision]) -> tuple[Finding, ...]:
    """Every finding with its state and its places: all of them read, and settled together."""
    every = case.index.all_places()
    whole = [replace(finding, places=every.get(finding.id, ())) for finding in case.index.findings()]
    return settle_all(whole, standing(decisions, kit.TODAY))


def matches(chosen: Filter, finding: Finding) -> bool:
    """What a filter says, word by word, but for the path."""
    words = f"{finding.title} {finding.masked} {finding.why} {finding.detector}".casefold()
    return (
        chosen.category in {None, finding.category}
        and any(name.startswith(chosen.detector) for name in (*finding.witnesses, *([] if chosen.detector else [""])))
        and (chosen.severity is None or finding.severity.rank <= chosen.severity.rank)
        and chosen.state in {None, finding.state}
        and (chosen.state is not State.OPEN or finding.waits)
        and chosen.person in {None, finding.person}
        and chosen.published in {None, finding.published}
        and chosen.text.casefold() in words
    )


def bare(found: tuple[Finding, ...]) -> list[Finding]:
    return [replace(finding, places=()) for finding in found]


@settings(max_examples=80, deadline=None)
@given(findings(), DECISIONS, FILTERS)
def test_what_is_selected_is_what_all_findings_hold_that_matches(
    made: tuple[Finding, ...], decisions: list[Decision], chosen: Filter
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), decisions, folder)
        expected = tuple(
            finding
            for finding in slowly(case, decisions)
            if matches(chosen, finding)
            and (not chosen.path or any(p.path and fnmatchcase(p.path, chosen.path) for p in finding.places))
        )
        assert bare(select(case, chosen, kit.TODAY)[0]) == bare(expected)
        listed = [
            Outline(f.id, bool(f.covered_by) and f.category is not Category.SECRET, f.detector, f.person)
            for f in expected
        ]
        assert list(outlines(case, chosen, kit.TODAY, decisions)) == listed
        as_subject = attrgetter(*SubjectRow._fields)
        assert list(subjects(case, chosen, kit.TODAY)) == list(map(SubjectRow._make, map(as_subject, expected)))


@settings(max_examples=60, deadline=None)
@given(findings(), DECISIONS, st.lists(_NAMES.map(kit.finding_id)))
def test_what_is_counted_is_what_all_findings_add_up_to(
    made: tuple[Finding, ...], decisions: list[Decision], some: list[FindingId]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), decisions, folder)
        every = slowly(case, decisions)
        waiting = {finding.id for finding in every if finding.waits and finding.published}
        secrets = tuple(finding.id for finding in credentials(every))
        as_credential = attrgetter(*CredentialRow._fields)
        assert [tuple(row) for row in credential_rows(case, kit.TODAY)] == list(map(as_credential, credentials(every)))
        counted = tally(case, decisions, kit.TODAY)
        assert (counted.findings, counted.waiting, counted.credentials) == (len(every), len(waiting), secrets)
        assert counted.census == Census.of(every)
        assert waiting_of(case, some, kit.TODAY) == waiting & set(some)


@settings(max_examples=60, deadline=None)
@given(findings(), DECISIONS)
def test_the_list_of_all_is_the_table_of_all_findings(made: tuple[Finding, ...], decisions: list[Decision]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), decisions, folder)
        lines = whole_list(case, tally(case, decisions, kit.TODAY), quoted_cell)
        assert "".join(list_csv(lines)) == findings_csv(slowly(case, decisions))


@pytest.mark.parametrize("text", [*kit.HOSTILE, "=1+1", "a;-b", 'a "b"', "%s%d", '","open","', "x" * 40_000])
def test_hostile_cells_of_the_list_of_all_are_those_of_the_table(tmp_path: Path, text: str) -> None:
    case = kit.new_case(tmp_path)
    in_file = kit.finding("a", kit.place(text), title=text, masked=text, detector=text)
    in_ref = kit.finding("b", kit.place(None, ref=text), title=text)
    case.index.write(kit.audit(in_file, in_ref, kit.finding("c")))
    decisions = [kit.decision(in_file.id, Action.KEEP)]
    case.decisions.append(*decisions)
    lines = whole_list(case, tally(case, decisions, kit.TODAY), quoted_cell)
    assert "".join(list_csv(lines)) == findings_csv(slowly(case, decisions))


@settings(max_examples=30, deadline=None)
@given(findings())
def test_names_are_those_of_the_first_places_each_once(made: tuple[Finding, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), [], folder)
        told = {
            f.id: tuple(dict.fromkeys(p.path or p.ref or p.kind.value for p in f.places[:2])) for f in made if f.places
        }
        assert names_of(case.index, [finding.id for finding in made], 2) == told


@settings(max_examples=30, deadline=None)
@given(findings(), st.integers(1, 3))
def test_places_of_each_and_their_texts_are_those_of_the_findings(made: tuple[Finding, ...], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), [], folder)
        ids = [finding.id for finding in made] * 2
        told = {finding.id: finding.places[:most] for finding in made if finding.places}
        assert places_of_each(case.index, ids, most) == told
        texts = texts_of_each(case.index, ids, most)
        assert {id_: Counter(map(Spot.of, places)) for id_, places in texts.items()} == {
            id_: Counter(map(Spot.of, places)) for id_, places in told.items()
        }


@settings(max_examples=30, deadline=None)
@given(findings())
def test_first_commits_are_those_of_the_places(made: tuple[Finding, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), [], folder)
        ids = [finding.id for finding in made]
        told = {f.id: {p.first_commit for p in f.places if p.first_commit} for f in made}
        commits = first_commits(case.index, ids)
        assert commits == tuple(sorted(set().union(*told.values())))
        days = {commit: date(2020, 1, 1) + timedelta(days=len(commits) - at) for at, commit in enumerate(commits[1:])}
        known = {id_: [days[commit] for commit in brought if commit in days] for id_, brought in told.items()}
        assert first_days(case.index, ids, days) == {id_: min(each) for id_, each in known.items() if each}


@settings(max_examples=30, deadline=None)
@given(findings(), _GLOBS)
def test_a_glob_reaches_the_same_paths_as_when_each_is_compared(made: tuple[Finding, ...], glob: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_of(kit.audit(*made), [], folder)
        there = {f.id for f in made if any(p.path is not None and fnmatchcase(p.path, glob) for p in f.places)}
        assert findings_at(case.index, glob) == there
