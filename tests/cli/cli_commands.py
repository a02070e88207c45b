"""All commands of the command line, as its own parser knows them."""

from collections.abc import Iterator
from typing import Any

import typer

from opensafe.cli.main import whole_app

ELSEWHERE = frozenset({"guard"})
"""Commands that have tests of their own."""


def commands() -> dict[str, Any]:
    """Every command by the words that call it (`rotate list`), and the program itself (an empty text)."""
    found = _below("", typer.main.get_command(whole_app()))
    return {words: command for words, command in found if words.partition(" ")[0] not in ELSEWHERE}


def _below(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _below(f"{words} {name}".strip(), inner)


def options_of(command: Any) -> set[str]:
    """The names of its options, both of a pair such as `--crown-body/--no-crown-body`."""
    return {
        name
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
