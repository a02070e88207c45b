"""Lists of commits get the ids that the commits have now; everything else stays."""

import pytest

from fixtures.kit.plain_git import git
from opensafe.casework.idlists import lists_with_new_ids
from opensafe.stories.builder import MAIN, History, Person
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

OLD, NEW, SAME = "a" * 40, "b" * 40, "c" * 40
COMMITS = {OLD: NEW, SAME: SAME, "d" * 40: None}


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        (".git-blame-ignore-revs", f"# tidy\n{OLD}\n{SAME}\n", f"# tidy\n{NEW}\n{SAME}\n"),
        (".gitleaksignore", f"{OLD}:a.R:rule:3\n", f"{NEW}:a.R:rule:3\n"),
        ("release-please-config.json", f'{{"bootstrap-sha": "{OLD}"}}', f'{{"bootstrap-sha": "{NEW}"}}'),
    ],
)
def test_whole_ids_in_a_known_list_are_translated(path: str, data: str, expected: str) -> None:
    (found,) = lists_with_new_ids({path: data.encode()}, COMMITS)
    assert (found.path, found.data, found.why) == (path, expected.encode(), "names 1 commit by the new id")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("CHANGELOG.md", OLD),
        (".git-blame-ignore-revs", OLD[:12]),
        (".git-blame-ignore-revs", OLD + "0"),
        (".git-blame-ignore-revs", SAME),
        (".git-blame-ignore-revs", "d" * 40),
    ],
)
def test_anything_else_stays(path: str, data: str) -> None:
    assert lists_with_new_ids({path: data.encode()}, COMMITS) == ()


def test_scaffold_puts_the_new_ids_into_the_list_of_a_rewritten_history(stage: Stage) -> None:
    trip: Trip = stage("started")
    old = git(trip.source / ".git", "rev-parse", "main~3").decode().strip()
    history = History(Person(b"Pat Nobody", b"pat.nobody@example.org"), start=1_700_000_000)
    history.commit(b"Hide a tidy-up\n", {b".git-blame-ignore-revs": b"# tidy\n%s\n" % old.encode()})
    whole = history.stream().replace(b"reset %s\n\n" % MAIN, b"")
    head, file_command, rest = whole.partition(b"M 100644")
    git(trip.source / ".git", "fast-import", "--quiet", stdin=head + b"from %s^0\n" % MAIN + file_command + rest)
    trip.audit()
    trip.decide_everything()
    trip.plan()
    told = trip.ask("rewrite")["details"]["left"]
    assert any(line.endswith("will not resolve: .git-blame-ignore-revs") for line in told)
    trip.say("verify")
    trip.scaffold()
    new = git(trip.public, "rev-parse", "main~6").decode().strip()
    assert git(trip.public, "cat-file", "blob", "main:.git-blame-ignore-revs").decode() == f"# tidy\n{new}\n"
    trip.say("verify")
