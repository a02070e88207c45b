"""Files that the team leaves out of all history, by path, size and type, and a folder that becomes the root."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.errors import UsageError
from opensafe.model.choices import Choices, FileChoices, RefChoices
from opensafe.model.plan import BlobChange, Option
from opensafe.rewriting.chosen import with_choices
from opensafe.rewriting.estimate import all_changed, estimate
from opensafe.rewriting.measures import measure
from opensafe.stories.builder import DELETED, MAIN, History
from tests.rewriting.choices_kit import NO_LISTS, Chosen, choose, choose_in
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, redact, world

CSV = b"id,age,ward\n1,44,A\n2,51,B\n3,60,C\n"
LARGE = b"x" * 3_000


def study() -> History:
    """Code, data that comes, moves and goes, a merge, a tag, a note, and the same bytes at two paths."""
    told = History(ALICE)
    told.commit(b"Start\n", {b"README.md": b"# Beds\n", b"b.py": b"outside\n"})
    told.commit(b"Add data\n", {b"data/a.csv": CSV, b"src/copy.csv": CSV, b"src/b.py": b"print(1)\n"})
    main = told.commit(b"Large\n", {b"src/deep/model.bin": LARGE, b"b.py": b"outside, later\n"})
    side = told.commit(b"Side\n", {b"src/side.py": b"side = 1\n"}, branch=b"refs/heads/side", by=BOB)
    told.commit(b"Merge\n", {b"src/side.py": b"side = 1\n"}, after=(main, side))
    told.commit(b"Data goes\n", {b"data/a.csv": DELETED, b"src/b.py": b"password = '" + SECRET + b"'\n"})
    told.tag(b"v1", main, b"First\n")
    told.note(main, b"Looked at")
    return told


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("study"), study())


def _paths_ever(made: Chosen) -> set[bytes]:
    built = made.built
    return set(built.repository.run("log", "--all", "--name-only", "--format=", "-z", "-m", "--root").split(b"\0"))


@pytest.mark.parametrize(
    ("files", "gone", "kept"),
    [
        (FileChoices(remove_paths=("data",)), b"data/a.csv", b"src/copy.csv"),
        (FileChoices(remove_paths=("data/",)), b"data/a.csv", b"src/copy.csv"),
        (FileChoices(remove_paths=("*.csv",)), b"src/copy.csv", b"src/b.py"),
        (FileChoices(remove_larger=2_999), b"src/deep/model.bin", b"src/copy.csv"),
        (FileChoices(remove_types=("csv",)), b"data/a.csv", b"src/deep/model.bin"),
        (FileChoices(remove_types=("data",)), b"src/copy.csv", b"src/deep/model.bin"),
        (FileChoices(only_path="src"), b"README.md", b"src/copy.csv"),
    ],
)
def test_files_go_from_every_commit_and_no_others(
    seen: World, tmp_path: Path, files: FileChoices, gone: bytes, kept: bytes
) -> None:
    made = choose_in(replace(seen, folder=tmp_path), Choices(files=files))
    assert made.failed() == {}
    ever = _paths_ever(made)
    assert gone not in ever
    assert kept in ever
    assert len(made.built.claim.commits) == 7


def test_a_file_just_below_the_limit_stays(seen: World, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no published file is that large"):
        with_choices(seen.spec, Choices(files=FileChoices(remove_larger=3_000)), NO_LISTS, seen.view, seen.graph)


def test_a_folder_becomes_the_root(seen: World, tmp_path: Path) -> None:
    """A file outside may have the name that one inside takes: neither its changes nor its end may touch it."""
    decided = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    files = FileChoices(only_path="src", to_root=True)
    made = choose_in(replace(seen, folder=tmp_path), Choices(files=files), decided=decided)
    assert made.failed() == {}
    assert made.files() == {
        b"b.py": b"password = '" + PLACEHOLDER + b"'\n",
        b"copy.csv": CSV,
        b"deep/model.bin": LARGE,
        b"side.py": b"side = 1\n",
    }
    assert b"b.py" in made.files("refs/tags/v1")
    assert b"README.md" not in _paths_ever(made)


def test_a_folder_becomes_the_root_of_a_squash(seen: World, tmp_path: Path) -> None:
    files = FileChoices(only_path="src/deep", to_root=True)
    made = choose_in(replace(seen, folder=tmp_path), Choices(files=files), option=Option.SQUASH)
    assert made.failed() == {}
    assert made.files() == {b"model.bin": LARGE}


def test_a_path_that_a_decision_renames_moves_with_its_folder(seen: World, tmp_path: Path) -> None:
    decided = replace(seen.spec, path_renames={b"src/side.py": b"src/other.py", b"README.md": b"READ.md"})
    choices = Choices(files=FileChoices(only_path="src", to_root=True))
    made = choose_in(replace(seen, folder=tmp_path), choices, decided=decided)
    assert made.failed() == {}
    assert b"other.py" in made.files()


def test_a_renamed_folder_cannot_become_the_root(seen: World) -> None:
    decided = replace(seen.spec, path_renames={b"src/b.py": b"Person-1/b.py"})
    choices = Choices(files=FileChoices(only_path="src", to_root=True))
    with pytest.raises(UsageError, match="renames the folder"):
        with_choices(decided, choices, NO_LISTS, seen.view, seen.graph)


def test_the_proof_notices_a_file_that_was_not_chosen_and_one_that_was_forgotten(seen: World, tmp_path: Path) -> None:
    choices = Choices(files=FileChoices(remove_paths=("data",)))
    made = choose_in(replace(seen, folder=tmp_path), choices)
    assert made.failed(choices=Choices(files=FileChoices(remove_paths=("data", "README.md")))).keys() == {
        "files-chosen"
    }
    wider = choose_in(replace(seen, folder=tmp_path / "wider"), Choices(files=FileChoices(remove_paths=("*.csv",))))
    assert wider.failed(choices=choices).keys() == {"files-chosen"}


def test_the_proof_notices_a_root_that_was_not_chosen(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), Choices(files=FileChoices(only_path="src", to_root=True)))
    kept = Choices(files=FileChoices(only_path="src"))
    assert made.failed(choices=kept).keys() == {"files-chosen"}
    assert "files-equal" in made.failed(spec=replace(made.spec, root_folder=b""))


def test_what_a_decision_removes_is_no_surprise_to_the_check(seen: World, tmp_path: Path) -> None:
    readme = next(oid for oid in seen.graph.blobs if seen.data(oid) == b"# Beds\n")
    decided = replace(seen.spec, blobs=(BlobChange(readme, None, remove=True),))
    made = choose_in(
        replace(seen, folder=tmp_path), Choices(files=FileChoices(remove_paths=("data",))), decided=decided
    )
    assert made.failed() == {}


@pytest.mark.parametrize(
    ("choices", "telling"),
    [
        (Choices(files=FileChoices(remove_paths=("nothing/*",))), "matches no published file"),
        (Choices(files=FileChoices(remove_types=("parquet",))), "types that occur: csv, .*text"),
        (Choices(files=FileChoices(only_path="nowhere")), "names a folder with no published file"),
        (Choices(refs=RefChoices(keep=("release/*",))), "matches no ref"),
        (Choices(refs=RefChoices(drop=("main",))), "default branch would not be published"),
        (Choices(refs=RefChoices(keep=("side",))), "default branch would not be published"),
    ],
)
def test_a_choice_that_reaches_nothing_or_too_much_is_refused(seen: World, choices: Choices, telling: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_choices(seen.spec, choices, NO_LISTS, seen.view, seen.graph)
    assert re.search(telling, f"{refused.value.cause} {refused.value.remedy}")


@pytest.mark.parametrize(
    ("refs", "left"),
    [
        (RefChoices(keep=("main",)), {MAIN, b"refs/notes/commits"}),
        (RefChoices(keep=("main", "refs/tags/*")), {MAIN, b"refs/tags/v1", b"refs/notes/commits"}),
        (RefChoices(drop=("v*",)), {MAIN, b"refs/heads/side", b"refs/notes/commits"}),
        (RefChoices(keep=("*",), drop=("side", "notes/*")), {MAIN, b"refs/tags/v1"}),
    ],
)
def test_refs_are_kept_and_dropped(seen: World, tmp_path: Path, refs: RefChoices, left: set[bytes]) -> None:
    made = choose_in(replace(seen, folder=tmp_path), Choices(refs=refs), option=Option.REVIEW)
    assert set(made.built.repository.refs()) == left
    assert made.failed() == {}
    assert made.failed(choices=Choices(refs=RefChoices(drop=("side",)))).keys() <= {"refs-chosen"}


def test_a_dropped_branch_takes_its_commits_with_it(tmp_path: Path) -> None:
    told = study()
    told.commit(b"Secret plan\n", {b"plan.txt": b"unreleased\n"}, branch=b"refs/heads/wip")
    made = choose(tmp_path / "s", told, Choices(refs=RefChoices(drop=("wip",))))
    assert made.failed() == {}
    assert b"Secret plan" not in made.log("%s")
    other = Choices(refs=RefChoices(drop=("side",)))
    assert made.failed(choices=other).keys() == {"refs-chosen"}


def test_the_numbers_of_the_plan_count_the_commits_that_a_branch_takes_along(tmp_path: Path) -> None:
    told = study()
    told.commit(b"Secret plan\n", {b"plan.txt": b"unreleased\n"}, branch=b"refs/heads/wip", by=BOB)
    seen = world(tmp_path / "s", told)
    spec = with_choices(seen.spec, Choices(refs=RefChoices(drop=("wip",))), NO_LISTS, seen.view, seen.graph)
    rows = estimate(spec, seen.spec, seen.graph, all_changed(spec, seen.graph, seen.view))
    assert [(row.commits_before, row.commits_after) for row in rows] == [(7, 6), (7, 6), (7, 1), (7, 1)]
    costs = measure(spec, seen.spec, seen.graph, all_changed(spec, seen.graph, seen.view), ())
    assert [(row.commits_lost, row.authorship_kept) for row in costs] == [(1, 0.8571), (1, 0.8571), (7, 0.0), (7, 0.0)]
