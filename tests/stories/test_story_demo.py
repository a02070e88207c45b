"""The demo's repository: believable, deterministic, and careless in all the ways that the demo shows."""

import re
import subprocess
from pathlib import Path

import pytest

from fixtures.kit.plain_git import fsck, git, texts, unpacked
from opensafe.model.place import PlaceKind
from opensafe.stories.demo import build_demo
from opensafe.stories.demo_files import Cast

CAST = Cast.chosen()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "ward-occupancy"
    build_demo(path)
    return path


def test_two_builds_give_the_same_head_refs_and_objects(demo: Path, tmp_path: Path) -> None:
    build_demo(tmp_path / "again")
    asked = (
        ["rev-parse", "HEAD"],
        ["for-each-ref"],
        ["cat-file", "--batch-all-objects", "--batch-check"],
        ["log", "-g", "--format=%H %gs", "refs/stash"],
    )
    assert [git(demo / ".git", *one) for one in asked] == [git(tmp_path / "again" / ".git", *one) for one in asked]


def test_it_is_a_sound_repository_with_a_clean_work_tree(demo: Path) -> None:
    assert fsck(demo / ".git") == frozenset()
    status = subprocess.run(["git", "status", "--porcelain"], cwd=demo, capture_output=True, check=True)
    assert status.stdout == b""
    assert not list(demo.glob("LICEN*"))


def test_three_people_worked_on_it_for_some_months(demo: Path) -> None:
    commits = git(demo / ".git", "log", "--branches", "--date-order", "--format=%ae %at").decode().splitlines()
    authors = {line.split()[0] for line in commits}
    times = [int(line.split()[1]) for line in commits]
    assert 12 <= len(commits) <= 20
    assert authors == {person.email.decode() for person in (CAST.lead, CAST.analyst, CAST.scientist)}
    assert 100 <= (max(times) - min(times)) / 86_400 <= 200


def test_its_refs_are_an_old_branch_a_merged_one_a_tag_and_a_stash(demo: Path) -> None:
    assert git(demo / ".git", "for-each-ref", "--format=%(refname)").decode().split() == [
        "refs/heads/feature/readmissions",
        "refs/heads/main",
        "refs/heads/weekly-report",
        "refs/stash",
        "refs/tags/v0.2.0",
    ]


# Where each careless thing stands, and whether the last commit on main still shows it.
CARELESS = [
    pytest.param(CAST.token, "R/upload.R", False, id="token of the second commit"),
    pytest.param(CAST.password, "R/connect.R", False, id="database password"),
    pytest.param(CAST.test_password, "R/connect.R", False, id="password in the stash"),
    pytest.param(CAST.server, "R/connect.R", True, id="internal server"),
    pytest.param(CAST.scientist.name, "R/connect.R", True, id="name in a comment"),
    pytest.param(CAST.analyst.name.decode().encode("utf-16-le"), "sql/extract.sql", True, id="name in UTF-16"),
    pytest.param(CAST.patients[0].nhs_number.encode(), "notebooks/length_of_stay.ipynb", True, id="notebook output"),
    pytest.param(CAST.patients[-1].nhs_number.encode(), "data/readmissions_sample.csv", False, id="table of patients"),
]


@pytest.mark.parametrize(("value", "path", "in_head"), CARELESS)
def test_what_is_careless_is_in_the_history(demo: Path, value: bytes, path: str, in_head: bool) -> None:
    holding = [t for t in texts(demo / ".git") if t.path == path.encode() and any(value in d for d in unpacked(t.data))]
    assert [t.kind for t in holding if t.kind is not PlaceKind.PATH]
    assert (value in git(demo / ".git", "cat-file", "blob", f"HEAD:{path}")) == in_head


def test_messages_trailers_and_author_lines_name_people(demo: Path) -> None:
    found = list(texts(demo / ".git"))
    messages = b"".join(text.data for text in found if text.kind is PlaceKind.COMMIT_MESSAGE)
    tags = b"".join(text.data for text in found if text.kind is PlaceKind.TAG_MESSAGE)
    assert b"Dr " + CAST.consultant.name in messages
    assert b"Co-authored-by: %s <%s>" % (CAST.scientist.name, CAST.scientist.email) in messages
    assert CAST.analyst.name in tags


def test_the_sources_of_the_story_hold_none_of_its_values() -> None:
    sources = b"".join(path.read_bytes() for path in Path("src/opensafe/stories").glob("*.py"))
    values = [CAST.token, CAST.password, CAST.test_password, *(p.nhs_number.encode() for p in CAST.patients)]
    assert [value for value in values if value in sources] == []
    assert not re.search(rb"\b999\d{7}\b", sources)
