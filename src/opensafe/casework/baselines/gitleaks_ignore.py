"""`.gitleaksignore`: fingerprints `COMMIT:FILE:RULE:LINE` or `FILE:RULE:LINE` of what gitleaks passes over."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.casework.baselines.entry import Entry, posix
from opensafe.model.decision import Action
from opensafe.model.expressions import expression

_LINE = expression(r"(?:[0-9a-f]{40,64}:)?(?P<path>[^:\n]{1,4096}):(?P<rule>[\w.-]{1,100}):(?P<line>\d{1,9})")
_EVIDENCE = "gitleaks was told to pass over this line (.gitleaksignore)"


def entries(text: str) -> Iterator[Entry] | None:
    """`None` where no line is a fingerprint; one that is none, which gitleaks leaves out, is about nothing."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    matches = [_LINE.fullmatch(line) for line in lines if line]
    return map(_entry, matches) if any(matches) else None


def _entry(match: re.Match[str] | None) -> Entry:
    nothing = Entry(Action.NOT_A_FINDING, _EVIDENCE)
    return replace(nothing, path=posix(match["path"]), line=int(match["line"])) if match else nothing
