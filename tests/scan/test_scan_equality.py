"""The result depends on the source alone: not on the number of workers, not on the novelty filter, not on memory."""

import base64
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.containers import gzipped, zipped
from opensafe.history.passages import AFTER, LONGEST, SHORTEST
from opensafe.history.reading import History
from opensafe.model.context import Context
from opensafe.model.finding import Category
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.progress import NoProgress
from opensafe.scan import crew, kept
from opensafe.scan.content import ContentScanner
from opensafe.scan.contents import blob_jobs, scan_all
from opensafe.scan.matching import Lines
from opensafe.scan.settings import ScanSettings
from opensafe.scan.worker import MakeBlobWorker
from opensafe.stories.builder import DELETED, Content
from opensafe.stories.builder import History as Telling
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA
from tests.history.history_kit import read
from tests.scan.scan_kit import KEY, Audited, Auditor, dying_worker, source_of

_FAKES = Fakes("equality")
_TOKEN, _PASSWORD, _PATIENT = _FAKES.github_token(), _FAKES.password(), _FAKES.patient()
_NOISE = b"\xff\xfe\0binary\n"
_PARAGRAPHS = (
    b"beds <- read.csv('beds.csv')\n" * 40 + b"\n",
    b"-- Author: Dora Example\nSELECT ward FROM beds\n\n",
    b'token <- "%s"\n' % _TOKEN,
    b'connect(password = "%s")\n\n' % _PASSWORD,
    b"ran with %s at noon\n" % _PASSWORD,
    f"patient {_PATIENT.nhs_number}, born {_PATIENT.born}\n".encode(),
    b"nhs_number,dob\n" + b"".join(b"%s,1950-01-02\n" % _FAKES.nhs_number().encode() for _ in range(12)),
    b"x" * 9000 + b"\n",
    b"ab " * 4000 + b"\n",
    _NOISE,
)
_FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "gzip": gzipped,
    "zip": lambda text: zipped({"in/a.txt": text, "b.txt": b"beds\n"}),
    "zip of gzip": lambda text: zipped({"a.txt.gz": gzipped(text)}),
    "UTF-16": lambda text: text.decode("latin-1").encode("utf-16"),
    "one line": lambda text: text.replace(b"\r\n", b"\n").replace(b"\n", b" ; "),
    "Windows": lambda text: text.replace(b"\n", b"\r\n"),
    "base64": lambda text: b"log: " + base64.b64encode(b"log of beds: " + text) + b"\n",
    "hex": lambda text: b"log: " + (b"Log of beds: " + text).hex().encode() + b"\n",
    "in binary": lambda text: b"\1\2\0\xfe" * 50 + text,
}
_PLAIN: dict[bytes, bytes] = {}
"""What stands in a file that was made of text, by its content."""


def _formed(form: str, text: bytes) -> bytes:
    """The text in a form; noise is left out of encodings, for no text with it is text."""
    plain = text if form in {"as it is", "gzip", "zip", "zip of gzip", "in binary"} else text.replace(_NOISE, b"")
    data = _FORMS[form](plain)
    _PLAIN[data] = plain
    return data


_FILES = st.builds(
    _formed,
    st.just("as it is") | st.sampled_from(sorted(_FORMS)),
    st.lists(st.sampled_from(_PARAGRAPHS), max_size=5).map(b"".join),
)
_VERSIONS = st.lists(
    st.dictionaries(
        st.sampled_from([b"a.R", b"sql/a.sql", b"copy/sql/a.sql", b"data.csv", b"notes.md"]),
        _FILES | st.just(DELETED),
        max_size=3,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=20)
@given(versions=_VERSIONS)
def test_novelty_and_order_change_nothing(
    auditor: Auditor, versions: list[dict[bytes, Content]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("equal")
    source_of(folder / "r", versions)
    history = read(folder / "r", folder)
    context = Context((), str(auditor.cache))
    filtered = auditor.audit(history, context=context)
    for novelty, count in ((False, 1), (True, 2), (False, 2)):
        again = auditor.audit(history, context=context, novelty=novelty, workers=count)
        assert again.outcome.findings == filtered.outcome.findings
        assert again.outcome.coverage == filtered.outcome.coverage
    history.graph.blobs.reverse()
    assert auditor.audit(history, context=context).outcome.findings == filtered.outcome.findings


@settings(max_examples=20)
@given(versions=_VERSIONS)
def test_every_known_value_is_found_in_every_file(
    auditor: Auditor, versions: list[dict[bytes, Content]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The token by its shape, wherever it stands; the password too, once one file tells what it is."""
    folder = tmp_path_factory.mktemp("found")
    source_of(folder / "r", versions)
    audited = auditor.audit(read(folder / "r", folder), context=Context((), str(auditor.cache)))
    everything = [_PLAIN[data] for files in versions for data in files.values() if isinstance(data, bytes)]
    told = any(_PARAGRAPHS[3] in data for data in everything)
    for value, is_known in ((_TOKEN, True), (_PASSWORD, told)):
        holding = {path for files in versions for path, data in files.items() if _holds(data, value)}
        finding = audited.of(Category.SECRET, value)
        places = finding.places if finding else ()
        found = {place.path.encode() for place in places if place.path and place.kind is PlaceKind.BLOB}
        assert found == (holding if is_known else set())


def _holds(data: Content, value: bytes) -> bool:
    return isinstance(data, bytes) and value in _PLAIN[data]


@pytest.mark.parametrize("form", ["base64", "hex", "one line", "UTF-16"])
def test_a_value_is_found_wherever_a_long_line_is_cut(auditor: Auditor, form: str) -> None:
    """A stretch that begins in one piece and ends in the next is decoded whole."""
    scanner = ContentScanner(ScanSettings(Context((), str(auditor.cache)), KEY))
    for before in (*range(LONGEST - 120, LONGEST + 10, 7), *range(LONGEST + SHORTEST - 70, LONGEST + SHORTEST, 11)):
        text = b"#" * before + b" " + _FORMS[form](b"upload %s now" % _TOKEN) + b" " + b"-," * 9000
        found = scanner.scan(Oid("01"), text, b"a.txt", PlaceKind.BLOB).matches
        assert KEY.finding(Category.SECRET, _TOKEN) in {match.verdict.finding for match in found}, before


@pytest.mark.parametrize("before", range(9000, 9012))
def test_a_value_deep_in_a_stretch_that_is_cut_is_found(auditor: Auditor, before: int) -> None:
    """Only the first piece shows that something is encoded, and where it ends is no end of four letters."""
    scanner = ContentScanner(ScanSettings(Context((), str(auditor.cache)), KEY))
    encoded = base64.b64encode(b"beds in wards, " * 600 + b"token %s" % _TOKEN + b" wards" * 10)
    text = b"," * (before % LONGEST) + encoded + b" tail " + b"-," * 9000
    found = scanner.scan(Oid("01"), text, b"a.txt", PlaceKind.BLOB).matches
    assert KEY.finding(Category.SECRET, _TOKEN) in {match.verdict.finding for match in found}


@pytest.fixture(scope="module", name="large")
def _large(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Enough to be shared out: more than 8 MiB of files, a token in each."""
    folder = tmp_path_factory.mktemp("large")
    lines = crew._ALONE_BYTES // 16 // 8
    files: dict[bytes, Content] = {
        b"logs/%d.txt" % n: (b"%07d\n" % n) * lines + b'token <- "%s"\n' % _FAKES.github_token() for n in range(18)
    }
    source_of(folder / "r", [files, {b"last.R": b'token <- "%s"\n' % _TOKEN}])
    history = read(folder / "r", folder)
    assert sum(history.graph.sizes[oid] for oid in history.graph.blobs) > crew._ALONE_BYTES
    return history


def test_worker_processes_give_what_one_process_gives(
    auditor: Auditor, large: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_SHARD_BYTES", 1 << 20)  # more shards than may be under way at once
    context = Context((), str(auditor.cache))
    alone, shared = (_contents(large, ScanSettings(context, KEY, workers=n)) for n in (1, 2))
    assert shared == alone
    assert [scan.oid for scan in shared] == [job.oid for job in blob_jobs(large, KEY)]
    assert len({match.verdict.finding for scan in shared for match in scan.matches}) == 19


def _contents(history: History, settings: ScanSettings) -> list[ObjectScan]:
    jobs = blob_jobs(history, KEY)
    with crew.crew_for(history.view, jobs, settings.processes, MakeBlobWorker(settings)) as working:
        return scan_all(working, jobs, {}, _Kept(), NoProgress())


def test_a_worker_that_is_killed_is_said_so(large: History) -> None:
    jobs = blob_jobs(large, KEY)
    with crew.crew_for(large.view, jobs, 2, dying_worker) as working:
        working.begin("scan", crew.shards_of(jobs))
        with pytest.raises(crew.WorkerLost, match="worker process was ended from outside") as lost:
            list(working.results())
    assert "goes on where it stopped" in lost.value.remedy


class _Kept:
    """Outcomes of the run before, by their rules."""

    def __init__(self) -> None:
        self.rules = ""
        self.scans: dict[Oid, ObjectScan] = {}
        self.values: Collection[str] = ()
        self.asked = 0

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        if rules != self.rules:
            self.rules, self.scans = rules, {}
        return dict(self.scans)

    def searched(self) -> Collection[str]:
        return self.values

    def remember_search(self, values: Collection[str], scans: Sequence[ObjectScan]) -> None:
        self.values = tuple(values)
        self.scans |= {scan.oid: scan for scan in scans}

    def remember(self, scans: Sequence[ObjectScan]) -> None:
        self.asked += sum(not scan.oid.startswith("#") for scan in scans)  # of the texts that are no objects none
        self.scans |= {scan.oid: scan for scan in scans}


def test_what_is_remembered_is_not_read_again_and_changes_nothing(auditor: Auditor, tmp_path: Path) -> None:
    first: dict[bytes, Content] = {b"a.R": _PARAGRAPHS[2], b"b.R": _PARAGRAPHS[3]}
    workshop = source_of(tmp_path / "r", [first, {b"c.R": _PARAGRAPHS[4]}])
    context, memory = Context((), str(auditor.cache)), _Kept()
    history = read(tmp_path / "r", tmp_path / "one")
    fresh = auditor.audit(history, context=context)
    assert auditor.audit(history, context=context, memory=memory).outcome.findings == fresh.findings
    assert memory.asked == 3
    assert auditor.audit(history, context=context, memory=memory).outcome.findings == fresh.findings
    assert memory.asked == 3
    workshop.stage("d.R", b"new\n")
    later = read(tmp_path / "r", tmp_path / "two")
    assert auditor.audit(later, context=context, memory=memory).outcome.findings == fresh.findings
    assert memory.asked == 4, "the new blob alone is read"
    auditor.audit(later, memory=memory)
    assert memory.asked == 8, "under other rules everything is read again"


def test_what_is_remembered_was_judged_under_the_names_that_it_has(auditor: Auditor, tmp_path: Path) -> None:
    """The same lines are a data file under one name only."""
    text = b"ward,beds\n" + b"".join(b"%d,%d\n" % (ward, ward * 7 % 50) for ward in range(40))
    context, memory = Context((), str(auditor.cache)), _Kept()
    told = []
    versions: list[dict[bytes, Content]] = [{b"wards.R": text}, {b"data/wards.csv": text}]
    for length in (1, 2):
        source_of(tmp_path / f"r{length}", versions[:length])
        history = read(tmp_path / f"r{length}", tmp_path / f"v{length}")
        remembering = auditor.audit(history, context=context, memory=memory)
        assert remembering.findings == auditor.audit(history, context=context).findings
        told.append({finding.id for finding in remembering.findings})
    assert told[0] < told[1], "the name counts"


_QUOTES = st.lists(st.sampled_from([_PASSWORD, _TOKEN, b"nothing"]), min_size=4, max_size=4)


@settings(max_examples=10)
@given(versions=_VERSIONS, quotes=_QUOTES)
def test_what_is_remembered_of_a_shorter_history_changes_nothing(
    auditor: Auditor,
    versions: list[dict[bytes, Content]],
    quotes: list[bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Messages are remembered too, and searched again for a value that a later file tells."""
    folder = tmp_path_factory.mktemp("grown")
    context, memory = Context((), str(auditor.cache)), _Kept()
    for length in range(1, len(versions) + 1):
        telling = Telling(ANNA)
        for files, quote in zip(versions[:length], quotes, strict=False):
            telling.commit(b"Ran with %s\n" % quote, files)
        Workshop.with_history(folder / f"r{length}", telling)
        history = read(folder / f"r{length}", folder / f"v{length}")
        remembering = auditor.audit(history, context=context, memory=memory).outcome
        fresh = auditor.audit(history, context=context).outcome
        assert (remembering.findings, remembering.coverage) == (fresh.findings, fresh.coverage)


def test_beyond_the_bound_of_memory_everything_is_found_all_the_same(
    auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[dict[bytes, Content]] = [{b"%d.txt" % n: text} for n, text in enumerate(_PARAGRAPHS)]
    source_of(tmp_path / "r", files)
    history, context = read(tmp_path / "r", tmp_path), Context((), str(auditor.cache))
    whole = auditor.audit(history, context=context).outcome
    monkeypatch.setattr(kept, "_TOGETHER", 1)
    monkeypatch.setattr(kept, "ROOM", 100)
    bounded = auditor.audit(history, context=context).outcome
    assert (bounded.findings, bounded.coverage) == (whole.findings, whole.coverage)
    assert any("known-value" in finding.witnesses for finding in whole.findings)


def test_a_person_is_found_again_where_something_else_in_the_file_is_cut(auditor: Auditor, tmp_path: Path) -> None:
    """The same lines are judged in another way there: the outcome of the one way is not that of the other."""
    line = b'connect(password = "%s")  # %s\n' % (_PASSWORD, ANNA.name)
    files: list[dict[bytes, Content]] = [
        {b"%d/sql/a.R" % n: line + b"\n" + b"x" * size + b"\n"} for n, size in enumerate((3000, 9000, 3001, 9001))
    ]
    source_of(tmp_path / "r", files)
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    people = [finding for finding in audited.findings if "names.repository-people" in finding.witnesses]
    places = [place for finding in people for place in finding.places if place.kind is PlaceKind.BLOB]
    assert [place.path for place in places] == [f"{n}/sql/a.R" for n in range(4)]


class _Searches(NoProgress):
    """How many contents the second pass read, in each audit."""

    def __init__(self) -> None:
        self.totals: list[int | None] = []

    def stage(self, title: str, total: int | None = None) -> None:
        if title.startswith("Searching"):
            self.totals.append(total)


def test_what_was_searched_is_searched_again_for_a_new_value_only(auditor: Auditor, tmp_path: Path) -> None:
    """A password that a new file tells is found in an old one that nobody reads for any other reason."""
    told = b"ran with %s and 0x%s\n" % (_FAKES.github_token(), _PASSWORD.hex().encode())
    first: dict[bytes, Content] = {b"b.R": _PARAGRAPHS[3], b"old.txt": told}
    second: dict[bytes, Content] = {b"log.txt": b"job of %s ended\n" % (late := _FAKES.password())}
    workshop = source_of(tmp_path / "r", [first, second])
    context, memory, searches = Context((), str(auditor.cache)), _Kept(), _Searches()

    def audit(name: str) -> Audited:
        history = read(tmp_path / "r", tmp_path / name)
        return auditor.audit(history, context=context, memory=memory, progress=searches)

    audit("one")
    workshop.stage("new.R", b"beds <- 25\n")
    audit("two")
    read_for_nothing_new = searches.totals[1]
    workshop.stage("newer.R", b'connect(password = "%s")\n' % late)
    found = audit("three").of(Category.SECRET, late)
    assert read_for_nothing_new is not None
    assert read_for_nothing_new < 3
    assert (searches.totals[2] or 0) > len(read(tmp_path / "r", tmp_path / "four").graph.blobs), "messages too"
    assert found is not None
    assert {place.path for place in found.places} == {"newer.R", "log.txt"}


def test_a_value_at_the_edge_of_a_window_is_one_value(auditor: Auditor) -> None:
    """Wherever the window of the passage before ends: a part of a value is no value."""
    scanner = ContentScanner(ScanSettings(Context((), str(auditor.cache)), KEY))
    value = b"DB_PASS" + b"WORD=%s\n" % _PASSWORD
    paragraph = b"BEDS_AT_NIGHT=25\n" * 70 + b"\n"
    for before in range(AFTER - len(value) - 12, AFTER + 12):
        line = b"#" * (before - 1) + b"\n"
        text = paragraph + line + value + paragraph
        found = scanner.scan(Oid("01"), text, b".Renviron", PlaceKind.BLOB).matches
        places = {(match.start, match.end) for match in found if match.verdict.category is Category.SECRET}
        at = text.index(_PASSWORD)
        assert places == {(at, at + len(_PASSWORD))}
        assert {match.verdict.finding for match in found} == {KEY.finding(Category.SECRET, _PASSWORD)}


@given(st.binary(max_size=60), st.data())
def test_lines_and_columns(text: bytes, data: st.DataObject) -> None:
    lines = Lines(text)
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=5)):
        before = text[:offset]
        assert lines.position(offset) == (before.count(b"\n") + 1, offset - (before.rfind(b"\n") + 1) + 1)
