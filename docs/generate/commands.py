"""`docs/commands.md`: what every command says about itself."""

import io
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout

import typer

from docs.generate.markdown import page
from opensafe.cli.main import invoke, whole_app

_HEAD = """\
# Commands

What each command answers to `--help`. This page is generated: `python -m docs.generate`.

Every line works as `opensafe …` and as `python -P -m opensafe …`. The [README](../README.md) says why there are two.
Global options may stand before or after the command.
"""


def command_names() -> list[tuple[str, ...]]:
    """Every command as it is typed, groups before their members, in the order of the help."""
    return list(_below(typer.main.get_command(whole_app()), ()))


def _below(group: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, command in getattr(group, "commands", {}).items():
        yield (*path, name)
        yield from _below(command, (*path, name))


def help_of(path: Sequence[str]) -> str:
    """What a command prints for `--help`. Eighty columns are the most that it takes."""
    with redirect_stdout(io.StringIO()) as out:
        invoke([*path, "--help"])
    return out.getvalue().strip()


def commands_page() -> str:
    sections = [((), "opensafe"), *((path, " ".join(("opensafe", *path))) for path in command_names())]
    lines = [_HEAD]
    for path, title in sections:
        lines += [f"## {title}", "", "```text", help_of(path), "```", ""]
    return page(lines)
