"""What a file of another tool says about one value."""

from dataclasses import dataclass

from opensafe.model.decision import Action
from opensafe.model.expressions import expression
from opensafe.model.secret import Secret

_RULE = expression(r"[\w .:/-]{1,80}")


@dataclass(frozen=True, slots=True)
class Entry:
    """The value itself, its SHA-1, or the place alone: whatever the file gives. It is dropped after the comparison.

    `action` is what follows from the file's word, `evidence` that word in a sentence. `path` has forward slashes.
    """

    action: Action
    evidence: str
    value: Secret | None = None
    sha1: str = ""
    path: str = ""
    line: int = 0


def posix(path: object) -> str:
    """A path as git has it: tools on Windows write the other slash."""
    return path.replace("\\", "/").removeprefix("./") if isinstance(path, str) else ""


def number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def rule_name(value: object) -> str:
    """The name of a rule for a sentence; empty where it could be anything."""
    return value if isinstance(value, str) and _RULE.fullmatch(value) else ""


def secret(value: object) -> Secret | None:
    return Secret(value.encode("utf-8", "surrogatepass"), "secret") if isinstance(value, str) and value else None
