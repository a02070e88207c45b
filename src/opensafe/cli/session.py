"""What holds for one run of the command line: the global options, the case, the two output channels."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
import typer

from opensafe.casefile.closing import refuse_closed
from opensafe.casefile.find import find_case
from opensafe.casefile.folder import Case
from opensafe.casework.late_clock import SET_THE_CLOCK, late_clock
from opensafe.casework.read_only import refuse_read_only
from opensafe.cli.screen import Screen
from opensafe.errors import ExitCode, NoCase, OpensafeError, PromptNeeded
from opensafe.model.progress import NoProgress, Progress
from opensafe.reports.json_text import to_json, with_items


@dataclass(slots=True)
class Session:
    """Global options, as given before or after the command."""

    case_folder: Path | None = None
    json: bool = False
    no_input: bool = False
    quiet: bool = False
    no_color: bool = False
    screen: Screen = field(default_factory=lambda: Screen(color=False))
    clock_told: bool = False

    def case(self) -> Case:
        """The case that this command is about. Raises NoCase."""
        return self.looked_at(Case.open(find_case(self.case_folder, os.environ, Path.cwd())))

    def looked_at(self, case: Case) -> Case:
        """The same case. Where the clock is behind its record, that is told once, to `--quiet` too."""
        with suppress(OpensafeError):  # of a log that cannot be read the command itself speaks
            if not self.clock_told and (told := late_clock(case)):
                self.announce(f"warning: {told}, which is the day that counts")
                self.announce(f"  next: {SET_THE_CLOCK}")
                self.clock_told = True
        return case

    def case_to_change(self, command: str) -> Case:
        """The same for a command that writes to it, before that asks or reads anything.

        Raises UsageError for a case that is closed, or can only be read here.
        """
        case = self.case_that_is_open(command)
        refuse_read_only(case)
        return case

    def case_that_is_open(self, command: str) -> Case:
        """The same for a command that makes something of the case, for which reading is enough."""
        case = self.case()
        refuse_closed(case.closing, command)
        return case

    def case_if_any(self) -> Case | None:
        """The same for a command that needs none; one that was named has to be there. Raises NoCase."""
        try:
            return self.case()
        except NoCase:
            if self.case_folder is not None or os.environ.get("OPENSAFE_CASE"):
                raise
            return None

    @contextmanager
    def working(self) -> Iterator[Progress]:
        """A progress bar on stderr where somebody watches and wants colour (facts, interfaces 1), else nothing."""
        if not sys.stderr.isatty() or self.quiet or self.no_color:
            yield NoProgress()
            return

        from opensafe.cli.progress import TerminalProgress  # noqa: PLC0415 - most are done before a bar is of use

        bar = TerminalProgress()
        try:
            yield bar
        finally:
            bar.close()

    def document(self, document: dict[str, Any]) -> None:
        """With `--json`: the one document on stdout."""
        self.screen.raw(to_json(document))

    def document_with(self, document: dict[str, Any], field: str, items: Iterable[str]) -> None:
        """The same, with one of its lists as texts: nothing is written before all of them are there."""
        for part in tuple(with_items(document, field, items)):
            self.screen.raw(part)

    def say(self, text: str = "") -> None:
        """A line of the result, unless `--json` wants a document there."""
        if not self.json:
            self.screen.line(text)

    def advise(self, text: str) -> None:
        """Progress and advice, on stderr; `--quiet` wants none."""
        if not self.quiet:
            self.screen.note(text)

    def announce(self, text: str) -> None:
        """What is about to be written outside the case: on stderr, and said to `--quiet` too."""
        self.screen.note(text)

    @property
    def attended(self) -> bool:
        """Whether somebody sits at the terminal who wants to be asked."""
        return not (self.no_input or self.json) and sys.stdin.isatty()

    def ask(self, question: str, flag: str, default: str = "") -> str:
        """An answer from the person at the terminal. Raises PromptNeeded naming the flag where nobody can be asked."""
        if not self.attended:
            raise PromptNeeded(f"an answer is needed: {question}", remedy=f"give it with {flag}")
        return str(typer.prompt(question, default=default or None, err=True)).strip()

    def confirm(self, question: str, flag: str = "--yes") -> bool:
        """Yes or no, as `ask`."""
        return self.ask(f"{question} [yes/no]", flag, "no").lower() in {"y", "yes"}


def session_of(context: typer.Context) -> Session:
    """The session that the entry point put into the context."""
    found = context.find_object(Session)
    if found is None:
        raise TypeError("a command was started without the entry point")
    return found


def cache_folder() -> str:
    """Where compiled rules are kept: this user's cache folder."""
    return platformdirs.user_cache_dir("opensafe", appauthor=False)


def leave(code: ExitCode) -> None:
    """End the command with this exit code."""
    if code is not ExitCode.DONE:
        raise typer.Exit(int(code))
