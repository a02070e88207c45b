"""Global options are accepted before the command and after it."""

from collections.abc import Sequence

_FLAGS = frozenset({"--json", "--no-input", "--quiet", "--no-color", "--version"})
_WITH_VALUE = frozenset({"--case"})


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with every global option moved to the front; behind `--` nothing is moved."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word in _FLAGS or (word.partition("=")[0] in _WITH_VALUE and "=" in word):
            front.append(word)
        elif word in _WITH_VALUE:
            front += [word, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(word)
    return front + rest
