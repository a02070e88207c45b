"""Playbooks: Markdown with a head that lists steps, a section for each."""

import pytest

from opensafe.casework.journey import _COMMANDS
from opensafe.casework.playbooks import playbook, playbook_folder, playbooks, read_playbook
from opensafe.errors import UsageError

WHOLE = (
    "---\nid: one\ntitle: One\nsteps: [audit, plan]\n---\nAn introduction.\n\n## audit\n\nRead.\n\n## plan\n\nPlan.\n"
)


def test_a_playbook_is_its_head_and_a_section_for_each_step() -> None:
    book = read_playbook(WHOLE)
    assert (book.id, book.title, book.steps) == ("one", "One", ("audit", "plan"))
    assert dict(book.sections) == {"audit": "Read.", "plan": "Plan."}
    assert read_playbook(WHOLE.replace("\n", "\r\n")) == book


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        (WHOLE.removeprefix("---\n"), "YAML head"),
        (WHOLE.replace("## plan", "## place"), "steps without a section: plan"),
        ("", "YAML head"),
    ],
)
def test_what_is_no_playbook_is_refused(text: str, telling: str) -> None:
    with pytest.raises(ValueError, match=telling):
        read_playbook(text)


def test_every_playbook_that_is_shipped_can_be_read_and_is_named_by_its_file() -> None:
    files = sorted(file.stem for file in playbook_folder().glob("*.md"))
    assert [book.id for book in playbooks()] == files
    assert files


def test_the_first_playbook_explains_every_step_of_the_journey() -> None:
    assert set(playbook("open-a-repository").steps) == set(_COMMANDS)


def test_a_playbook_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError) as refused:
        playbook("bake-a-cake")
    assert "open-a-repository" in refused.value.remedy
