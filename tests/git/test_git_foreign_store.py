"""What git would follow or wait for in a store is found before git is started."""

import os
from pathlib import Path

import pytest

from fixtures.kit.damage import cut
from fixtures.kit.rawpack import write_pack
from fixtures.kit.rawstore import RawRepository
from opensafe.errors import SourceUnreadable
from opensafe.git.foreign_store import borrowed_places
from opensafe.git.owned import OwnedRepository
from opensafe.git.packs import damaged_packs

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A sound store of one loose object and one pack."""
    repository = RawRepository.create(tmp_path / "r", bare=True)
    repository.blob(b"loose\n")
    write_pack(repository, [("blob", b"one\n"), ("blob", b"two\n")])
    return repository.git_dir / "objects"


def _lend(store: Path, text: bytes) -> None:
    (store / "info" / "alternates").write_bytes(text)


def test_a_sound_store_borrows_nothing_and_its_packs_fit(store: Path) -> None:
    assert borrowed_places(store) == ()
    assert list(damaged_packs(store, "sha1")) == []


def test_every_form_of_a_line_is_read_as_git_reads_it(store: Path, tmp_path: Path) -> None:
    absolute = (tmp_path / "plain").as_posix().encode()
    _lend(store, b'# no\n\n../../a/objects\n%s\n"../../t\\163b\\"c"\n"../../half\n../../form\x0cfeed\n' % absolute)
    expected = ["a/objects", "plain", 'tsb"c', "form\x0cfeed"]
    odd = Path(os.path.realpath(store / '"../../half'))
    assert set(borrowed_places(store)) == {*(tmp_path / name for name in expected), odd}


def test_what_borrowed_stores_borrow_is_listed_and_circles_end(store: Path, tmp_path: Path) -> None:
    near, far = (RawRepository.create(tmp_path / name, bare=True).git_dir / "objects" for name in ("near", "far"))
    _lend(store, b"../../near/objects\n.\n")
    _lend(near, b"../../far/objects\n")
    _lend(far, b"../../r/objects\n../../near/objects\n")
    assert borrowed_places(store) == (near, far)


@posix
@pytest.mark.parametrize("name", ["pack", "12", "info", "pack/x.idx"])
def test_a_symbolic_link_borrows(store: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "target"
    target.mkdir()
    if (store / name).exists():
        (store / name).rename(tmp_path / "away")
    (store / name).symlink_to(target)
    assert borrowed_places(store) == (target,)


@posix
@pytest.mark.parametrize("name", ["12/" + "3" * 38, "pack/pack-x.idx", "info/alternates", "ab", "pack/p.pack"])
def test_what_git_would_wait_for_is_refused(store: Path, name: str) -> None:
    (store / name).parent.mkdir(exist_ok=True)
    os.mkfifo(store / name)
    with pytest.raises(SourceUnreadable, match="neither a file nor a folder"):
        borrowed_places(store)


@posix
def test_a_link_to_what_git_would_wait_for_is_refused_too(store: Path) -> None:
    (store / "info" / "alternates").symlink_to("/dev/null")
    with pytest.raises(SourceUnreadable, match="neither a file nor a folder"):
        borrowed_places(store)


@posix
def test_a_list_behind_a_link_is_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"/somewhere\n")
    (store / "info" / "alternates").symlink_to(tmp_path / "list")
    with pytest.raises(SourceUnreadable, match="no plain file"):
        borrowed_places(store)


@pytest.mark.parametrize("text", [b"#\n" * 600_000 + b"/x\n", b"/x\0/y\n"])
def test_a_list_that_cannot_be_one_is_refused(store: Path, text: bytes) -> None:
    _lend(store, text)
    with pytest.raises(SourceUnreadable, match="cannot be a list"):
        borrowed_places(store)


def test_too_many_borrowed_stores_are_refused(store: Path) -> None:
    _lend(store, b"".join(b"../../%d\n" % number for number in range(1_001)))
    with pytest.raises(SourceUnreadable, match="more folders than can be shown"):
        borrowed_places(store)


DAMAGES = ["no index", "empty index", "cut index", "index of another", "cut pack", "other signature", "wrong count"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_pack_that_its_index_does_not_fit_is_named(store: Path, tmp_path: Path, damage: str) -> None:
    (pack,) = (store / "pack").glob("*.pack")
    index, whole = pack.with_suffix(".idx"), pack.read_bytes()
    match damage:
        case "no index":
            index.unlink()
        case "empty index":
            index.write_bytes(b"")
        case "cut index":
            cut(index, -21)
        case "index of another":
            other = RawRepository.create(tmp_path / "other", bare=True)
            index.write_bytes((other.git_dir / f"{write_pack(other, [('blob', b'x')] * 2)}.idx").read_bytes())
        case "cut pack":
            cut(pack, -1)
        case "other signature":
            pack.write_bytes(b"KCAP" + whole[4:])
        case "wrong count":
            pack.write_bytes(whole[:11] + b"\7" + whole[12:])
    assert list(damaged_packs(store, "sha1")) == [pack]


def test_packs_of_real_repositories_fit(tmp_path: Path) -> None:
    for form in ("sha1", "sha256"):
        repository = OwnedRepository.create(tmp_path / form, object_format=form)
        repository.write_blobs([b"%d\n" % number for number in range(200)])
        oids = repository.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        for version in ("1", "2") if form == "sha1" else ("2",):
            name = tmp_path / f"{form}-{version}"
            repository.run("pack-objects", f"--index-version={version}", str(name), stdin=oids)
            folder = tmp_path / f"store-{form}-{version}" / "pack"
            folder.mkdir(parents=True)
            for file in tmp_path.glob(f"{form}-{version}-*"):
                file.rename(folder / file.name)
            assert len(list(folder.glob("*.pack"))) == 1
            assert list(damaged_packs(folder.parent, form)) == []
