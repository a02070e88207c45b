"""For every history: whatever is chosen together is carried out exactly, proven, and the same a second time."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from opensafe.errors import UsageError
from opensafe.history.people import identities, people_of
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices, CommitChoices, FileChoices, NamedFile, PeopleChoices, RefChoices
from opensafe.model.mailmap import Mailmap
from opensafe.model.replacing import parse_rules
from opensafe.rewriting.chosen import with_choices
from tests.rewriting.choices_kit import choose_in
from tests.rewriting.rewriting_kit import PLACEHOLDER, SECRET, World, make, redact, world
from tests.rewriting.test_rewriting_properties import SLOW, Step, history_of, steps

RULES = parse_rules(b"clean==>tidy\nregex:ru(n+)==>go\\1\nglob:x*;\n")
MAILMAP = Mailmap.parse(b"Robert <rob@trust.example> <bob@trust.example>\nAlice A <alice@trust.example>\n")

files = st.builds(
    FileChoices,
    remove_paths=st.lists(st.sampled_from(["b", "*.txt", "z", "caf*"]), max_size=2, unique=True).map(tuple),
    remove_larger=st.sampled_from([0, 0, 30]),
    only_path=st.sampled_from(["", "", "b"]),
    to_root=st.booleans(),
)
people = st.builds(
    PeopleChoices,
    mailmap=st.sampled_from([None, NamedFile("map")]),
    no_reply=st.sampled_from(["", "trust.example"]),
    pseudonyms=st.booleans(),
)
wanted = st.tuples(
    files,
    people,
    st.booleans(),
    st.sampled_from([(), ("other",), ("third",), ("v1",)]),
    st.lists(st.integers(0, 20), max_size=2),
    st.sampled_from(["", "", "2020-01-04", "2020-01-06"]),
)
Wanted = tuple[FileChoices, PeopleChoices, bool, tuple[str, ...], list[int], str]


def _possible(seen: World, told: Wanted, lists: ChoiceLists) -> Choices:
    """What of the wishes can be carried out here: each is tried on top of the others, a refused one is left out."""
    chosen = Choices()
    some, names, _, dropped, numbers, before = told
    commits = sorted(seen.graph.commits)
    candidates = [
        *(Choices(refs=RefChoices(drop=dropped[:1])),),
        *(Choices(commits=CommitChoices(drop=(commits[number % len(commits)],))) for number in numbers),
        *(Choices(commits=CommitChoices(squash_before=before)),),
        *(Choices(files=FileChoices(remove_paths=(glob,))) for glob in some.remove_paths),
        *(Choices(files=FileChoices(remove_larger=some.remove_larger)),),
        *(Choices(files=FileChoices(only_path=some.only_path, to_root=bool(some.only_path) and some.to_root)),),
    ]
    for more in candidates:
        try:
            with_choices(seen.spec, joined := _join(chosen, more), ChoiceLists(), seen.view, seen.graph)
        except UsageError:
            continue
        chosen = joined
    return replace(chosen, people=names)


def _join(one: Choices, more: Choices) -> Choices:
    a, b = one.files, more.files
    return Choices(
        files=FileChoices(
            remove_paths=a.remove_paths + b.remove_paths,
            remove_larger=a.remove_larger or b.remove_larger,
            only_path=a.only_path or b.only_path,
            to_root=a.to_root or b.to_root,
        ),
        refs=RefChoices(drop=one.refs.drop + more.refs.drop),
        commits=CommitChoices(
            drop=tuple(dict.fromkeys(one.commits.drop + more.commits.drop)),
            squash_before=one.commits.squash_before or more.commits.squash_before,
        ),
    )


@given(steps, wanted)
@settings(SLOW, phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=10)
def test_everything_that_is_chosen_together_and_nothing_else(story: list[Step], told: Wanted) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = world(Path(folder) / "w", history_of(story))
        known = people_of(identities(seen.graph))
        lists = ChoiceLists(MAILMAP if told[1].mailmap else Mailmap({}, {}), known, RULES if told[2] else ())
        if not told[1].renames:
            lists = replace(lists, people=())
        choices = _possible(seen, told, lists)
        if told[2]:
            choices = replace(choices, replace=NamedFile("values"))
        decided = redact(seen, seen.spec, SECRET, PLACEHOLDER)
        made = choose_in(seen, choices, decided=decided, lists=lists)
        assert made.failed() == {}
        again = make(seen, made.spec, "again")
        assert again.repository.refs() == made.built.repository.refs()
