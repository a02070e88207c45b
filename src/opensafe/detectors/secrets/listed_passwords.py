"""Passwords in a list that is called so: `passwords:`, and a line with a dash for each."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import judge
from opensafe.detectors.words import looks_random, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_HEAD = expression(
    rb"(?i)(?<![a-z])(?:[\w-]{0,30}[_-])?(?:pass(?:words|wds|phrases)|api[_-]?keys|secrets|tokens)[\"']?:"
    rb"[ \t]{0,4}\r?\n"
)
_ITEM = expression(
    rb"[ \t]{0,40}-[ \t]{1,4}[\"']?(?P<value>[^\s\"'#:][^\r\n\"':]{3,120}?)[\"']?[ \t]{0,8}"
    rb"(?:#[^\r\n]{0,200})?(?:\r?\n|\Z)"
)
_MOST = 200  # lines of a list


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for head in _HEAD.finditer(specimen.data, start, min(end + 2, len(specimen.data))):
        at = head.end()
        for _ in range(_MOST):
            item = _ITEM.match(specimen.data, at)
            if item is None:
                break
            at = item.end()
            text = item["value"].decode("utf-8", "replace")
            if mixes_letters_and_digits(text) or looks_random(text):
                hit = credential(
                    item.start("value"), item["value"], judge(item["value"]), "in a list of them", sure=False
                )
                yield from filter(None, [hit])


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.listed-passwords",
        title="Password in a list of passwords",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Settings keep several passwords or keys below one word. What is a word itself is passed over.",
        remedy="Change the passwords, then redact them; read them from a key store.",
        reference="CWE-256; facts: secrets 13",
        examples=(
            Example(("pass", "words:\n  - REDACTED-1\n  - ", *_VALUE, "\n"), _VALUE, "values.yaml"),
            Example(("api_", "keys:\n- '", *_VALUE, "'\n"), _VALUE, "c.yml"),
        ),
        non_examples=(
            Example(("passwords:\n  - name: x\n  - length\nother: 1\n  - ", *_VALUE, "\n"), path="values.yaml"),
            Example(("secrets:\n  - db_password\n  - api_token\n",), path="docker-compose.yml"),
        ),
    ),
    (rb"(?i:(?:pass(?:words|wds|phrases)|api[_-]?keys|secrets|tokens)[\"']?:[ \t]{0,4}\r?\n)",),
    _examine,
)
