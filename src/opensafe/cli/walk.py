"""Deciding at the terminal, one group at a time: plain lines and numbers, so that a screen reader can follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter
from opensafe.casework.deciding import NEEDS_REASON, Decided, Ruling, Verdict
from opensafe.cli.lines import place_line
from opensafe.cli.permission_questions import asked_permission
from opensafe.cli.session import Session, cache_folder
from opensafe.errors import PromptNeeded, UsageError
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category
from opensafe.model.offered import offered_for_all
from opensafe.model.text import counted, shown
from opensafe.model.triage import Group
from opensafe.steps.decide import alone, decide
from opensafe.steps.walk import Look, look, skip, standing_before, undo, unskip, waiting_groups

_LATER = "later"
_NAMED = 12  # files of a group
_FLAGS = "opensafe decide --all --detector … --action …, or opensafe decide --suggested --by NAME"


def walk(session: Session, case: Case, chosen: Filter, by: str) -> None:
    """Ask about each group that waits. Every answer is written at once: whoever stops loses nothing."""
    if not session.attended:
        raise PromptNeeded("--walk asks at a terminal, and nobody is there to answer", remedy=f"instead: {_FLAGS}")
    groups, skipped = waiting_groups(case, chosen)
    if not groups:
        session.say("Nothing waits for a decision.")
        return
    also = f" {counted(skipped, 'group')} skipped before come at the end." if skipped else ""
    session.say(f"{counted(len(groups), 'group')} to decide about.{also} Answers are written at once.")
    _Walk(session, case, groups, by).go()


@dataclass(slots=True)
class _Walk:
    session: Session
    case: Case
    groups: tuple[Group, ...]
    by: str
    at: int = 0
    done: list[Callable[[], None]] = field(default_factory=list)

    def go(self) -> None:
        while self.at < len(self.groups):
            group = self.groups[self.at]
            seen = look(self.case, group)
            self._tell(group, seen)
            if not self._answer(group, seen):
                self.session.say("Stopped. opensafe findings --walk goes on from here.")
                return
        self.session.say("That was the last group. opensafe status tells what is left.")

    def _tell(self, group: Group, seen: Look) -> None:
        first = group.findings[0]
        say = self.session.say
        say()
        say(f"Group {self.at + 1} of {len(self.groups)}: {group.title}")
        say(f"  {counted(len(group.findings), 'finding')}, {counted(seen.reach.places, 'place')}")
        say(f"  severity {first.severity}, confidence {first.confidence}: {first.why}")
        for line in (*_names(group), *first.profile):
            say(f"  {line}")
        for name in seen.names:
            say(f"  reads: {shown(name.reveal())}")
        for place, text in seen.contexts:
            say(f"  {place_line(place)}")
            say(f"    {text}")
        if seen.suggestion is not None:
            say(f"  suggested: {seen.suggestion.sentence}")

    def _answer(self, group: Group, seen: Look) -> bool:
        """Whether to go on."""
        choices = _choices(group, can_undo=bool(self.done))
        for number, (_, words) in enumerate(choices, 1):
            self.session.say(f"  {number} {words}")
        chosen = choices[self._number(len(choices)) - 1][0]
        if chosen == "quit":
            return False
        if chosen == "undo":
            self.done.pop()()
        elif chosen == "split":
            self._split(group)
        elif chosen == "skip":
            skip(self.case, group)
            self._step(lambda: unskip(self.case, group))
        else:
            self._decide(group, Action(chosen), seen)
        return True

    def _split(self, group: Group) -> None:
        """The findings of this group one after the other."""
        before = self.groups
        self.groups = (*before[: self.at], *group.one_by_one(), *before[self.at + 1 :])

        def joined() -> None:
            self.groups = before

        self.done.append(joined)

    def _number(self, most: int) -> int:
        while True:
            said = self.session.ask(f"Your choice, 1 to {most}", _FLAGS)
            if said.isascii() and said.isdigit() and 0 < int(said) <= most:
                return int(said)
            self.session.say(f"That is no number from 1 to {most}.")

    def _decide(self, group: Group, action: Action, seen: Look) -> None:
        """One decision; where it cannot be taken, why, and the same question again."""
        before = standing_before(self.case, group.findings)
        try:
            rulings = [Ruling(Decided(group.findings), self._verdict(group, action, seen))]
            decide(self.case, rulings, cache=cache_folder())
        except UsageError as error:
            self.session.say(f"Not taken: {error.cause}")
            return
        self.session.say(f"Decided {action} for {counted(len(group.findings), 'finding')}.")
        self._step(lambda: self._take_back(group, before))

    def _verdict(self, group: Group, action: Action, seen: Look) -> Verdict:
        said = seen.suggestion
        reason = f"suggested: {said.evidence}" if said is not None and said.action is action else ""
        if action in NEEDS_REASON and not reason:
            reason = self.session.ask("Why? It goes on the record", "--reason TEXT")
        self.by = self.by or self.session.ask("Your name, for the record", "--by NAME")
        permission = asked_permission(self.session, group.findings, action)
        verdict = Verdict(action, self.by, reason=reason, permission=permission)
        if not alone(self.case, [Ruling(Decided(group.findings), verdict)]):
            return verdict
        second = self.session.ask(f"Name of a second person who agrees, or {_LATER}", "--second NAME", _LATER)
        return replace(verdict, second="" if second == _LATER else second)

    def _take_back(self, group: Group, before: tuple[Decision, ...]) -> None:
        undo(self.case, group.findings, before, by=self.by)
        self.session.say("Undone.")

    def _step(self, back: Callable[[], None]) -> None:
        def undone() -> None:
            back()
            self.at -= 1

        self.done.append(undone)
        self.at += 1


def _choices(group: Group, *, can_undo: bool) -> list[tuple[str, str]]:
    actions = [(action.value, action.value) for action in offered_for_all(group.findings)]
    split = [("split", "decide one by one")] if len(group.findings) > 1 else []
    last = [("undo", "undo the last answer")] if can_undo else []
    return [*actions, *split, ("skip", "skip for now"), *last, ("quit", "stop here")]


def _names(group: Group) -> Iterator[str]:
    """Which files a group of files is about."""
    if len(group.findings) > 1 and group.findings[0].category is Category.FILE:
        yield from (finding.masked for finding in group.findings[:_NAMED])
    if len(group.findings) > _NAMED and group.findings[0].category is Category.FILE:
        yield f"… and {len(group.findings) - _NAMED:,} more"
