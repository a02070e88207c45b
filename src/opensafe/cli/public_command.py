"""Runs a public command from within another one, as `demo` and `guide` do: through the entry point, like a person."""

from collections.abc import Sequence


def typed(words: Sequence[str]) -> str:
    """The command as a person would type it."""
    return "$ opensafe " + " ".join(f'"{word}"' if " " in word else word for word in words)


def run_public(words: Sequence[str], *, no_color: bool) -> int:
    """The exit code of a command; it tells its own errors."""
    from opensafe.cli.main import invoke  # noqa: PLC0415 - the entry point imports the commands, and they this

    return invoke([*(["--no-color"] if no_color else []), *words])
