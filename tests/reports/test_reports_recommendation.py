"""Why an option is recommended."""

from dataclasses import replace

from opensafe.model.plan import Option, OptionNumbers, RewritePlan
from opensafe.reports.recommendation import POLICY, policy_steps, reasons


def _row(option: Option, *, possible: bool = True, after: int = 8, why: str = "because") -> OptionNumbers:
    return OptionNumbers(option, possible, why, 8, after, 3, 8 - after, 0, 0, 1, 1, after // 4, 2)


ROWS = (
    _row(Option.REVIEW, possible=False, why="decisions change what would be published"),
    _row(Option.REWRITE),
    _row(Option.SQUASH, after=1),
    _row(Option.NEW_REPOSITORY, after=1),
)
PLAN = RewritePlan(Option.REWRITE, Option.REWRITE, "s", "d", "x", {}, ROWS)


def test_every_option_has_its_sentence_and_its_place_in_the_policy() -> None:
    always, *each = reasons(PLAN)
    assert POLICY in always
    assert "rotate every credential" in always
    assert [sentence.split(" (")[0] for sentence in each] == [
        "Not possible is review",
        "Recommended is rewrite",
        "Harder than needed is squash",
        "Harder than needed is new-repository",
    ]
    assert all(step in sentence for step, sentence in zip(policy_steps().values(), each, strict=True))


def test_the_reason_names_what_milder_options_cannot_do_and_what_harder_ones_cost() -> None:
    sentences = reasons(PLAN)
    assert "it carries out every decision, and review cannot; 8 of 8 commits stay" in sentences[2]
    assert sentences[1].endswith("decisions change what would be published.")
    assert sentences[3].endswith("8 commits would become 1, without 7 tags and 2 authors.")


def test_publishing_as_it_is_is_recommended_where_nothing_has_to_change() -> None:
    plan = replace(PLAN, recommended=Option.REVIEW, numbers=(_row(Option.REVIEW), *ROWS[1:]))
    sentences = reasons(plan)
    assert "Recommended is review" in sentences[1]
    assert "nothing has to change; 8 of 8 commits stay" in sentences[1]
    assert sentences[2].endswith("it changes more than was decided.")
