"""Why an option is recommended: the least destructive one that carries out every decision, in the policy's terms.

Source: NHS open source policy v1.0 (August 2022), section 4 g, with its four steps in their order.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from opensafe.model.plan import Option, OptionNumbers, RewritePlan
from opensafe.reports.wording import count, number

POLICY = "NHS open source policy v1.0, section 4 g"

_STEPS: Mapping[Option, str] = MappingProxyType(
    {
        Option.REVIEW: "step 1: the history is reviewed thoroughly and published",
        Option.REWRITE: 'step 3: "when required", some commits are removed or improved',
        Option.SQUASH: 'step 3: "when required", all commits become one, which erases documentation of development',
        Option.NEW_REPOSITORY: 'step 4: "when absolutely necessary", only the latest version moves to a new repository',
    }
)
_ALWAYS = "steps 1 and 2: review the history and rotate every credential, whatever the option"


def policy_steps() -> Mapping[Option, str]:
    """Where the policy speaks of each option."""
    return _STEPS


def reasons(plan: RewritePlan) -> tuple[str, ...]:
    """One sentence each: what always holds, then every option from the mildest on, the recommended one among them."""
    return tuple(_reasons(plan))


def _reasons(plan: RewritePlan) -> Iterator[str]:
    yield f"Always ({POLICY}, {_ALWAYS})."
    for row in plan.numbers:
        words = f"{row.option} ({_STEPS[row.option]})"
        if row.option is plan.recommended:
            yield f"Recommended is {words}: {_why(row, plan)}."
        elif not row.possible:
            yield f"Not possible is {words}: {row.why}."
        else:
            yield f"Harder than needed is {words}: {_cost(row)}."


def _why(row: OptionNumbers, plan: RewritePlan) -> str:
    """The first option that is possible is the least destructive one: they stand in that order."""
    milder = [other.option.value for other in plan.numbers[: plan.numbers.index(row)]]
    clears = "nothing has to change" if row.option is Option.REVIEW else "it carries out every decision"
    than = f", and {' and '.join(milder)} cannot" if milder else ""
    verb = "stays" if row.commits_after == 1 else "stay"
    kept = f"{number(row.commits_after)} of {count(row.commits_before, 'commit')} {verb}"
    return f"{clears}{than}; {kept}"


def _cost(row: OptionNumbers) -> str:
    merged = row.commits_after < row.commits_before
    commits = f"{count(row.commits_before, 'commit')} would become {number(row.commits_after)}" if merged else ""
    losses = ((row.tags_lost, "tag"), (row.authors_before - row.authors_kept, "author"))
    lost = " and ".join(count(lost, what) for lost, what in losses if lost)
    return ", ".join(filter(None, (commits, lost and f"without {lost}"))) or "it changes more than was decided"
