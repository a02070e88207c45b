"""Opens the source of a case: the same reading for audit, plan, rewrite and verify."""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.casework.handed_in import bytes_of
from opensafe.casework.small_numbers import small_numbers_of
from opensafe.casework.source_objects import source_layout
from opensafe.casework.team_rules import rules_of
from opensafe.casework.watching import watch_list_of, watched
from opensafe.detectors.gazetteer import is_full_name
from opensafe.errors import OutOfOrder, UsageError
from opensafe.git.layout import SourceLayout
from opensafe.history.introductions import Introductions, introductions
from opensafe.history.people import people_of
from opensafe.history.reading import History, read_history
from opensafe.history.roster import Listed, read_roster
from opensafe.model.context import Context, Person
from opensafe.model.progress import Progress


def open_source(case: Case, folder: Path, progress: Progress) -> History:
    """Read the source of a case through a view made in `folder`. Nothing is written to the source."""
    return read_history(checked_layout(case), folder, progress, case.config.publish)


def checked_layout(case: Case) -> SourceLayout:
    """How the source lies on disk. Raises UsageError where it borrows objects, and nobody has said that it may."""
    layout = source_layout(case)
    if layout.alternates and not case.config.follow_alternates:
        raise UsageError(
            f"the source borrows objects from {len(layout.alternates)} other folders",
            remedy="if these are yours to read, open the case with: opensafe start REPO --follow-alternates",
        )
    return layout


def unchanged_source(case: Case, folder: Path, progress: Progress) -> History:
    """The source, provided that it is as the audit read it. Raises OutOfOrder."""
    history = open_source(case, folder, progress)
    audited = case.index.summary()
    if audited is None:
        raise OutOfOrder("this case has no audit yet", remedy="opensafe audit")
    if audited.source.digest != history.digest():
        raise OutOfOrder(
            "the source has changed since it was audited",
            remedy="read what is new, then go on: opensafe audit --since-last",
        )
    return history


def people(history: History, roster: Path | None) -> tuple[Person, ...]:
    """The people of the source's commits and tags, of its lists of authors, and of the roster, where one is given."""
    return people_among(introductions(history), roster)


def people_among(found: Introductions, roster: Path | None) -> tuple[Person, ...]:
    """The people among those who are named, and those of the roster."""
    listed = listed_on(roster) if roster else ()
    return people_of([*found.named, *(who for who in found.declared if is_full_name(who.name))], listed)


def listed_on(roster: Path) -> tuple[Listed, ...]:
    """Everybody on the roster. Raises UsageError where it names nobody: an empty list would find nobody either."""
    listed = tuple(read_roster(_roster_bytes(roster)))
    if not listed:
        raise UsageError(f"{_named(roster)} names nobody", remedy="give one person a line: name, e-mail, user name")
    return listed


def audited_roster(case: Case, given: Path | None) -> Path | None:
    """The roster that this run uses, which has to be the one of the audit. Raises UsageError, OutOfOrder."""
    used, digest = roster_of(case, given)
    if digest != case.config.roster_digest:
        raise OutOfOrder(
            "the roster is not as it was when the source was audited",
            remedy="look for the people who are on it now: opensafe audit --since-last --roster FILE",
        )
    return used


def roster_of(case: Case, given: Path | None) -> tuple[Path | None, str]:
    """The roster that this run uses, and its keyed digest. Fails closed: a case that had one needs it again."""
    wanted = given or (Path(case.config.roster) if case.config.roster else None)
    if wanted is None:
        return None, ""
    return wanted, case.key.digest("roster", _roster_bytes(wanted))


def _roster_bytes(file: Path) -> bytes:
    return bytes_of(file, _named(file), remedy="give it again with --roster FILE: without it names would be missed")


def _named(roster: Path) -> str:
    return f"the roster {shown_path(roster)}"


def context_of(
    case: Case, history: History, roster: Path | None, cache: str | None, watch: Path | None = None
) -> Context:
    """The people of the history and of the roster, the rules of the team, and what the organisation set.

    `watch` is its watch-list, where it is not the one that the case remembers. Raises UsageError.
    """
    return context_among(case, people(history, roster), cache, watch)


def context_among(case: Case, known: tuple[Person, ...], cache: str | None, watch: Path | None = None) -> Context:
    """The same, with people who are known already."""
    rules = (*rules_of(case), *watched(watch_list_of(case, watch)))
    return Context(known, cache, rules, small_numbers_of(case))
