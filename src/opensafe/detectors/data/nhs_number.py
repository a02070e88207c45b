"""Single NHS numbers: the check digit proves nothing without a context word."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.fullnames import full_names
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.detectors.nhsnumbers import (
    TRIGGER,
    candidates,
    digits_of,
    is_issued,
    is_test_number,
    is_valid,
    nhs_number_hit,
    sample_numbers,
)
from opensafe.detectors.textlines import line_around
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Role, Specimen

_CONTEXT = expression(
    rb"(?i)nhs(?:[ _.-]|&nbsp;){0,2}(?:no|num|id)|pseudo|patient|(?<![a-z])(?:mrn|spell|dob|d\.o\.b)(?![a-z])"
    rb"|opt(?:ed)?[ _-]?out(?:s|\b)|date of birth|\^nhs?\^|\^(?:nhs|nh)(?![a-z])"
)  # the last ones are fields of HL7
_LABEL = expression(rb"(?i)(?<![a-z])nhs(?:\W{1,4}(?:(?:val|value|text|is|was|of)\W{1,3})?|_)\Z")
_LABEL_REACH = 18
_RECORD = expression(
    rb"(?<![\w/.-])(?:[A-Z]{1,2}(?:[0-9]{1,2}|[0-9][A-Z]) ?[0-9][ABD-HJLNP-UW-Z]{2}"
    rb"|(?:0[1-9]|[12]\d|3[01])[/.-](?:0[1-9]|1[0-2])[/.-](?:19|20)\d\d)(?![\w/.-])"
)  # a postcode or a date as people write it
_ROW_REACH = 200
_TAG_REACH = 4_000
_ADDRESS = expression(rb"://[^\s\"'<>]{1,300}[/=]\Z")
_ADDRESS_REACH = 310
_NEAR = 400  # bytes to each side in which other numbers of ten digits are looked at
_MANY = 4
_GROUPED = "valid, in an issued range and grouped as NHS numbers are, but without a context word"
_AS_TELEPHONES = "valid, but without a context word and written as telephone numbers in America are"
_RUNS = (b"0123456789", b"1234567890", b"9876543210")


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in candidates(specimen.data, start, end):
        digits = digits_of(match.group())
        if is_valid(digits):
            by_chance = specimen.role is Role.BINARY or _is_among_others(specimen.data, match)
            in_context = _is_in_context(specimen.data, match) or (not by_chance and _is_in_record(specimen.data, match))
            hit = _judge(match, digits, in_context=in_context)
            if (
                hit is not None
                and hit.severity is Severity.LOW
                and not by_chance
                and _is_beside_name(specimen.data, match)
            ):
                hit = replace(
                    hit, severity=Severity.MEDIUM, why="valid, in an issued range, on a line with somebody's name"
                )
            if hit is not None and (in_context or not (by_chance or _is_other_kind(specimen.data, match))):
                yield hit
            elif hit is not None and not by_chance and match["joint"] == b"-" and is_issued(digits):
                yield nhs_number_hit(match, Severity.LOW, Confidence.LOW, _AS_TELEPHONES)


def _is_in_context(data: bytes, match: re.Match[bytes]) -> bool:
    if _CONTEXT.search(around(data, *match.span())):
        return True
    return _LABEL.search(data, max(0, match.start() - _LABEL_REACH), match.start()) is not None


def _is_in_record(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether a postcode or a date stands on its line, as in the row of a patient."""
    start = max(0, match.start() - _ROW_REACH)
    before = data[start : match.start()].rpartition(b"\n")[2]
    behind = data[match.end() : match.end() + _ROW_REACH].partition(b"\n")[0]
    return _RECORD.search(before + b"\n" + behind) is not None


def _is_beside_name(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether a known given name and a known surname stand on its line, as in a note about a patient."""
    start, end = line_around(data, match.start())
    line = data[max(start, match.start() - _ROW_REACH) : min(end, match.end() + _ROW_REACH)]
    return any(name.sure for name in full_names(line))


def _is_other_kind(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether its form is that of telephone numbers in America, or its place that of an office program's numbers."""
    return (match["joint"] in {b"-", b"."} and not _is_among_valid(data, match)) or _is_of_markup(data, match)


def _is_among_valid(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether other valid numbers stand near, and none with the wrong check digit."""
    near = candidates(data, max(0, match.start() - _NEAR), min(len(data), match.end() + _NEAR))
    numbers = {digits_of(other.group()) for other in near}
    return len(numbers) > 1 and all(map(is_valid, numbers))


def _is_among_others(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether its neighbours say that it is a number among others: most of those have the wrong check digit."""
    near = candidates(data, max(0, match.start() - _NEAR), min(len(data), match.end() + _NEAR))
    numbers = {digits_of(other.group()) for other in near}
    valid = sum(map(is_valid, numbers))
    is_in_address = _ADDRESS.search(data, max(0, match.start() - _ADDRESS_REACH), match.start()) is not None
    return is_in_address or (len(numbers) >= _MANY and 2 * valid < len(numbers))


def _is_of_markup(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether it is the value of an attribute: office programs number everything with ten digits."""
    start = max(0, match.start() - _TAG_REACH)
    return data[match.start() - 2 : match.start()] == b'="' and data.rfind(b"<", start, match.start()) > data.rfind(
        b">", start, match.start()
    )


def _judge(match: re.Match[bytes], digits: bytes, *, in_context: bool) -> Hit | None:
    if digits in _RUNS or (is_test_number(digits) and not in_context and not digits.startswith(b"999")):
        return None
    if is_test_number(digits):
        return nhs_number_hit(match, Severity.INFO, Confidence.LOW, "valid, in the range kept for tests")
    if in_context and is_issued(digits):
        return nhs_number_hit(match, Severity.HIGH, Confidence.HIGH, "valid, in an issued range, beside a context word")
    if in_context:
        return nhs_number_hit(
            match, Severity.MEDIUM, Confidence.LOW, "valid, beside a context word, but of no issued range"
        )
    if is_issued(digits) and match["joint"] == b" ":
        return nhs_number_hit(match, Severity.MEDIUM, Confidence.MEDIUM, _GROUPED)
    if is_issued(digits):
        return nhs_number_hit(
            match, Severity.LOW, Confidence.LOW, "valid, but without a context word: 1 in 11 is by chance"
        )
    return None


(_TEST,) = sample_numbers(999_123_456, 1)

DETECTOR = PatternDetector(
    Card(
        id="data.nhs-number",
        title="NHS number",
        category=Category.DATA,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="An NHS number identifies one patient. Sure beside a context word (100 characters); one ten-digit "
        "number in eleven "
        "passes the check by chance. Numbers beginning with 9 are never issued: information only.",
        remedy="Treat as a possible data breach: tell the information governance team, then redact or remove the file.",
        reference="NHS data dictionary, NHS NUMBER; facts: data 2 and 3",
        examples=(
            Example(("nhs number ", _TEST[:3], " ", _TEST[3:6], " ", _TEST[6:]), (_TEST,)),
            Example(("id <- '", _TEST, "'"), (_TEST,)),
            Example(("NHS number ", _TEST[:3], ".", _TEST[3:6], ".", _TEST[6:]), (_TEST,)),
            Example(("NHS No ", _TEST[:3], "  ", _TEST[3:6], "  ", _TEST[6:]), (_TEST,), "letter.txt"),
            Example(("NHS No ", "\N{NO-BREAK SPACE}".join((_TEST[:3], _TEST[3:6], _TEST[6:]))), (_TEST,), "letter.txt"),
            Example(("('", _TEST[:3], "-", _TEST[3:6], "-", _TEST[6:], "', 'ZE9 9ZZ')"), (_TEST,), "rows.py"),
            Example(("$('#nhs').val('", _TEST[:3], "-", _TEST[3:6], "-", _TEST[6:], "');"), (_TEST,), "app.js"),
        ),
        non_examples=(
            Example(("nhs number ", "7" * 10)),
            Example(("patient id12", _TEST)),
            Example(("patient ", _TEST, "1")),
            Example(("call ", _TEST[:3], "-", _TEST[3:6], "-", _TEST[6:])),
            Example(("version 1.", _TEST[:3], ".", _TEST[3:6], ".", _TEST[6:], " for a patient")),
            Example(("patient 0.", _TEST)),
            Example(("patients  12  ", _TEST[:3], "  ", _TEST[3:6], "  ", _TEST[6:], "  17")),
            Example(("patient NHS-NUMBER-REDACTED",)),
            Example(("started at 1500000000, patient 1",)),
            Example(("see https://ci.example/runs/", _TEST)),
            Example(('digits = "98765', '43210"  # of a patient')),
        ),
    ),
    (TRIGGER,),
    _examine,
)
