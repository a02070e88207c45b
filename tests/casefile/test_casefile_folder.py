"""A new case, and one that is opened again."""

import os
import shutil
import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.casefile.canonical import Json
from opensafe.casefile.folder import Case
from opensafe.errors import CaseDamaged, DiskFailed, NoCase, UsageError
from tests.casefile import casefile_kit as kit

FILES = {
    "case.toml",
    "key",
    "log.jsonl",
    "decisions.jsonl",
    "rotations.jsonl",
    "attestations.jsonl",
    "signoffs.jsonl",
    "checks.jsonl",
    "risks.jsonl",
    "categories.jsonl",
    "signatures.jsonl",
    "reports",
    "work",
}


def test_a_new_case_is_whole_and_opens_as_it_was_made(tmp_path: Path) -> None:
    made = kit.new_case(tmp_path)

    assert {path.name for path in made.root.iterdir()} == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["analysis.opensafe"]
    assert Case.open(made.root) == made
    assert made.config == kit.config(tmp_path / "analysis")
    assert (made.root / "key").read_bytes() == made.key.key


def test_keys_of_two_cases_differ(tmp_path: Path) -> None:
    one, two = (kit.new_case(tmp_path / name) for name in _made(tmp_path, "a", "b"))
    assert one.key != two.key


def _made(folder: Path, *names: str) -> tuple[str, ...]:
    for name in names:
        (folder / name).mkdir()
    return names


def test_only_the_owner_can_read_a_case(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        case = kit.new_case(tmp_path)
        with case.writing("audit"):
            case.index.write(kit.audit())
            case.save_document("plan.json", {})
            case.log.append("audit", "read")
            modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in [case.root, *case.root.rglob("*")]}
    finally:
        os.umask(umask)
    folders = {"analysis.opensafe", "reports", "work"}
    wanted = {name: 0o700 if name in folders else 0o600 for name in modes}
    assert modes.keys() >= FILES | {"index.sqlite", "plan.json", "lock", "lock.holder", "log.lock"}
    assert modes == wanted or os.name != "posix"  # on Windows the access list of the profile protects


def test_a_folder_that_holds_something_is_refused_and_an_empty_one_is_taken(tmp_path: Path) -> None:
    root = tmp_path / "chosen"
    root.mkdir()
    (root / "notes.txt").touch()
    with pytest.raises(UsageError, match=r"chosen is not an empty folder"):
        Case.create(root, kit.config(tmp_path / "analysis"))
    assert [path.name for path in root.iterdir()] == ["notes.txt"]

    (root / "notes.txt").unlink()
    assert Case.create(root, kit.config(tmp_path / "analysis")).root == root.resolve()


def test_a_file_in_the_place_of_the_case_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(UsageError, match="not an empty folder"):
        Case.create(tmp_path / "taken", kit.config(tmp_path / "analysis"))


def test_a_second_case_in_the_same_place_is_refused(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with pytest.raises(UsageError, match="is a case already") as caught:
        kit.new_case(tmp_path)
    assert "opensafe next" in caught.value.remedy
    assert Case.open(case.root) == case


@pytest.mark.parametrize("inside", ["case", "deep/in/case"])
def test_a_case_inside_the_source_is_refused(tmp_path: Path, inside: str) -> None:
    source = tmp_path / "analysis"
    (source / inside).parent.mkdir(parents=True)
    with pytest.raises(UsageError, match="inside the source, which is never written to"):
        Case.create(source / inside, kit.config(source))


def test_a_link_does_not_lead_a_case_into_the_source(tmp_path: Path) -> None:
    source = tmp_path / "analysis"
    source.mkdir()
    (tmp_path / "elsewhere").symlink_to(source, target_is_directory=True)
    with pytest.raises(UsageError, match="inside the source"):
        Case.create(tmp_path / "elsewhere" / "case", kit.config(source))


@pytest.mark.parametrize("made", [[".git"], ["HEAD", "objects", "refs"]])
def test_a_case_inside_any_repository_is_refused(tmp_path: Path, made: list[str]) -> None:
    for name in made:
        (tmp_path / "other" / name).mkdir(parents=True)
    (tmp_path / "other" / "sub").mkdir()
    with pytest.raises(UsageError, match=r"lies inside the repository .*other") as caught:
        Case.create(tmp_path / "other" / "sub" / "case", kit.config(tmp_path / "analysis"))
    assert "--case DIR" in caught.value.remedy


def test_a_folder_that_cannot_be_made_names_itself(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed, match=r"cannot create .*case: "):
        Case.create(tmp_path / "absent" / "case", kit.config(tmp_path / "analysis"))


def test_what_a_killed_start_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    old, new = tmp_path / ".analysis.opensafe.new-old", tmp_path / ".analysis.opensafe.new-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "key").touch()
    os.utime(old, (0, 0))
    kit.new_case(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


def test_no_case_says_how_to_open_one(tmp_path: Path) -> None:
    with pytest.raises(NoCase, match="is not a case") as caught:
        Case.open(tmp_path)
    assert "opensafe start REPO" in caught.value.remedy


@pytest.mark.parametrize("name", sorted(FILES - {"case.toml", "reports", "work"}))
def test_a_file_that_was_taken_away_is_named(tmp_path: Path, name: str) -> None:
    case = kit.new_case(tmp_path)
    (case.root / name).unlink()
    with pytest.raises(CaseDamaged, match=f"{name} is missing"):
        Case.open(case.root)


def test_a_key_that_is_none_is_named(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    (case.root / "key").write_bytes(b"short")
    with pytest.raises(CaseDamaged, match="key is not a key"):
        Case.open(case.root)


@pytest.mark.parametrize(("found", "says"), [(3, "has format 3"), (0, '"format" must be 1 or more')])
def test_another_format_is_refused(tmp_path: Path, found: int, says: str) -> None:
    case = kit.new_case(tmp_path)
    case.save_config(replace(case.config, format=found))
    with pytest.raises(UsageError, match=says):
        Case.open(case.root)


def test_a_case_that_was_moved_goes_on(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit"):
        case.log.append("audit", "read")
        (tmp_path / "lock.holder").write_bytes((case.root / "lock.holder").read_bytes().replace(b'"pid":', b'"pid":1'))
    moved = case.root.rename(tmp_path / "moved")
    (tmp_path / "lock.holder").replace(moved / "lock.holder")  # as a copy of a case that was in use has it

    opened = Case.open(moved)
    with opened.writing("decide"):
        opened.log.append("decide", "went on")
    assert opened.log.verify().entries == 2
    assert not (moved / "lock.holder").exists()


def test_the_configuration_keeps_what_people_wrote(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    file = case.root / "case.toml"
    file.write_bytes(b"\xef\xbb\xbf# ours\nteam = 'R' # mine\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    opened = Case.open(case.root)
    opened.save_config(replace(opened.config, organisation="A Trust"))

    text = file.read_bytes().decode()
    assert text.startswith("# ours\nteam = 'R' # mine\n")
    assert tomllib.loads(text)["organisation"] == "A Trust"
    assert Case.open(case.root).config == opened.config == replace(case.config, organisation="A Trust")


def test_a_configuration_in_another_encoding_is_refused(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    (case.root / "case.toml").write_bytes(b'source = "\xe9"\nname = "x"\n')
    with pytest.raises(UsageError, match=r"case\.toml is not UTF-8"):
        Case.open(case.root)


def test_documents_are_replaced_as_a_whole(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    assert case.load_document("plan.json") is None
    documents: tuple[dict[str, Json], ...] = ({"b": [1, None, 2.5], "a": {"text": "é\udc80"}}, {"other": True})
    for document in documents:
        case.save_document("plan.json", document)
        assert case.load_document("plan.json") == document


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_damaged_document_is_named(tmp_path: Path, raw: bytes) -> None:
    case = kit.new_case(tmp_path)
    (case.root / "plan.json").write_bytes(raw)
    with pytest.raises(CaseDamaged, match=r"plan\.json is not what opensafe wrote"):
        case.load_document("plan.json")


@pytest.mark.parametrize("name", ["../plan.json", "key", "Plan.json", ".json"])
def test_documents_stay_in_the_case(tmp_path: Path, name: str) -> None:
    case = kit.new_case(tmp_path)
    with pytest.raises(ValueError, match="lower case"):
        case.save_document(name, {})


def test_the_next_writer_sweeps_what_a_killed_one_built(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    (case.work / "view" / "pack").mkdir(parents=True)
    pack = case.work / "view" / "pack" / "a.pack"
    pack.touch(mode=0o400)
    (case.work / "link").symlink_to(outside, target_is_directory=True)
    with case.writing("audit"):
        assert list(case.work.iterdir()) == []
    assert (outside / "kept").exists()


def test_a_linked_file_in_the_work_folder_does_not_lose_its_mode(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    original = tmp_path / "pack-of-the-source"
    original.touch(mode=0o400)
    before = original.stat().st_mode
    os.link(original, case.work / "linked")
    case.sweep()
    assert (original.stat().st_mode, original.stat().st_nlink) == (before, 1) or os.name != "posix"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to this account")
def test_a_case_that_may_only_be_read_is_read_and_says_so_when_it_is_written(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit"):
        case.index.write(kit.audit(kit.finding("a", kit.place())))
        case.log.append("audit", "read")
    for path in (*case.root.rglob("*"), case.root):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        opened = Case.open(case.root)
        assert len(opened.index.findings()) == 1
        assert opened.log.verify().ok
        with pytest.raises(DiskFailed) as refused, opened.writing("decide"):
            pytest.fail("a case that may only be read was written to")
        assert "permission" in refused.value.remedy
    finally:
        for path in (case.root, *case.root.rglob("*")):
            path.chmod(0o700)


def test_a_copy_of_a_case_goes_its_own_way(tmp_path: Path) -> None:
    """Two copies that both went on have logs that agree up to the copy, and heads that tell them apart."""
    case = kit.new_case(tmp_path)
    case.log.append("start", "opened")
    shared = case.log.head()
    copied = Case.open(Path(shutil.copytree(case.root, tmp_path / "copy")))
    for one, what in ((case, "here"), (copied, "there")):
        with one.writing("decide"):
            one.decisions.append(kit.decision(f"F-{what}"))
            one.log.append("decide", what)
    assert (case.log.verify(shared).ok, copied.log.verify(shared).ok) == (True, True)
    assert not copied.log.verify(case.log.head()).ok
    assert case.decisions.read() != copied.decisions.read()
