"""Initials beside a date in a comment, as people sign their changes: `-- 12/03/2021 ZQ: only open spells`."""

import re
from collections.abc import Iterator

from opensafe.detectors.acquaintances import acquaintances_of
from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = (
    rb"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|20[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[ -]?"
    + _MONTH
    + rb"[ -]?(?:20)?[0-9]{2})"
)
_JOINT = rb"[ \t]{0,3}[|:;,(\[-]?[ \t]{0,3}"
_AFTER = _DATE + _JOINT + rb"[A-Z]{2,3}(?:[^A-Za-z0-9_.]|$)"
_BEFORE = rb"(?:^|[^A-Za-z0-9_.])[A-Z]{2,3}" + _JOINT + _DATE
_COMMENT = expression(rb"--|/\*|#|^[ \t]{0,40}(?:\*|//|%|'|<!--)", re.MULTILINE)
_SIGNED = expression(
    rb"(?<![\w/.-])" + _DATE + _JOINT + rb"(?P<after>[A-Z]{2,3})(?![\w.])"
    rb"|(?<![\w.])(?P<before>[A-Z]{2,3})" + _JOINT + _DATE + rb"(?![\w/-])"
)
_NAMED = expression(  # 02/05/2019 J. Smith: …
    rb"(?<![\w/.-])"
    + _DATE
    + rb"[ \t]{0,4}[|:;,(\[-]?[ \t]{1,4}(?P<after>[A-Z]\.?[ ]?(?P<late>[A-Z][a-z'-]{2,20}))(?![\w.])"
    rb"|(?<![\w.])(?P<before>[A-Z]\.?[ ]?(?P<early>[A-Z][a-z'-]{2,20}))[ \t]{0,4}[|:;,(\[-]?[ \t]{1,4}"
    + _DATE
    + rb"(?![\w/-])"
)
_NO_INITIALS = frozenset(
    b"AM PM GMT BST UTC NHS SQL FY QA UAT TBC WIP CSV ICB CCG ICS PCT NB TO BY ON AT IN OF IS AS OR AND NOT THE FOR"
    b" FIX BUG ADD NEW OLD END SET ID DB LA GP ED OP IP HES SUS ECDS TFC HRG ICD YTD MTD QTR DOB DOD ETL API URL PR"
    b" MR DR MS UK EU US V RC MVP KPI SLA EPR PAS RTT CDS MHS IAF LAD CSU DQ BI R CI CD VM PC NO IF DO GO SEP".split()
)


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        if not _COMMENT.search(specimen.data[start:end]):
            return
        for match in _SIGNED.finditer(specimen.data, start, end):
            group = "after" if match["after"] else "before"
            if match[group] not in _NO_INITIALS:
                yield _hit(match.start(group), match[group], people.with_initials(match[group]))
        for match in _NAMED.finditer(specimen.data, start, end):
            surname = (match["late"] or match["early"]).decode()
            if known_names().is_surname(surname) and not known_names().is_word_surname(surname):
                group = "after" if match["after"] else "before"
                yield _named(match.start(group), match[group], people.called(match[group]))

    return examine


def _hit(start: int, initials: bytes, person: int | None) -> Hit:
    return Hit(
        start=start,
        end=start + len(initials),
        value=Secret(b"initials " + initials, "initials"),
        form=Form.LOGIN,
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        why="initials beside a date in a comment" + ("" if person is None else ", those of somebody who is known"),
        person=person,
    )


def _named(start: int, name: bytes, person: int | None) -> Hit:
    return Hit(
        start=start,
        end=start + len(name),
        value=Secret(canonical_name(name), Form.PERSON_NAME.value),
        form=Form.PERSON_NAME,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why="an initial and a known surname beside a date in a comment",
        person=person,
    )


DETECTOR = PersonalDetector(
    Card(
        id="names.dated-initials",
        title="Initials beside a date",
        category=Category.NAME,
        severity=Severity.LOW,
        scope=Scope.PASSAGE,
        why="People sign changes to a query so. Colleagues know whose initials they are; for review only.",
        remedy="Keep them where the person wants credit; else redact.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(
                (
                    "-- 12/03/2021 Z",
                    "Q: only open spells",
                ),
                ("initials Z", "Q"),
                "a.sql",
            ),
            Example(
                (
                    "/* J",
                    "RB 4 Mar 2020 added join */",
                ),
                ("initials J", "RB"),
                "a.sql",
            ),
            Example(("-- 12/03/2021 J. Hug", "hes: only open spells"), ("j. hug", "hes"), "a.sql"),
            Example(("' Amended J Hug", "hes 3/4/12"), ("j hug", "hes"), "a.bas"),
            Example(
                (
                    "# 2021-03-12 (Z",
                    "Q) recoded",
                ),
                ("initials Z", "Q"),
                "a.R",
            ),
        ),
        non_examples=(
            Example(("-- 12/03/2021 UAT passed",), path="a.sql"),
            Example(("-- FY 2021-03-12",), path="a.sql"),
            Example(("-- 12/03/2021 A. Table added, B Side 3/4/12",), path="a.sql"),
            Example(("where d > '12/03/2021' AND",), path="a.sql"),
            Example(("ZQ,12/03/2021,4\n",), path="notes.txt"),
        ),
    ),
    (
        _AFTER,
        _BEFORE,
        _DATE + _JOINT + rb"[A-Z]\.?[ ]?[A-Z][a-z'-]{2,20}",
        rb"(?:^|[^A-Za-z0-9_.])[A-Z]\.?[ ]?[A-Z][a-z'-]{2,20}" + _JOINT + _DATE,
    ),
    _prepare,
)
