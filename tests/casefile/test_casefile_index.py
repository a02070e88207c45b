"""The index gives back what the audit found, and nothing of the audit before."""

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from opensafe.casefile.credit_files import IS_CREDIT_FILE
from opensafe.casefile.credit_zones import standing_for_credit
from opensafe.casefile.index import Index
from opensafe.errors import CaseDamaged, OutOfOrder, UsageError
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Category, Finding, Severity
from opensafe.model.identifiers import FindingId, SkipId
from tests.casefile import casefile_kit as kit


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index.sqlite")


def bare(finding: Finding) -> Finding:
    return replace(finding, places=())


def in_order(finding: Finding) -> tuple[int, str, str, str, str]:
    """The graver first, then what is of one kind, files by their names."""
    return finding.severity.rank, finding.category.value, finding.title, finding.masked, finding.id


@settings(max_examples=60, deadline=None)
@given(kit.AUDITS)
def test_what_goes_in_comes_out(record: AuditRecord) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder, "index.sqlite"))
        index.write(record)
        expected = sorted(record.findings, key=in_order)

        assert index.summary() == replace(record, findings=())
        assert index.findings() == tuple(map(bare, expected))
        assert list(index.all_places().items()) == [(found.id, found.places) for found in expected if found.places]
        assert index.places_of(found.id for found in expected) == {found.id: found.places for found in expected}
        for found in expected:
            assert index.places(found.id) == found.places
            assert index.finding_by_prefix(found.id) == bare(found)
        assert sorted(path.name for path in Path(folder).iterdir()) == ["index.sqlite"]


@pytest.mark.parametrize("name", kit.HOSTILE)
def test_hostile_names_come_back_as_they_are(index: Index, name: str) -> None:
    place = kit.place(name, ref=name, ref_key=name, via=(name, name))
    record = kit.audit(kit.finding("x", place), skips=(replace(kit.skip(), path=name, detail=name),))
    index.write(record)
    assert index.places(kit.finding_id("x")) == (place,)
    assert index.summary() == replace(record, findings=())


def test_a_lone_surrogate_does_not_stop_an_audit(index: Index) -> None:
    index.write(kit.audit(kit.finding("x", replace(kit.place(), path="caf\udce9.R"))))
    assert index.places(kit.finding_id("x"))[0].path == "caf\\udce9.R"


def test_findings_come_in_the_order_of_review(index: Index) -> None:
    severities = (Severity.INFO, Severity.CRITICAL, Severity.LOW, Severity.MEDIUM, Severity.HIGH)
    made = [
        kit.finding(f"{severity}{category}{number}", severity=severity, category=category)
        for severity in severities
        for category in (Category.SECRET, Category.DATA)
        for number in range(2)
    ]
    index.write(kit.audit(*made))
    seen = [(found.severity, found.category) for found in index.findings()]
    assert seen == [
        (severity, category) for severity in Severity for category in (Category.DATA, Category.SECRET) for _ in range(2)
    ]
    ids = [found.id for found in index.findings()]
    assert all(first < second for first, second in zip(ids[::2], ids[1::2], strict=True))


def test_places_are_given_in_pages(index: Index) -> None:
    places = tuple(kit.place(line=line) for line in range(1, 11))
    index.write(kit.audit(kit.finding("x", *places), kit.finding("y", kit.place("other.R"))))
    id_ = kit.finding_id("x")
    assert index.places(id_, limit=3) == places[:3]
    assert index.places(id_, limit=3, offset=9) == places[9:]
    assert index.places(id_, offset=4) == places[4:]
    assert index.places(id_, limit=0) == ()
    assert index.places(FindingId("F-unknown")) == ()


def test_a_second_audit_keeps_nothing_of_the_first(index: Index) -> None:
    index.write(kit.audit(*(kit.finding(str(n), kit.place()) for n in range(9)), skips=(kit.skip(),)))
    second = kit.audit(kit.finding("new", kit.place("new.R")), source=kit.audit().source, rules_digest="second")
    index.write(second)
    assert index.summary() == replace(second, findings=())
    assert [found.id for found in index.findings()] == [kit.finding_id("new")]
    assert index.all_places() == {kit.finding_id("new"): (kit.place("new.R"),)}


def test_without_an_audit_nothing_is_said_about_findings(index: Index) -> None:
    assert not index.exists()
    assert index.summary() is None
    for ask in (index.findings, index.all_places, index.digest, lambda: index.places(kit.finding_id("x"))):
        with pytest.raises(OutOfOrder, match="not been audited"):
            ask()


def test_an_audit_that_found_nothing_is_not_the_same(index: Index) -> None:
    index.write(kit.audit())
    assert index.exists()
    assert (index.findings(), index.all_places()) == ((), {})


FIRST, SECOND = FindingId("F-" + "abcd" + "a" * 22), FindingId("F-" + "abce" + "a" * 22)


@pytest.fixture
def two(index: Index) -> Index:
    skip = replace(kit.skip(), id=SkipId("S-" + "abcd" + "b" * 22))
    index.write(kit.audit(kit.finding("x", id=FIRST), kit.finding("y", id=SECOND), skips=(skip, skip)))
    return index


@pytest.mark.parametrize("prefix", ["F-abcd", "abcd", "f-ABCD", "ABCDA", " F-abcd\n", FIRST, FIRST[2:]])
def test_a_unique_beginning_names_a_finding(two: Index, prefix: str) -> None:
    assert two.finding_by_prefix(prefix).id == FIRST


@pytest.mark.parametrize("prefix", ["S-abcd", "s-a", "abcd", "S-" + "abcd" + "b" * 22])
def test_a_skip_is_named_by_its_full_id_even_if_it_was_listed_twice(two: Index, prefix: str) -> None:
    full = "S-" + "abcd" + "b" * 22
    if prefix == full:
        assert two.skip_by_prefix(prefix).id == full
    else:
        with pytest.raises(UsageError, match="not unique"):
            two.skip_by_prefix(prefix)


def test_an_ambiguous_beginning_lists_the_candidates(two: Index) -> None:
    with pytest.raises(UsageError) as caught:
        two.finding_by_prefix("abc")
    assert caught.value.cause == f"F-abc is not unique: {FIRST}, {SECOND}"


def test_many_candidates_are_cut(index: Index) -> None:
    index.write(kit.audit(*(kit.finding(str(n), id=FindingId(f"F-a{letter}")) for n, letter in enumerate("abcdefgh"))))
    with pytest.raises(UsageError) as caught:
        index.finding_by_prefix("a")
    assert caught.value.cause == "F-a is not unique: F-aa, F-ab, F-ac, F-ad, F-ae, …"


@pytest.mark.parametrize("prefix", ["zzz", "F-abcdx", FIRST + "a"])
def test_an_unknown_beginning_says_so(two: Index, prefix: str) -> None:
    with pytest.raises(UsageError, match="no finding begins with F-"):
        two.finding_by_prefix(prefix)


@pytest.mark.parametrize("prefix", ["", "F-", "S-abcd", "a%", "a_b", "a' OR 1=1 --", "é", "a" * 65])
def test_what_is_no_id_is_refused_and_not_repeated(two: Index, prefix: str) -> None:
    with pytest.raises(UsageError) as caught:
        two.finding_by_prefix(prefix)
    assert caught.value.cause == "that is not an id that begins with F-"


@pytest.mark.parametrize("flip", range(0, 12_288, 512))
def test_a_damaged_index_is_reported_or_read_but_never_a_crash(index: Index, flip: int) -> None:
    index.write(kit.audit(*(kit.finding(str(n), kit.place()) for n in range(20))))
    data = bytearray(index.path.read_bytes())
    data[flip % len(data) : flip % len(data) + 40] = b"\xff" * 40
    index.path.write_bytes(data)
    damaged = index.path.read_bytes()
    for ask in (index.summary, index.findings, index.all_places, index.digest):
        with contextlib.suppress(CaseDamaged, OutOfOrder):  # anything else is a crash
            ask()
    assert index.path.read_bytes() == damaged


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_another_file_in_its_place_is_reported(index: Index, content: bytes) -> None:
    index.path.write_bytes(content)
    with pytest.raises((CaseDamaged, OutOfOrder)) as caught:
        index.findings()
    assert "opensafe audit" in caught.value.remedy
    assert index.path.read_bytes() == content


def test_the_digest_follows_ids_and_source_and_nothing_else(index: Index) -> None:
    one, two = kit.finding("one", kit.place()), kit.finding("two")
    seen: list[str] = []
    base = kit.audit(one, two, skips=(kit.skip(),))
    same = replace(base, findings=(two, replace(one, places=(), title="other")), seconds=9.0)
    others = (
        kit.audit(one, skips=(kit.skip(),)),
        kit.audit(one, two),
        replace(base, source=replace(base.source, digest="0" * 64)),
    )
    for record in (base, same, *others):
        index.write(record)
        seen.append(index.digest())
    assert seen[0] == seen[1]
    assert len(set(seen)) == 4


def test_files_that_give_credit_are_kept_in_a_list_of_the_index(index: Index) -> None:
    """To look at the path of every place takes longer than everything else that a suggestion needs."""
    credit = kit.finding("x", replace(kit.place(), path="docs/AUTHORS.md"))
    code = kit.finding("y", replace(kit.place(), path="R/authors_of.R"))
    index.write(kit.audit(replace(credit, category=Category.NAME), replace(code, category=Category.NAME)))

    assert standing_for_credit(index, [credit.id, code.id]) == {credit.id}
    with index.query() as database:
        plan = database.execute(f"EXPLAIN QUERY PLAN SELECT number FROM spot WHERE {IS_CREDIT_FILE}").fetchall()  # noqa: S608 - a constant of ours
    assert "spot_for_credit" in str(plan)
