"""What leads elsewhere in a new history is counted and named."""

from pathlib import Path

import pytest

from opensafe.model.identifiers import Oid
from opensafe.rewriting.leftovers import Leftovers, leftovers
from opensafe.stories.builder import MAIN, Content, History, gitlink, symlink
from tests.rewriting.rewriting_kit import ALICE, PLACEHOLDER, SECRET, look, make, redact, tell

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 9\n"


def rewritten(folder: Path, files: dict[bytes, Content], *, value: bytes = SECRET) -> tuple[Leftovers, Oid]:
    """A commit with the value, one whose files name it (`%s`, `%.9s`), and what is left over after the rewrite."""
    told = History(ALICE)
    first = told.commit(b"One\n", {b"a.txt": value})
    old = tell(folder / "once", told)[1][first]
    named = {path: data % old.encode() if b"%" in data else data for path, data in _plain(files).items()}
    told.commit(b"Two, see %s\n" % old[:10].encode(), {**files, **named})
    repository, ids = tell(folder / "twice", told)
    seen = look(folder / "twice", repository, ids)
    built = make(seen, redact(seen, seen.spec, SECRET, PLACEHOLDER))
    dropped = [b"refs/pull/1/head", b"refs/pull/2/head", b"refs/replace/x", b"refs/stash"]
    return leftovers(built.repository, MAIN, built.claim.commits, dropped), old


def _plain(files: dict[bytes, Content]) -> dict[bytes, bytes]:
    return {path: data for path, data in files.items() if isinstance(data, bytes)}


def test_everything_that_leads_elsewhere_is_told(tmp_path: Path) -> None:
    files: dict[bytes, Content] = {
        b"CHANGELOG.md": b"- Fixed in %s\n- not in deadbeef1\n",
        b"vendor": gitlink("1" * 40),
        b"big.csv": POINTER,
        b"link": symlink(b"a.txt"),
        b"Readme.md": b"x\n",
        b"README.md": b"y\n",
    }
    found, _ = rewritten(tmp_path, files)
    assert found.lines == (
        "1 reference to old commits in files will not resolve: CHANGELOG.md",
        "1 submodule not read: vendor",
        "1 file with content in LFS, not copied: big.csv",
        "names that differ in case or Unicode form only: README.md, Readme.md",
        "1 ref of other kinds not published",
        "2 refs of refs/pull not published",
        "1 ref of refs/replace not published",
    )


@pytest.mark.parametrize(
    ("files", "alike"),
    [
        ([b"Data/a.csv", b"data/b.csv"], (b"Data/", b"data/")),
        ([b"Data/a.csv", b"data/a.csv"], (b"Data/", b"Data/a.csv", b"data/", b"data/a.csv")),
        ([b"Data/x/a.csv", b"data/x/b.csv", b"data/X/c.csv"], (b"Data/", b"data/")),
        ([b"s/Caf\xc3\xa9/a", b"s/Cafe\xcc\x81/b"], (b"s/Cafe\xcc\x81/", b"s/Caf\xc3\xa9/")),
        ([b"Data/a.csv", b"data-old/b.csv", b"other/Data/c.csv"], ()),
    ],
)
def test_folders_that_differ_in_case_alone_are_named(
    tmp_path: Path, files: list[bytes], alike: tuple[bytes, ...]
) -> None:
    found, _ = rewritten(tmp_path, dict.fromkeys(files, b"x\n"))
    assert found.alike == alike


def test_older_versions_of_lists_of_ids_are_counted(tmp_path: Path) -> None:
    told = History(ALICE)
    first = told.commit(b"One\n", {b"a.txt": SECRET})
    old = tell(tmp_path / "once", told)[1][first].encode()
    versions = [b"%s # format\n" % old, b"%s # format, again\n" % old, b"# none yet\n", b"%s\n" % old]
    for version in versions:
        told.commit(b"List\n", {b".git-blame-ignore-revs": version})
    repository, ids = tell(tmp_path / "twice", told)
    seen = look(tmp_path / "twice", repository, ids)
    built = make(seen, redact(seen, seen.spec, SECRET, PLACEHOLDER))
    lists = [oid for oid in seen.graph.blobs if seen.data(oid) in versions]
    found = leftovers(built.repository, MAIN, built.claim.commits, (), lists)
    assert (found.references, found.older) == ({b".git-blame-ignore-revs": 1}, 2)
    assert "2 older versions of lists of commit ids with the old ids" in found.lines


def test_short_ids_count_and_other_hexadecimal_text_does_not(tmp_path: Path) -> None:
    found, old = rewritten(tmp_path, {b"n.md": b"%.9s and 1234567, sha256:abcdef0123456789\n"})
    assert (found.references, found.messages) == ({b"n.md": 1}, 0)
    assert len(old) == 40


def test_where_no_id_changes_nothing_is_left_over(tmp_path: Path) -> None:
    found, _ = rewritten(tmp_path, {b"n.md": b"%s\n"}, value=b"clean\n")
    assert (found.references, found.messages) == ({}, 0)
