"""Every story: what was planted is found where the story says it is, and nothing that is kept shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures import repos
from fixtures.kit.story import Planted, Tell
from opensafe.model.finding import Category, Finding, Form
from opensafe.model.place import Place, PlaceKind
from tests.scan.scan_kit import KEY, Audited, Auditor

# A story calls unreachable what no ref reaches; the audit also tells what a reflog still reaches.
_ALSO = {PlaceKind.UNREACHABLE: PlaceKind.REFLOG}

# Text that the places of these kinds count in is not in an object.
_NOT_IN_AN_OBJECT = {PlaceKind.CONFIG, PlaceKind.WORKTREE}


@dataclass(frozen=True, slots=True)
class _Heard:
    """A story, what the audit made of it, and the text at each place."""

    audited: Audited
    texts: list[tuple[Finding, Place, bytes | None]]


Hear = Callable[[str], _Heard]


@pytest.fixture(scope="session", name="known")
def _known() -> dict[str, _Heard]:
    """Each story is audited once."""
    return {}


@pytest.fixture
def hear(known: dict[str, _Heard], story: Tell, auditor: Auditor, tmp_path: Path) -> Hear:
    def heard(name: str) -> _Heard:
        if name not in known:
            audited = auditor.audit_source(story(name).path, tmp_path)
            known[name] = _Heard(audited, list(audited.read_back()))
        return known[name]

    return heard


def _expectations() -> Sequence[object]:
    found: list[object] = []
    for name in repos.names():
        for number, planted in enumerate(repos.story(name).expectations):
            found.append(pytest.param(name, planted, id=f"{name}-{number}-{planted.note}"))
    return found


@pytest.mark.parametrize(("name", "planted"), _expectations())
def test_what_was_planted_is_found_where_it_stands(hear: Hear, name: str, planted: Planted) -> None:
    found = [
        place
        for finding, place, text in hear(name).texts
        if _is_place_of(planted, place) and _is_value_of(planted, finding, text)
    ]
    assert found


def _is_place_of(planted: Planted, place: Place) -> bool:
    kinds = {planted.kind, _ALSO.get(planted.kind, planted.kind)}
    keys = {place.path_key, place.ref_key}
    named = not planted.path or KEY.name(planted.path) in keys
    return place.kind in kinds and place.published == planted.published and named


def _is_value_of(planted: Planted, finding: Finding, text: bytes | None) -> bool:
    if finding.category is not planted.category:
        return False
    if not planted.value:
        return finding.form is Form.FILE
    is_value = finding.id == KEY.finding(planted.category, planted.value)
    return is_value or (text is not None and planted.value.lower() in text.lower())


@pytest.mark.parametrize("name", repos.names())
def test_nothing_that_is_kept_shows_a_planted_value(hear: Hear, name: str) -> None:
    audited = hear(name).audited
    said = audited.everything_said().lower()
    shown = [p.note for p in repos.story(name).expectations if p.value and p.value.decode().lower() in said]
    assert shown == []
    assert all(finding.id.lower() in said for finding in audited.findings)


@pytest.mark.parametrize("name", repos.names())
def test_the_value_at_every_place_can_be_read_again(hear: Hear, name: str) -> None:
    lost = [
        (finding.detector, place.kind, place.path, place.via)
        for finding, place, text in hear(name).texts
        if text is None and finding.form is not Form.FILE and _has_a_text(finding, place)
    ]
    assert lost == []


def _has_a_text(finding: Finding, place: Place) -> bool:
    """A reflog's line is no object; a setting of the history has no text at all."""
    is_log_line = place.kind is PlaceKind.REFLOG and place.path is None
    is_of_history = finding.category is Category.SETTING and not place.oid
    return not (place.kind in _NOT_IN_AN_OBJECT or is_log_line or is_of_history)


@pytest.mark.parametrize("name", repos.names())
def test_findings_add_up(hear: Hear, name: str) -> None:
    audited = hear(name).audited
    ids = [finding.id for finding in audited.findings]
    assert len(set(ids)) == len(ids)
    for finding in audited.findings:
        assert finding.occurrences == len(finding.places) == len(set(finding.places)) > 0
        assert finding.published == any(place.published for place in finding.places)
        assert finding.in_head == any(place.in_head for place in finding.places)
        assert finding.detector in finding.witnesses
        assert finding.masked
    ranks = [finding.severity.rank for finding in audited.findings if finding.category is not Category.SETTING]
    assert ranks == sorted(ranks)


def test_the_clean_repository_gives_its_author_and_the_question_about_its_table(hear: Hear) -> None:
    heard = hear("clean_repository")
    audited = heard.audited
    questions = [f.masked for f in audited.findings if f.form is Form.FILE]
    others = [f for f in audited.findings if f.form is not Form.FILE]
    assert questions == ["Data file: output/beds.csv"]
    assert {place.kind for finding in others for place in finding.places} == {PlaceKind.IDENTITY}
    author = {planted.value for planted in repos.story("clean_repository").expectations}
    texts = {text for finding, _, text in heard.texts if finding.form is not Form.FILE}
    assert texts == author
    assert audited.outcome.coverage.complete
