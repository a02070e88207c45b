"""Comments that tell scanners to look away: shown for review, never obeyed. Each kind of comment is one finding."""

from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_SIGN = rb"(?:#|//|--|/\*)\s{0,4}"  # short words count behind the sign of a comment only
_COMMENT = expression(
    rb"(?i)(?:"
    rb"(?P<tool>(?:gitleaks|betterleaks|talisman):allow|trufflehog:ignore|kingfisher:(?:ignore|allow)"
    rb"|talisman[:-]ignore|secretlint-disable(?:-next-line|-line)?|checkov:skip(?==CKV_SECRET_))"
    rb"|(?P<pragma>pragma: ?(?:allow|white)list[ -](?:nextline[ -])?secret)"
    rb"|(?<![\w-])(?P<word>ggignore)(?![\w-])"
    rb"|" + _SIGN + rb"(?P<short>nosecret|nosemgrep|nosem|nosec|NOSONAR)(?![\w-])"
    rb"|#\s{0,4}(?:ruff: ?)?noqa:[ \t\w,]{0,80}?(?<!\w)(?P<rule>S10[567])(?!\d)"
    rb")"
)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _COMMENT.finditer(specimen.data, start, end):
        kind = match.lastgroup or "tool"
        words = match[kind].lower()
        yield Hit(
            start=match.start(kind),
            end=match.end(kind),
            value=Secret(words.replace(b" ", b""), "comment"),
            form=Form.OTHER,
            severity=Severity.INFO,
            confidence=Confidence.HIGH,
            why=f"the comment “{words.decode('ascii', 'replace')}”: what it excuses was judged like everything else",
        )


DETECTOR = PatternDetector(
    Card(
        id="secrets.allow-comments",
        title="Comment that tells scanners to look away",
        category=Category.SETTING,
        severity=Severity.INFO,
        scope=Scope.PASSAGE,
        why="Such a comment says that somebody saw a warning here and chose to pass over it. Often it was right, "
        "sometimes it hides the very line that matters. It is never obeyed.",
        remedy="Look at the lines beside it, then keep it with a reason: one decision holds for all of its kind.",
        reference="facts: history 14.15; manuals of gitleaks, detect-secrets, TruffleHog, ggshield, Kingfisher, "
        "Bandit, Ruff (S105 to S107), Semgrep",
        examples=(
            Example(('key = "x"  # gitleaks:', "allow"), ("gitleaks:", "allow")),
            Example(("key: x # pragma: allow", "list secret"), ("pragma:allow", "listsecret"), "a.yml"),
            Example(("key: x # pragma: white", "list secret"), ("pragma:white", "listsecret"), "a.yml"),
            Example(("x = 1 // trufflehog:", "ignore"), ("trufflehog:", "ignore"), "a.js"),
            Example(("x = 1  # gg", "ignore"), ("gg", "ignore"), "a.py"),
            Example(("x = 1  # kingfisher:", "ignore"), ("kingfisher:", "ignore"), "a.py"),
            Example(("run(x)  # no", "sec B105"), ("no", "sec"), "a.py"),
            Example(("x = 1  # noqa: E501, S1", "05"), ("s1", "05"), "a.py"),
            Example(("x = 1  # no", "semgrep: some.rule"), ("no", "semgrep"), "a.py"),
        ),
        non_examples=(
            Example(("x = 1  # noqa: E501",), path="a.py"),
            Example(("x = 1  # noqa: S101",), path="a.py"),
            Example(("nosec <- 5",)),
            Example(("for sec in range(3): no sec",), path="a.py"),
            Example(("run gitleaks and allow it",), path="notes.txt"),
            Example(("eggignore",), path="notes.txt"),
        ),
    ),
    (
        rb"(?i:(?:gitleaks|betterleaks|talisman|kingfisher):allow|(?:trufflehog|kingfisher|talisman):ignore)",
        rb"(?i:pragma: ?(?:allow|white)list[ -]|ggignore|talisman-ignore|secretlint-disable|checkov:skip)",
        rb"(?i:nosec|nosem|nosonar|noqa:[ \t0-9A-Za-z,]{0,80}S10[567])",
    ),
    _examine,
)
