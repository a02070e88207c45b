"""Each story holds what it says, where it says so, as plain git sees it."""

from itertools import product
from pathlib import Path

import pytest

from fixtures import repos
from fixtures.kit.evidence import digest_tree, forms_of
from fixtures.kit.plain_git import Text, fsck, git, texts, unpacked
from fixtures.kit.story import BuiltStory, Planted, Tell

STORIES = repos.names()


def _is_there(planted: Planted, text: Text) -> bool:
    """Whether this text is where the value is said to stand, and holds it."""
    if (text.kind, text.published) != (planted.kind, planted.published):
        return False
    if planted.path and text.path != planted.path:
        return False
    return any(form in layer for form, layer in product(forms_of(planted.value), unpacked(text.data)))


def _refs_and_objects(built: BuiltStory) -> tuple[bytes, bytes]:
    objects = git(built.git_dir, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    return git(built.git_dir, "for-each-ref"), objects


@pytest.mark.parametrize("name", STORIES)
def test_every_planted_value_is_where_the_story_says(story: Tell, name: str) -> None:
    built = story(name)
    everything = list(texts(built.git_dir))
    absent = [p for p in built.planted if not any(_is_there(p, text) for text in everything)]
    assert absent == []
    assert built.planted


@pytest.mark.parametrize("name", STORIES)
def test_two_builds_give_the_same_ids(story: Tell, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = repos.story(name).build(tmp_path_factory.mktemp("again") / name)
    refs, objects = _refs_and_objects(again)
    assert objects
    assert (refs, objects) == _refs_and_objects(story(name))


@pytest.mark.parametrize("name", STORIES)
def test_git_fsck_complains_about_what_was_damaged_on_purpose_and_nothing_else(story: Tell, name: str) -> None:
    assert fsck(story(name).git_dir) == repos.story(name).complaints


def test_the_clean_story_holds_its_author_and_no_value_of_any_other_story(story: Tell) -> None:
    clean = story("clean_repository")
    layers = [layer for text in texts(clean.git_dir) for layer in unpacked(text.data)]
    own = {planted.value for planted in clean.planted}
    others = {p.value for name in STORIES for p in repos.story(name).expectations if p.value} - own
    found = [value for value in others if any(form in layer for form in forms_of(value) for layer in layers)]
    assert found == []
    assert {planted.kind.value for planted in clean.planted} == {"identity"}


def test_what_a_test_does_to_its_story_reaches_no_other_test(story: Tell, run_folder: Path) -> None:
    built = story("clean_repository")
    kept = run_folder / "stories" / "clean_repository"
    before = digest_tree(kept)
    assert digest_tree(built.path) == before
    (built.path / "README.md").write_bytes(b"changed\n")
    assert digest_tree(built.path) != before
    assert digest_tree(kept) == before
