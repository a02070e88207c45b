"""A content is judged under every kind of name that it has; contents of LFS take part in the second pass."""

import hashlib
from pathlib import Path

import pytest

from opensafe.history.filenames import kind_of_name
from opensafe.model.finding import Category
from opensafe.model.skip import SkipReason
from opensafe.scan import worker
from opensafe.stories.builder import Content
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.scan.scan_kit import Auditor, source_of

_FAKES = Fakes("names and lfs")
_PASSWORD, _OTHER = _FAKES.password(), _FAKES.password()
_TABLE = b"ward;beds\n" + b"".join(b"Ash%d;%d\n" % (n, n) for n in range(9))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (b"a/b/Data.CSV", b".csv"),
        (b"Dockerfile", b"dockerfile"),
        (b"x/.Renviron", b".renviron"),
        (b"a.tar.gz", b".gz"),
        (b"a.d/readme", b"readme"),
        (b"", b""),
    ],
)
def test_kinds_of_names(path: bytes, kind: bytes) -> None:
    assert kind_of_name(path) == kind


@pytest.mark.parametrize(
    ("names", "is_data"),
    [((b"a.md", b"b.csv"), True), ((b"b.csv",), True), ((b"a.csv", b"b.md"), True), ((b"a.md", b"b.py"), False)],
)
def test_a_table_is_data_where_one_of_its_names_says_so(
    auditor: Auditor, names: tuple[bytes, ...], *, is_data: bool, tmp_path: Path
) -> None:
    source_of(tmp_path / "r", [dict.fromkeys(names, _TABLE)])
    found = {finding.detector for finding in auditor.audit_source(tmp_path / "r", tmp_path).findings}
    assert ("data.data-file" in found) == is_data


def test_more_names_than_are_tried_are_named(auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_MOST_NAMES", 2)
    source_of(tmp_path / "r", [{b"a.%d" % n: b"beds <- 1\n" for n in range(4)}])
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    assert audited.skips() == {(SkipReason.TIME_BUDGET, "a.0")}


def _stored(workshop: Workshop, content: bytes) -> bytes:
    """The content in the local store; its pointer."""
    digest = hashlib.sha256(content).hexdigest()
    file = workshop.git_dir / "lfs" / "objects" / digest[:2] / digest[2:4] / digest
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n".encode()


def test_values_travel_between_the_history_and_contents_of_lfs(auditor: Auditor, tmp_path: Path) -> None:
    """What one file tells is found where it stands without a word: in LFS, and in the history what LFS tells."""
    told: dict[bytes, Content] = {b"a.R": b'connect(password = "%s")\n' % _PASSWORD, b"log": b"ran %s\n" % _OTHER}
    workshop = source_of(tmp_path / "r", [told])
    pointer = _stored(workshop, b'ran with %s\nconnect(password = "%s")\n' % (_PASSWORD, _OTHER))
    workshop.stage("big.log", pointer)
    audited = auditor.audit_source(tmp_path / "r", tmp_path)
    for value, expected in (
        (_PASSWORD, {("a.R", ()), ("big.log", ("lfs",))}),
        (_OTHER, {("log", ()), ("big.log", ("lfs",))}),
    ):
        finding = audited.of(Category.SECRET, value)
        assert finding is not None
        assert {(place.path, place.via) for place in finding.places} == expected
