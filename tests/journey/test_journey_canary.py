"""No planted value in clear: in anything printed, in any file, in the arguments or environment of any program."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from docs.generate.commands import command_names
from fixtures.kit.plain_git import git
from opensafe.git import executable
from opensafe.stories.demo import build_demo
from tests.journey.canary_route import LEGS, Route, typed_commands
from tests.journey.canary_watch import Processes, files_in, holding, printed
from tests.journey.journey_trip import Trip
from tests.journey.journey_values import CAST, NOT_PEOPLE, PLANTED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the witness in the place of git is a shell script")


@dataclass(frozen=True)
class Travelled:
    """What is left of the whole route."""

    route: Route
    processes: Processes
    folder: Path


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Travelled]:
    folder = tmp_path_factory.mktemp("canary")
    build_demo(folder / "ward-occupancy")
    (folder / "temporary").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder / "temporary"))
        patch.setattr("tempfile.tempdir", None)
        processes = Processes.watched(patch, folder / "witness")
        trip = Trip.start(folder / "ward-occupancy")
        trip.audit("--workers", "1")
        route = Route(trip, folder / "written")
        for leg in LEGS:
            leg(route)
        yield Travelled(route, processes, folder)
    executable.git_executable.cache_clear()


def test_every_command_is_on_the_route(travelled: Travelled) -> None:
    """A command that is new has to be put on it."""
    names = command_names()
    groups = {path[0] for path in names if len(path) > 1}
    leaves = {path for path in names if len(path) > 1 or path[0] not in groups}
    assert leaves - typed_commands([*travelled.route.said, *travelled.route.trip.said], leaves) == set()


def test_nothing_planted_was_printed(travelled: Travelled) -> None:
    """`show` names a person of the repository to whoever decides, in words only; that is its one exception."""
    said = [*travelled.route.said, *travelled.route.trip.said]
    assert len(said) > 700
    for ran in said:
        looked_for = NOT_PEOPLE if "show" in ran.words and "--json" not in ran.words else PLANTED
        assert holding(printed(ran), looked_for) == [], ran.words


def test_nothing_planted_lies_in_any_file(travelled: Travelled) -> None:
    """The source, what its team gave in, git's compressed objects and the backup are where values may be."""
    trip, folder = travelled.route.trip, travelled.folder
    unredacted = {trip.source, *(folder / name for name in ("theirs", "open", "witness"))}
    demo = travelled.route.folder / "demo"
    unredacted |= {demo / "ward-occupancy", demo / "ward-occupancy.opensafe" / "backup.bundle"}
    found = [(name, held) for name, data in files_in(folder, unredacted) if (held := holding(data, PLANTED))]
    assert found == []


def test_nothing_planted_is_left_in_the_temporary_folder(travelled: Travelled) -> None:
    assert list((travelled.folder / "temporary").iterdir()) == []


def test_nothing_planted_was_handed_to_a_program(travelled: Travelled) -> None:
    """It is told what to do by its arguments and its environment, and values by its standard input alone."""
    handed = travelled.processes.everything()
    assert handed.count(b"cat-file") > 10
    assert b"git_filter_repo" in handed or b"filter" in handed
    assert holding(handed, PLANTED) == []


def test_nothing_planted_is_in_what_is_published_or_handed_out(travelled: Travelled) -> None:
    trip, route = travelled.route.trip, travelled.route
    for repository in (trip.public, route.folder / "handed-out"):
        everything = git(repository, "cat-file", "--batch-all-objects", "--batch", "--buffer")
        assert everything.count(b"\n") > 100
        assert holding(everything + git(repository, "for-each-ref"), PLANTED) == []


def test_the_search_sees_what_there_is(travelled: Travelled) -> None:
    source = [data for _, data in files_in(travelled.route.trip.source)]
    assert any(holding(data, [CAST.server]) for data in source)
    theirs = [data for _, data in files_in(travelled.folder / "theirs")]
    assert any(holding(data, [CAST.token]) for data in theirs)
