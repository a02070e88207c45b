"""The next step, taken apart into why and what."""

import pytest

from opensafe.reports.next_step import NextStep, next_step_of


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        (
            "There is no plan yet. Next: opensafe plan, then opensafe plan --approve --by NAME",
            NextStep("There is no plan yet.", ("opensafe plan", "opensafe plan --approve --by NAME")),
        ),
        ("Next: opensafe audit", NextStep("", ("opensafe audit",))),
        ("Released. To publish: push public.git.", NextStep("Released. To publish: push public.git.", ())),
        ("", NextStep("", ())),
    ],
)
def test_commands_are_told_from_prose(sentence: str, step: NextStep) -> None:
    assert next_step_of(sentence) == step
