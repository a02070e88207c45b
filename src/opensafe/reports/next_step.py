"""The next step of a case as a reader meets it: why, and the commands, where there are any."""

from dataclasses import dataclass

_COMMAND = "Next: "
_AND = ", then "


@dataclass(frozen=True, slots=True)
class NextStep:
    """After the release `commands` is empty: what is left happens outside of opensafe, and `why` says it."""

    why: str
    commands: tuple[str, ...]


def next_step_of(sentence: str) -> NextStep:
    """Takes `CaseView.next_step` apart: "There is no plan yet. Next: opensafe plan, then opensafe plan --approve"."""
    why, mark, commands = sentence.partition(_COMMAND)
    return NextStep(why.strip(), tuple(commands.split(_AND)) if mark else ())
