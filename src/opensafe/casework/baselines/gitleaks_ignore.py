"""`.gitleaksignore`: fingerprints `COMMIT:FILE:RULE:LINE` or `FILE:RULE:LINE` of what gitleaks passes over."""

import re
from collections.abc import Iterator

from opensafe.casework.baselines.entry import Entry, posix
from opensafe.model.decision import Action

_LINE = re.compile(r"(?:[0-9a-f]{40,64}:)?(?P<path>[^:\n]{1,4096}):(?P<rule>[\w.-]{1,100}):(?P<line>\d{1,9})")
_EVIDENCE = "gitleaks was told to pass over this line (.gitleaksignore)"


def entries(text: str) -> Iterator[Entry] | None:
    """`None` where some line is no fingerprint."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    matches = [_LINE.fullmatch(line) for line in lines if line]
    if not matches or None in matches:
        return None
    return (
        Entry(Action.NOT_A_FINDING, _EVIDENCE, path=posix(match["path"]), line=int(match["line"]))
        for match in matches
        if match is not None
    )
