"""Global options are accepted before the command and after it."""

from collections.abc import Sequence

_FLAGS = frozenset({"--json", "--no-input", "--quiet", "--no-color"})
_WITH_VALUE = frozenset({"--case"})
_VERSION = "--version"
_WITH_OWN_VERSION = "release"  # its --version names the version to release


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with every global option moved to the front; behind `--` nothing is moved."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif _stands_alone(word, rest[:1]):
            front.append(word)
        elif word in _WITH_VALUE:
            front += [word, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(word)
    return front + rest


def command_of(words: Sequence[str]) -> str:
    """The command in words that were hoisted; nothing where an option that is not global comes before it, or none."""
    waiting = iter(words)
    for word in waiting:
        if word in _WITH_VALUE:
            next(waiting, None)
        elif not _stands_alone(word, ()):
            return word
    return ""


def _stands_alone(word: str, command: Sequence[str]) -> bool:
    """Whether the word is a whole global option."""
    name, equals, _ = word.partition("=")
    own_version = _WITH_OWN_VERSION in command
    return word in _FLAGS or (word == _VERSION and not own_version) or (name in _WITH_VALUE and bool(equals))
