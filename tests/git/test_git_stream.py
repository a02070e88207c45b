"""Every object that is asked for arrives, or is named as not read; damage stops nothing behind it."""

import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.damage import flip, loose, remove
from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from fixtures.repos.long_history import long_history
from opensafe.git.graph import load_graph
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import ObjectHeader, ObjectReader, list_headers, list_ids, read_objects
from opensafe.git.view import ObjectView, open_view, view_of
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

ABSENT = Oid("0b5e" * 10)
_PACK_HEADER = 12  # bytes


def _read_each(view: ObjectView, oids: Sequence[Oid]) -> list[RawObject | Unread]:
    with ObjectReader(view) as reader:
        return [reader.read(oid) for oid in oids]


def _read_all(view: ObjectView, oids: Sequence[Oid]) -> list[RawObject | Unread]:
    return list(read_objects(view, oids))


READERS = pytest.mark.parametrize("read", [_read_all, _read_each])
Read = Callable[[ObjectView, Sequence[Oid]], list[RawObject | Unread]]


@pytest.fixture(name="many")
def _many(tmp_path: Path) -> tuple[OwnedRepository, dict[Oid, bytes]]:
    """A repository of 240 loose blobs, with their contents: an import of fewer than 100 objects makes no pack."""
    repository = OwnedRepository.create(tmp_path / "r")
    contents = [b"%d\n" % number * (1 + number % 50) for number in range(240)]
    ids = [oid for at in range(0, 240, 80) for oid in repository.write_blobs(contents[at : at + 80])]
    return repository, dict(zip(ids, contents, strict=True))


def _expected(oid: Oid, known: dict[Oid, bytes]) -> RawObject | Unread:
    return RawObject(oid, "blob", known[oid]) if oid in known else Unread(SkipReason.MISSING, oid)


def _as_damaged(found: RawObject | Unread, corrupt: set[Oid]) -> RawObject | Unread:
    """Git says "missing" of a damaged object, too, when it cannot read its size: only a listing tells them apart."""
    return Unread(SkipReason.MISSING, found.oid) if isinstance(found, Unread) and found.oid in corrupt else found


@READERS
def test_replies_come_in_the_order_of_the_requests(many: tuple[OwnedRepository, dict[Oid, bytes]], read: Read) -> None:
    repository, known = many
    asked = [*reversed(known), ABSENT, *list(known)[:3], ABSENT]
    assert read(view_of(repository), asked) == [_expected(oid, known) for oid in asked]


@settings(max_examples=12)
@given(data=st.data())
def test_any_mixture_of_sound_damaged_and_absent_objects(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository = OwnedRepository.create(tmp_path_factory.mktemp("mixed") / "r")
    contents = [b"content %d\n" % number for number in range(8)]
    known = {repository.write_object("blob", content): content for content in contents}
    corrupt = data.draw(st.sets(st.sampled_from(list(known)), max_size=4))
    absent = data.draw(st.sets(st.sampled_from(list(known)), max_size=2)) - corrupt
    asked = data.draw(st.lists(st.sampled_from([*known, ABSENT]), max_size=20))
    for oid in corrupt:
        flip(repository.git_dir, oid)
    for oid in absent:
        remove(repository.git_dir, oid)
    sound = {oid: content for oid, content in known.items() if oid not in corrupt | absent}
    expected = [_expected(oid, sound) for oid in asked]
    view = view_of(repository)
    for read in (_read_all, _read_each):
        assert [_as_damaged(item, corrupt) for item in read(view, asked)] == expected
    graph = load_graph(view)
    found = [*read_objects(view, graph.blobs), *graph.unread]
    assert {item.oid for item in found if isinstance(item, Unread)} == corrupt
    assert {item.reason for item in found if isinstance(item, Unread)} <= {SkipReason.CORRUPT}
    assert {item.oid for item in found if isinstance(item, RawObject)} == set(sound)


@READERS
@pytest.mark.parametrize("damage", ["emptied", "cut off", "overwritten", "unreadable header"])
def test_a_loose_object_that_is_damaged_in_any_way_is_named(
    many: tuple[OwnedRepository, dict[Oid, bytes]], read: Read, damage: str
) -> None:
    repository, known = many
    target = list(known)[200]
    path = loose(repository.git_dir, target)
    path.chmod(path.stat().st_mode | stat.S_IWUSR)
    whole = path.read_bytes()
    broken = {"emptied": b"", "cut off": whole[:-6], "overwritten": whole[:2] + bytes(len(whole) - 2)}
    path.write_bytes(broken.get(damage, bytes(2) + whole[2:]))
    view = view_of(repository)
    found = dict(zip(known, read(view, list(known)), strict=True))
    unread = found.pop(target)
    assert isinstance(unread, Unread)
    assert (unread.oid, unread.reason in {SkipReason.CORRUPT, SkipReason.MISSING}) == (target, True)
    assert found == {oid: RawObject(oid, "blob", data) for oid, data in known.items() if oid != target}
    assert target in list_ids(view), "it is listed, so that it can be named"
    graph = load_graph(view)
    assert target in graph.blobs or target in {item.oid for item in graph.unread}


@READERS
@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_flipped_bytes_inside_a_pack(read: Read, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without deltas one flipped byte damages one object; git itself, asked for each alone, is the witness."""
    workshop = long_history(tmp_path_factory.mktemp("packed") / "r", commits=12, files=3)
    workshop.repository.run("repack", "-adfq", "--window=0")
    view = view_of(workshop.repository)
    ids = list_ids(view)
    before = dict(zip(ids, _read_all(view, ids), strict=True))
    (pack,) = (workshop.git_dir / "objects" / "pack").glob("*.pack")
    spans = _spans(workshop.repository, pack)
    target = sorted(spans)[seed % len(spans)]
    start, end = spans[target]
    _flip_byte(pack, (start + end) // 2)
    assert list_ids(view) == ids
    after = dict(zip(ids, read(view, ids), strict=True))
    damaged = {oid for oid in ids if after[oid] != before[oid]}
    assert damaged == {target}
    assert after[target] == Unread(SkipReason.CORRUPT, target)
    assert git(workshop.git_dir, "cat-file", "-p", target) == b""


def _spans(repository: OwnedRepository, pack: Path) -> dict[Oid, tuple[int, int]]:
    """Where the data of each object lies in a pack: begin and end."""
    listed = repository.run("verify-pack", "-v", str(pack.with_suffix(".idx"))).decode()
    rows = re.findall(r"(?m)^([0-9a-f]{40}) \w+ +\d+ (\d+) (\d+)$", listed)
    return {Oid(oid): (int(at), int(at) + int(size)) for oid, size, at in rows}


def _flip_byte(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.chmod(path.stat().st_mode | stat.S_IWUSR)
    path.write_bytes(data)


def test_a_damaged_base_takes_its_deltas_with_it_and_nothing_else(tmp_path: Path) -> None:
    workshop = long_history(tmp_path / "r", commits=40, files=2)
    workshop.repository.run("repack", "-adfq")
    view = view_of(workshop.repository)
    ids = list_ids(view)
    before = dict(zip(ids, _read_all(view, ids), strict=True))
    (pack,) = (workshop.git_dir / "objects" / "pack").glob("*.pack")
    start, end = max(_spans(workshop.repository, pack).values(), key=lambda span: span[1] - span[0])
    _flip_byte(pack, (start + end) // 2)
    alone = {oid for oid in ids if not git(workshop.git_dir, "cat-file", "-p", oid)}
    after = dict(zip(ids, _read_all(view, ids), strict=True))
    assert {oid for oid in ids if isinstance(after[oid], Unread)} == alone
    assert len(alone) > 1
    assert all(after[oid] == before[oid] for oid in ids if oid not in alone)


def test_headers_without_contents(story: Tell, tmp_path: Path) -> None:
    view = open_view(read_layout(story("strange_history").path), tmp_path / "view")
    ids = list_ids(view)
    headers = [header for header in list_headers(view, ids) if isinstance(header, ObjectHeader)]
    objects = [item for item in read_objects(view, ids) if isinstance(item, RawObject)]
    assert [(h.oid, h.kind, h.size) for h in headers] == [(o.oid, o.kind, len(o.data)) for o in objects]
    assert [header.oid for header in headers] == ids
    assert list(list_headers(view, [ABSENT])) == [Unread(SkipReason.MISSING, ABSENT)]


@pytest.mark.parametrize("name", ["stash_and_note", "sha256_repository", "borrowed_objects", "linked_worktree"])
def test_every_object_is_listed_once_loose_or_packed_or_both(story: Tell, tmp_path: Path, name: str) -> None:
    built = story(name)
    expected = git(built.git_dir, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").decode().split()
    git(built.git_dir, "repack", "-aq", "--keep-unreachable")
    view = open_view(read_layout(built.path), tmp_path / "view")
    assert sorted(list_ids(view)) == expected


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for the processes that were started")
def test_a_reading_that_is_given_up_leaves_no_process(many: tuple[OwnedRepository, dict[Oid, bytes]]) -> None:
    repository, known = many
    others = _children()
    reading = read_objects(view_of(repository), list(known) * 50)
    assert isinstance(next(reading), RawObject)
    before = _children()
    del reading
    assert (before, _children()) == (others + 1, others)


def _children() -> int:
    return sum(len((task / "children").read_text().split()) for task in Path("/proc/self/task").iterdir())


def test_contents_larger_than_a_pipe_come_whole(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    contents = [bytes([number]) * (300_000 + number) for number in range(5)] + [b"", b"\n", b"no line end"]
    ids = repository.write_blobs(contents)
    assert _read_all(view_of(repository), ids) == [
        RawObject(oid, "blob", data) for oid, data in zip(ids, contents, strict=True)
    ]
