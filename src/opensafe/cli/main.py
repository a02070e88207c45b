"""The entry point: global options, the commands, and the one handler of everything that can go wrong."""

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.globals import hoisted
from opensafe.cli.modules import MODULES, modules_for
from opensafe.cli.screen import Screen
from opensafe.cli.session import Session
from opensafe.errors import ExitCode, OpensafeError
from opensafe.reports.json_results import error_document
from opensafe.reports.json_text import to_json

_HELP = (
    "Makes a Closed git repository safe to Open: audits the whole history, guides the rotation of credentials,"
    " rewrites, proves the result, and keeps the record. Nothing leaves this machine."
)
_EPILOG = "Global options may stand before or after the command. Exit codes: see the README."


def whole_app() -> typer.Typer:
    """The command line with all its commands."""
    return _app(MODULES)


def _app(modules: Iterable[str]) -> typer.Typer:
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_HELP,
        epilog=_EPILOG,
    )
    app.callback(invoke_without_command=True)(main)
    for module in modules:
        import_module(f"opensafe.cli.commands.{module}").register(app)
    return app


def main(
    context: typer.Context,
    case: Annotated[Path | None, typer.Option("--case", help="The folder of the case.", metavar="DIR")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout and nothing else.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; a missing answer is an error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no advice.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour (as NO_COLOR).")] = False,
    version: Annotated[bool, typer.Option("--version", help="Versions of opensafe and what it stands on.")] = False,
) -> None:
    """Say where the case is and what comes next, when no command is given."""
    color = not no_color and not os.environ.get("NO_COLOR")
    session = Session(case, json, no_input, quiet, not color, Screen(color=color))
    context.obj = session
    if version:
        from opensafe.cli.versions import show_versions  # noqa: PLC0415 - what it asks takes longer than most commands

        show_versions(session)
        raise typer.Exit
    if context.invoked_subcommand is None:
        import_module("opensafe.cli.commands.status").show_next(session)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the exit code of the contract."""
    sys.exit(invoke(list(sys.argv[1:] if arguments is None else arguments)))


def invoke(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors are told, never raised."""
    words = hoisted(arguments)
    try:
        return _written(_outcome(words))
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as leaving:  # how typer and rich take a broken pipe; nothing else here ends the program
        if isinstance(leaving.__context__, BrokenPipeError):
            return _reader_left()
        return _tell_unexpected(leaving, words)


def _outcome(words: Sequence[str]) -> int:
    try:
        code = _app(modules_for(words))(args=words, prog_name="opensafe", standalone_mode=False)
    except OpensafeError as error:
        return _tell(error.cause, error.remedy, error.exit_code, words)
    except (KeyboardInterrupt, typer.Abort):
        return _tell_interrupted(words)
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk, a permission: the system's own words, and never a value
        remedy = "make room or give permission there, then run the same command again: nothing was switched"
        return _tell(f"the system refused: {error.strerror or type(error).__name__}", remedy, ExitCode.BUG, words)
    except Exception as error:  # noqa: BLE001 - the one place where anything unexpected ends
        return _tell_unexpected(error, words)
    # What a command left with (typer.Exit): typer returns it, and makes 130 of Ctrl-C. Commands return nothing.
    return _tell_interrupted(words) if code == ExitCode.INTERRUPTED else int(code or ExitCode.DONE)


def _written(code: int) -> int:
    """The code, once all that was told has left this process: a reader that is gone shows here at the latest."""
    sys.stdout.flush()
    return code


def _reader_left() -> int:
    """Whoever reads our output has seen enough (`| head`): what is left to print goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.DONE


def _tell_interrupted(words: Sequence[str]) -> int:
    cause = "interrupted: the source is as it was"
    return _tell(cause, "run the same command again: it goes on or starts anew", ExitCode.INTERRUPTED, words)


def _tell(cause: str, remedy: str, code: ExitCode, words: Sequence[str]) -> int:
    """One line of cause, one of remedy, on stderr; with `--json` the error is the document."""
    screen = Screen(color="--no-color" not in words and not os.environ.get("NO_COLOR"))
    if "--json" in words:
        screen.raw(to_json(error_document(int(code), cause, remedy)))
    screen.note(f"error: {cause}")
    screen.note(f"  next: {remedy}")
    return int(code)


def _tell_unexpected(error: BaseException, words: Sequence[str]) -> int:
    """A bug: where it happened, never what the exception says, because that may hold a value."""
    if type(error).__module__.startswith("typer") and hasattr(error, "format_message"):
        cause = error.format_message().replace("a valid int.", "a whole number.")  # typer's own word is one of Python
        return _tell(cause, "opensafe --help, or --help behind the command", ExitCode.USAGE, words)
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    cause = f"unexpected {type(error).__name__} at {where}"
    remedy = "this is a bug in opensafe: please report this line; the source is as it was"
    return _tell(cause, remedy, ExitCode.BUG, words)
