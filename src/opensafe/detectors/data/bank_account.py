"""Bank accounts: an account number of eight digits beside a sort code, behind words for them."""

import re
from collections.abc import Iterator

from opensafe.detectors.identifiers import Identifier, without_joints
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

SORT_CODE = Identifier(
    kind="sort code", words=rb"sort[ _-]?code", header=rb"sort[ _-]?code", shape=rb"[0-9]{2}([ -]?)[0-9]{2}\1[0-9]{2}"
)
ACCOUNT_NUMBER = Identifier(
    kind="account number",
    words=rb"acc(?:oun)?t?[ _-]?(?:no|num|number)",
    header=rb"(?:bank[ _-]?)?acc(?:oun)?t?[ _-]?(?:no|num|number)|bank[ _-]?account",
    shape=rb"[0-9]{8}",
    is_valid=lambda value: len(set(value)) > 1,
)

_BOTH = expression(
    rb"(?i)sort[ _-]?code[^\r\n0-9]{0,30}(?P<sort>[0-9]{2}(?P<j>[ -]?)[0-9]{2}(?P=j)[0-9]{2})(?![0-9])"
    rb"[^0-9]{0,60}(?P<account>[0-9]{8})(?![0-9])"
    rb"|acc(?:oun)?t?[ _.-]{0,2}(?:no|num|number)?[^\r\n0-9]{0,30}(?<![0-9])(?P<account2>[0-9]{8})(?![0-9])"
    rb"[^0-9]{0,60}sort[ _-]?code[^\r\n0-9]{0,30}(?P<sort2>[0-9]{2}(?P<k>[ -]?)[0-9]{2}(?P=k)[0-9]{2})(?![0-9])"
)

_KEYED = expression(
    rb"(?i)[\"'](?:" + ACCOUNT_NUMBER.header + rb")[\"']\s{0,3}:\s{0,3}[\"']?(?P<account>[0-9]{8})(?![0-9.])"
)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _KEYED.finditer(specimen.data, start, end):
        hit = ACCOUNT_NUMBER.hit(match.start("account"), match["account"], "an account number behind its key")
        if hit is not None:
            yield hit
    for match in _BOTH.finditer(specimen.data, start, end):
        for name in ("sort", "account", "account2", "sort2"):
            if match[name]:
                yield _hit(match, name)


def _hit(match: re.Match[bytes], name: str) -> Hit:
    return Hit(
        start=match.start(name),
        end=match.end(name),
        value=Secret(without_joints(match[name]), "bank account"),
        form=Form.OTHER,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why="a sort code and an account number, each behind its word",
    )


DETECTOR = PatternDetector(
    Card(
        id="data.bank-account",
        title="Bank account",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Sort code and account number together are somebody's account. Each counts only with the other and "
        "its word, or in a column or behind a key that is named so.",
        remedy="Redact; tell the holder where it is a person's.",
        reference="Vocalink, standard for sort codes and account numbers; facts: data 2",
        examples=(
            Example(("Sort code: 20-", "45-31, account number 7310", "4628"), ("2045", "31")),
            Example(("Sort code: 20-", "45-31, account number 7310", "4628"), ("7310", "4628")),
            Example(('{"account_number": "7310', '4628"}'), ("7310", "4628"), "a.json"),
        ),
        non_examples=(
            Example(("sort code 1, then 2",)),
            Example(("account number 73104628",)),
            Example(("sort code 20-45-31",)),
            Example(('{"account_number": "731046281"}',), path="a.json"),
        ),
    ),
    (
        rb"(?i:sort[ _-]?code)",
        rb"(?i:acc(?:oun)?t?[ _-]?(?:no|num|number)[\"']\s{0,3}:\s{0,3}[\"']?[0-9]{8})",
        rb"(?i:bank[ _-]?account[\"']\s{0,3}:\s{0,3}[\"']?[0-9]{8})",
    ),
    _examine,
)
