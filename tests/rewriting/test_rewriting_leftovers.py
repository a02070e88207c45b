"""What leads elsewhere in a new history is counted and named."""

from pathlib import Path

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


def test_short_ids_count_and_other_hexadecimal_text_does_not(tmp_path: Path) -> None:
    found, old = rewritten(tmp_path, {b"n.md": b"%.9s and 1234567, sha256:abcdef0123456789\n"})
    assert (found.references, found.messages) == ({b"n.md": 1}, 0)
    assert len(old) == 40


def test_where_no_id_changes_nothing_is_left_over(tmp_path: Path) -> None:
    found, _ = rewritten(tmp_path, {b"n.md": b"%s\n"}, value=b"clean\n")
    assert (found.references, found.messages) == ({}, 0)
