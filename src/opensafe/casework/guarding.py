"""What keeps an open repository clean: which findings stop a commit or a push, and what was decided about them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opensafe.casefile.find import default_case_folder, find_case, is_case
from opensafe.casefile.folder import Case
from opensafe.casefile.location import repository_around
from opensafe.casework.source import listed_on, roster_of
from opensafe.casework.team_rules import rules_of
from opensafe.casework.watching import watch_list_of, watched
from opensafe.errors import SourceUnreadable
from opensafe.git.layout import SourceLayout, read_layout
from opensafe.history.people import people_of
from opensafe.model.context import Context
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Confidence, Finding, Severity, State
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing, state_at
from opensafe.model.teamrule import TEAM, TeamRule
from opensafe.scan.settings import ScanSettings

_PASSES = frozenset({State.KEEP, State.NOT_A_FINDING})
_ON_ROSTER = "[somebody on the roster]"

Taken = Mapping[str, Sequence[Decision]]


@dataclass(frozen=True, slots=True)
class Guard:
    """The key and the decisions of the case where there is one; without a case nothing was decided."""

    settings: ScanSettings
    taken: Taken


def guard_of(case: Case | None, cache: str | None, named: Sequence[TeamRule] = ()) -> Guard:
    """Names are searched for only where the case has a roster; `named` are rules beside those of the case.

    Raises UsageError where the roster or the rules of the case cannot be read.
    """
    watch = watched(watch_list_of(case)) if case else ()
    rules = tuple(dict.fromkeys([*rules_of(case), *watch, *named]))
    if case is None:
        return Guard(ScanSettings(Context((), cache, rules), FingerprintKey(os.urandom(KEY_BYTES))), {})
    roster, _ = roster_of(case, None)
    people = people_of((), listed_on(roster)) if roster else ()
    return Guard(ScanSettings(Context(people, cache, rules), case.key), standing(case.decisions.read(), case.today))


def repository_here(here: Path, git_dir: str = "") -> SourceLayout:
    """The repository that `here` is or lies in; in a hook the one that git names (GIT_DIR), where that is another.

    Raises SourceUnreadable.
    """
    around = repository_around(here)
    named = (here / git_dir).resolve() if git_dir else None
    if around is None and named is None:
        raise SourceUnreadable(f"{here} lies in no git repository", remedy="opensafe guard run REPO names one")
    layout = read_layout(around) if around else None
    if layout is not None and named in {None, layout.git_dir.resolve()}:
        return layout
    return read_layout(named or here)


def case_of(layout: SourceLayout, named: Path | None, environment: Mapping[str, str]) -> Case | None:
    """The case of `--case` or OPENSAFE_CASE (which must be one), else the one beside this repository, if any.

    A linked work tree has that of the repository that it belongs to.
    """
    if named is not None or environment.get("OPENSAFE_CASE"):
        return Case.open(find_case(named, environment, layout.root))
    beside = (default_case_folder(folder) for folder in (layout.root, layout.common_dir))
    return next((Case.open(case) for case in beside if is_case(case) and repository_around(case) is None), None)


def blocking(findings: Iterable[Finding], taken: Taken) -> Iterator[Finding]:
    """The findings that stop it, each with those of its places that nobody let pass."""
    for finding in findings:
        if not _matters(finding):
            continue
        places = tuple(p for p in finding.places if state_at(taken.get(finding.id, ()), p) not in _PASSES)
        if places:
            yield replace(finding, places=places, occurrences=len(places))


def _matters(finding: Finding) -> bool:
    """Questions about files always; credentials and personal data that are sure enough; people of the roster.

    What a rule of the team sees matters in every category: they said so.
    """
    if finding.category is Category.FILE:
        return True
    if finding.confidence is Confidence.LOW:
        return False
    if any(witness.startswith(TEAM) for witness in finding.witnesses):
        return finding.severity.rank <= Severity.MEDIUM.rank
    if finding.category is Category.NAME:
        return finding.person is not None
    return finding.category in {Category.SECRET, Category.DATA} and finding.severity.rank <= Severity.MEDIUM.rank


def without_numbers(finding: Finding) -> Finding:
    """People are numbered anew in each run here: a number would be taken for that of the case."""
    return finding if finding.person is None else replace(finding, person=None, masked=_ON_ROSTER)


def place_states(findings: Iterable[Finding], taken: Taken) -> dict[FindingId, tuple[State, ...]]:
    """For each finding that something was decided about, the states of its places in their order."""
    return {f.id: tuple(state_at(taken[f.id], place) for place in f.places) for f in findings if f.id in taken}
