"""What was learnt from its context in one place is found in all others, and masked in every name."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.history.metadata import Located
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import WITNESS, Match, Verdict
from opensafe.model.place import PlaceKind
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen
from opensafe.scan.assemble import masked_names
from opensafe.scan.late import KnownValue, LiteralScanner, known_values, unmistakable, worth_searching
from opensafe.scan.names import Names
from opensafe.stories.builder import Content, History
from opensafe.stories.fakes import Fakes
from tests.git.git_kit import ANNA
from tests.history.history_kit import read
from tests.scan.scan_kit import KEY, Audited, Auditor, source_of, told

_FAKES = Fakes("second pass")
PASSWORD = _FAKES.password()
CLINICIAN = _FAKES.person()
LEARNT = Verdict(
    FindingId("F-1"), Category.SECRET, "secrets.x", "X", Severity.HIGH, Confidence.HIGH, Form.TOKEN, "[secret]", "why",
    None,
)  # fmt: skip


@pytest.fixture(name="audited")
def _audited(auditor: Auditor, tmp_path: Path) -> Audited:
    """A password and a name that one file tells, and that stand alone in everything else."""
    history = History(ANNA)
    source = b'connect(password = "%s")\n-- Reviewed by: %s\n' % (PASSWORD, CLINICIAN.name)
    first = history.commit(b"Begin\n", {b"R/connect.R": source})
    history.commit(b"Tidy up after %s\n" % CLINICIAN.name, {b"R/connect.R": b"connect()\n"})
    history.commit(
        b"Try %s again\n" % PASSWORD,
        {
            b"logs/job.txt": b"job 12 with %s is done\n" % PASSWORD,
            b"out-%s/beds.txt" % PASSWORD: b"25\n",
            b"table.txt": b"ward,beds\n",
        },
    )
    history.tag(b"t-" + PASSWORD, first, b"Ran with %s\n" % PASSWORD)
    history.ref(b"refs/heads/try-" + PASSWORD, first)
    told(tmp_path / "r", history)
    return auditor.audit_source(tmp_path / "r", tmp_path)


def test_a_password_is_found_where_nothing_tells_what_it_is(audited: Audited) -> None:
    finding = audited.of(Category.SECRET, PASSWORD)
    assert finding is not None
    assert WITNESS in finding.witnesses
    assert finding.detector != WITNESS, "the detector that knows why speaks for it"
    assert {place.kind for place in finding.places} == {
        PlaceKind.BLOB, PlaceKind.PATH, PlaceKind.REF_NAME, PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE,
    }  # fmt: skip
    logs = [place for place in finding.places if place.path == "logs/job.txt"]
    assert [(place.line, place.column) for place in logs] == [(1, 13)]
    texts = {text for item, _, text in audited.read_back() if item.id == finding.id}
    assert texts == {PASSWORD}


def test_a_name_is_found_where_nothing_announces_it(audited: Audited) -> None:
    finding = audited.of(Category.NAME, CLINICIAN.name.lower())
    assert finding is not None
    assert {place.kind for place in finding.places} == {PlaceKind.BLOB, PlaceKind.COMMIT_MESSAGE}


def test_names_that_hold_it_are_masked_wherever_they_are_shown(audited: Audited) -> None:
    """The name of a folder is part of the place of everything that is found in its files."""
    assert PASSWORD.decode() not in audited.everything_said()
    finding = audited.of(Category.SECRET, PASSWORD)
    assert finding is not None
    shown = {place.path for place in finding.places if place.kind is PlaceKind.PATH}
    assert shown == {f"out-{finding.masked}/beds.txt"}
    refs = {place.ref for place in finding.places if place.kind is PlaceKind.REF_NAME}
    assert refs == {f"refs/heads/try-{finding.masked}", f"refs/tags/t-{finding.masked}"}


def test_values_from_elsewhere_are_looked_for_too(auditor: Auditor, tmp_path: Path) -> None:
    history = History(ANNA)
    history.commit(b"Begin\n", {b"a.txt": b"alone: " + PASSWORD + b"\n"})
    told(tmp_path / "r", history)
    source = read(tmp_path / "r", tmp_path)
    assert auditor.audit(source).of(Category.SECRET, PASSWORD) is None
    known = [KnownValue(PASSWORD, replace(LEARNT, finding=KEY.finding("secret", PASSWORD)))]
    finding = auditor.audit(source, known=known).of(Category.SECRET, PASSWORD)
    assert finding is not None
    assert [place.path for place in finding.places] == ["a.txt"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"confidence": Confidence.LOW}, True),
        ({"form": Form.PRIVATE_KEY}, False),
        ({"category": Category.NAME, "form": Form.PERSON_NAME, "confidence": Confidence.MEDIUM}, True),
        ({"category": Category.NAME, "form": Form.PERSON_NAME, "confidence": Confidence.LOW}, False),
        ({"category": Category.NAME, "form": Form.PERSON_NAME, "person": 1}, False),
        ({"category": Category.DATA, "form": Form.NHS_NUMBER}, True),
        ({"category": Category.DATA, "form": Form.NHS_NUMBER, "severity": Severity.LOW}, False),
        ({"category": Category.DATA, "form": Form.POSTCODE}, False),
    ],
)
def test_which_values_are_searched_for(change: dict[str, object], expected: bool) -> None:
    assert worth_searching(replace(LEARNT, **change)) is expected  # type: ignore[arg-type]  # fields by name


def _plain(verdict: Verdict, *texts: bytes) -> list[bytes]:
    return [value.plain for value in known_values((verdict, Secret(text)) for text in texts)]


def test_short_and_unsure_texts_are_not_searched_for() -> None:
    assert _plain(LEARNT, b"1234567", b"12345678", b"12345678") == [b"12345678"]
    assert _plain(replace(LEARNT, confidence=Confidence.LOW), b"12345678", b"password") == []
    assert PASSWORD not in repr(KnownValue(PASSWORD, LEARNT)).encode()


def test_an_unmistakable_credential_is_searched_for_however_sure_it_is() -> None:
    """Somebody may decide that it goes: then it goes from wherever it stands, and the proof asks for it."""
    assert unmistakable(PASSWORD)
    assert _plain(replace(LEARNT, confidence=Confidence.LOW), PASSWORD) == _plain(LEARNT, PASSWORD) != []


def test_numbers_are_searched_for_without_spaces_too() -> None:
    number = _FAKES.nhs_number()
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}".encode()
    data = replace(LEARNT, category=Category.DATA, form=Form.NHS_NUMBER)
    assert _plain(data, spaced) == sorted([spaced, number.encode()])


def test_full_names_are_searched_for_in_every_sure_spelling_and_single_words_not_at_all() -> None:
    name = replace(LEARNT, category=Category.NAME, form=Form.PERSON_NAME)
    searched = set(_plain(name, b"Dora McExample"))
    assert searched > {b"DORA MCEXAMPLE", b"Dora McExample", b"dora mcexample", b"McExample, Dora", b"dora.mcexample"}
    assert {b"Dora", b"McExample", b"D McExample", b"doramcexample"}.isdisjoint(searched)
    assert _plain(name, b"McExample") == []


def test_user_names_of_paths_are_searched_for_unless_they_are_words() -> None:
    login = replace(LEARNT, category=Category.NAME, form=Form.LOGIN)
    assert _plain(login, b"dmcex7", b"dmcex", b"project", b"1234567") == [b"DMCEX7", b"dmcex7"]
    assert _plain(replace(login, confidence=Confidence.LOW), b"dmcexample7") == []
    assert _plain(replace(login, person=3), b"dmcexample7") == []


@pytest.mark.parametrize(
    ("plain", "text", "found"),
    [
        (b"Carmichael", b"Dr Carmichael said", True),
        (b"Carmichael", b"Carmichaels said", False),
        (b"Carmichael", b"St_Carmichael", False),
        (b"9991234567", b"id 9991234567.", True),
        (b"9991234567", b"id 19991234567", False),
        (b"Q7xabcdefg", b"preQ7xabcdefgpost", True),
        (b"averylongpassphrase", b"xaverylongpassphrasex", True),
        (b"1234567890123456789", b"x1234567890123456789", False),
    ],
)
def test_plain_words_and_numbers_must_stand_alone(plain: bytes, text: bytes, found: bool) -> None:
    scan = LiteralScanner([KnownValue(plain, LEARNT)]).scan(Oid("01"), text, b"", PlaceKind.BLOB)
    assert bool(scan.matches) is found
    assert all(text[match.start : match.end] == plain for match in scan.matches)


@given(st.binary(max_size=30))
def test_what_is_short_is_never_unmistakable(plain: bytes) -> None:
    assert not (unmistakable(plain) and len(plain) < 8)


_SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda span: span[0] < span[1])


@given(st.lists(_SPANS, min_size=1, max_size=5), st.booleans())
def test_a_masked_name_shows_no_byte_of_a_finding(spans: list[tuple[int, int]], decoded: bool) -> None:
    raw = bytes(range(65, 85))
    via = ("base64",) if decoded else ()
    matches = [Match(replace(LEARNT, masked="*"), via, start, end, 1, 1) for start, end in spans]
    located = Located(Specimen(PlaceKind.PATH, raw), path=raw)
    shown = Names(masked_names([(located, matches)])).shown(raw)
    hidden = {raw[at : at + 1].decode() for start, end in spans for at in range(start, min(end, 20))}
    kept = "".join(chr(byte) for byte in raw if chr(byte) not in hidden)
    assert shown == "[name with a finding]" if decoded else shown.replace("*", "") == kept


def test_names_without_a_finding_are_shown_as_they_are() -> None:
    assert Names().shown(b"caf\xe9\n") == "caf\\xe9\\x0a"


@pytest.mark.parametrize(("user", "elsewhere"), [(b"wardplanner", False), (b"mquillby", True)])
def test_user_of_a_path_is_searched_for_unless_the_project_is_called_so(
    auditor: Auditor, tmp_path: Path, user: bytes, *, elsewhere: bool
) -> None:
    """Most files of this project lie in a folder `wardplanner`: the word says nothing of a person."""
    files: dict[bytes, Content] = {b"wardplanner/%d.R" % n: b"x <- %d\n" % n for n in range(5)}
    files |= {b"run.sh": b"cd /home/%s/work\n" % user, b"notes.txt": b"ask %s about it\n" % user}
    source_of(tmp_path / "r", [files])
    findings = auditor.audit_source(tmp_path / "r", tmp_path).outcome.findings
    (found,) = [finding for finding in findings if "names.user-paths" in finding.witnesses]
    assert ({place.path for place in found.places} == {"run.sh", "notes.txt"}) is elsewhere
    assert "run.sh" in {place.path for place in found.places}
