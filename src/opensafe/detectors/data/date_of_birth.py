"""Dates of birth: a full date beside a word that says so; the word alone is only a column name."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_MONTHS = rb"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DAY = rb"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rb"(?P<date>" + _DAY + rb"(?P<j1>[/. -])(?:0?[1-9]|1[0-2])(?P=j1)(?:19|20)?\d\d"
    rb"|(?:19|20)\d\d(?P<j2>[/.-]?)(?:0[1-9]|1[0-2])(?P=j2)(?:0[1-9]|[12]\d|3[01])"
    rb"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    rb"|" + _DAY + rb"(?:st|nd|rd|th)?(?: of)?(?P<j3>[ /-]?)" + _MONTHS + rb",?(?P=j3)(?:(?:19|20)\d\d|\d\d(?! ?[a-z]))"
    rb"|" + _MONTHS + rb" " + _DAY + rb"(?:st|nd|rd|th)?,? (?:19|20)\d\d)(?![\d/-])"
)
_BIRTH = (
    rb"(?i:(?<![a-z])d\.?o\.?bs?(?![a-z])|(?<![a-z])dob[ _-]|birth(?!time|weight|day [A-Z])|(?<![a-z])born(?![a-z])"
    rb"|(?<![\w.])b\.(?= ?\d))"
)
_TAGS = rb"[ :.]{0,3}(?:</?\w{1,10}(?: [^<>\r\n]{0,40})?>[ ]{0,2}){1,4}"  # <dt>Date of birth</dt><dd>
_OF_WHOM = rb"(?i: (?:for|of)(?: the)?(?: patient)? )[^\r\n\d,;<>:]{3,50}(?:[:=]|(?i: is| was))[ ]{1,2}['\"]?"
_GIVEN = rb"\w{0,10}[ ]{0,2}<-[ ]{0,2}(?:[\w.]{1,20}\(){0,2}[\"']"  # births <- as.Date(c("
_BESIDE = expression(
    _BIRTH + rb"(?:[^\r\n\d,;<>]{0,24}|" + _GIVEN + rb"|" + _OF_WHOM + rb"|\w{0,12}>[ ]{0,4}|" + _TAGS + rb")" + _DATE
)
_BEFORE = expression(
    rb"(?<![\d/.-])" + _DATE + rb"[\"'#, ]{0,6}(?i:as )?[(\[]?(?i:d\.?o\.?b|date[ _]?of[ _]?birth)(?![a-z])"
)
_LIMIT = expression(rb"(?i)(?<![a-z])(?:before|after|between|since|until)(?![a-z])")
_MADE = expression(  # date(1957, 3, 14), LocalDate.of(1957, 3, 14), new DateTime(1957, 3, 14)
    rb"(?i:"
    + _BIRTH
    + rb"|patient|person)[^\r\n]{0,80}?(?i:date(?:time)?(?:\.new)?|localdate\.(?:of|parse)|make_date|dmy|ymd)\(['\"]?"
    rb"(?P<date>(?:19|20)\d\d(?:, ?(?:0?[1-9]|1[0-2]), ?(?:0?[1-9]|[12]\d|3[01])(?=[,)])|-\d\d-\d\d(?=['\"])))"
)
_COUNTED = expression(  # mdy(3, 14, 1957) of Stata and SAS, DATE.DMY(14, 3, 1957) of SPSS, DATE(1957, 3, 14)
    _BIRTH + rb"[^\r\n\d(]{0,24}(?i:mdy|dmy|date\.dmy|date\.mdy|date)\([ ]?"
    rb"(?P<date>\d{1,2}, ?\d{1,2}, ?(?:19|20)\d\d|(?:19|20)\d\d, ?\d{1,2}, ?\d{1,2})[ ]?\)"
)
_ALSO = expression(  # dob 14/03/1957 on one system and 15/03/1957 on the other
    rb"[^\r\n\d<>=]{0,24}(?:\b(?:and|or|not|to|vs\.?|versus|instead of|but)\b|->|/)[^\r\n\d<>=]{0,12}" + _DATE
)
_NEXT = expression(rb"[\"'],[ \r\n]{1,40}[\"']" + _DATE + rb"(?=[\"'])")  # of a list
_MOST_LISTED = 500
_CAST = expression(
    _BIRTH + rb"\[[^\]\r\n]{1,60}\]{1,2}[ ]{0,3}(?:<-|=)[ ]{0,3}[\w.]{0,20}\(?[\"']" + _DATE
)  # d$dob[x] <- …
_IN_BRACKETS = expression(rb"(?<![A-Za-z])(?i:patient|pt)(?i: is)?[ :][^\r\n()\d]{3,60}\(" + _DATE + rb"\)")
_CARD = expression(rb"(?m)^BDAY(?:;[\w=-]{1,30})?:" + _DATE)  # vCard
_TIMED = expression(rb"birthTime value=\"" + _DATE)  # HL7 CDA
_SAMPLES = frozenset({b"01/01/1900", b"1900-01-01", b"1970-01-01", b"01/01/1970", b"01/01/2000", b"2000-01-01"})


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    patterns = (_BESIDE, _BEFORE, _MADE, _COUNTED, _CAST, _IN_BRACKETS, _CARD, _TIMED)
    for pattern, match in ((each, found) for each in patterns for found in each.finditer(specimen.data, start, end)):
        doubt = _doubt(match)
        yield _hit(match, doubt)
        if pattern is _BESIDE:
            yield from (_hit(also, doubt or _doubt(also)) for also in _further(match, end))


def _further(match: re.Match[bytes], end: int) -> Iterator[re.Match[bytes]]:
    """Another date that is spoken of with the first, or those of the list that the first one begins."""
    also = _ALSO.match(match.string, match.end(), end)
    if also is not None:
        yield also
        return
    further = _NEXT.match(match.string, match.end())
    for _ in range(_MOST_LISTED):
        if further is None:
            return
        yield further
        further = _NEXT.match(match.string, further.end())


def _hit(match: re.Match[bytes], doubt: str | None) -> Hit:
    return Hit(
        start=match.start("date"),
        end=match.end("date"),
        value=Secret(match["date"], "date of birth"),
        form=Form.OTHER,
        severity=Severity.LOW if doubt else Severity.MEDIUM,
        confidence=Confidence.LOW if doubt else Confidence.MEDIUM,
        why=doubt or "a full date beside a word of birth",
    )


def _doubt(match: re.Match[bytes]) -> str | None:
    if match["date"] in _SAMPLES:
        return "a date that stands for none"
    is_limit = _LIMIT.search(match.string, match.start(), match.start("date")) is not None
    return "a limit that dates of birth are compared with" if is_limit else None


DETECTOR = PatternDetector(
    Card(
        id="data.date-of-birth",
        title="Date of birth",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="With one more attribute a date of birth singles out a person. A value is required: columns called "
        "dob are everywhere.",
        remedy="Redact, or keep the year or an age band.",
        reference="facts: data 2",
        examples=(
            Example(("DOB: 14/0", "3/1957"), ("14/0", "3/1957")),
            Example(("patient was born on 3 Ma", "rch 1961 in"), ("3 Ma", "rch 1961")),
            Example(('"dateOfBirth": "19', '57-03-14"'), ("19", "57-03-14")),
            Example(("<dateOfBirth>19", "57-03-14</dateOfBirth>"), ("19", "57-03-14"), "p.xml"),
            Example(("DOB March 1", "4, 1957"), ("March 1", "4, 1957")),
            Example(("D.O.B. 14", "MAR57, admitted"), ("14", "MAR57")),
            Example(("Jo, 14/0", "3/1957 (DOB)"), ("14/0", "3/1957"), "notes.md"),
            Example(("<dt>Date of birth</dt><dd>14 Ma", "r 1957</dd>"), ("14 Ma", "r 1957"), "p.html"),
            Example(("seen (b. 14/0", "3/1957) in clinic"), ("14/0", "3/1957"), "notes.md"),
            Example(("date_of_birth=date(1957,", " 3, 14)"), ("1957,", " 3, 14"), "a.py"),
            Example(('new Patient("A", "B", LocalDate.of(1957,', " 3, 14));"), ("1957,", " 3, 14"), "A.java"),
            Example(('d$dob[d$id == "7"] <- as.Date("14/0', '3/1957")'), ("14/0", "3/1957"), "a.R"),
            Example(("Patient is Jo Bloggs (14/0", "3/1957), seen"), ("14/0", "3/1957"), "mail.txt"),
            Example(("if id = 7 then dob = mdy(3,14,", "1957);"), ("3,14,", "1957"), "a.sas"),
            Example(("COMPUTE dob=DATE.DMY(14,3,", "1957)."), ("14,3,", "1957"), "a.sps"),
            Example(("select '1957", "-03-14' as dob union all"), ("1957", "-03-14"), "a.sql"),
            Example(("# Jo Bloggs b. 14/0", "3/1957 came twice"), ("14/0", "3/1957"), "a.py"),
            Example(('births <- as.Date(c("1957-03-15", "1957', '-03-14"))'), ("1957", "-03-14"), "a.R"),
            Example(("D.O.B. <em>1957", "-03-14</em>"), ("1957", "-03-14"), "p.html"),
            Example(("BDAY:1957", "-03-14"), ("1957", "-03-14"), "a.vcf"),
            Example(('<birthTime value="1957', '0314"/>'), ("1957", "0314"), "p.xml"),
            Example(("bad date of birth for patient Jo Bloggs: 14/0", "3/1957"), ("14/0", "3/1957"), "run.log"),
            Example(('new Patient("A", "B", LocalDate.parse("1957', '-03-14"));'), ("1957", "-03-14"), "A.java"),
            Example(("dob 1957-03-15 here and 14 Ma", "rch 1957 there"), ("14 Ma", "rch 1957"), "a.R"),
        ),
        non_examples=(
            Example(("select dob, admission_date from x where d > '2020-01-01'",)),
            Example(("dob <- as.Date(x)",)),
            Example(("dob = mdy(month, day, 1957);",), path="a.sas"),
            Example(("birth weight 3.2",)),
            Example(("dob = '1900-01-01'",)),
            Example(('release "Happy Birth', 'day Sophie" (2012-11-06)')),
            Example(("birthtime: 2019-06-22T03:28",)),
            Example(("where dob > '2020-01-01'",), path="q.sql"),
            Example(("version 1.2.3 (b. 4)",)),
            Example(
                (
                    'patients.date_of_birth.is_before("2006',
                    '-03-14"), born between 2001-02-03 and 2002-02-03',
                )
            ),
            Example(("start = date(1957, 3, 14); dob = col",), path="a.py"),
        ),
    ),
    (
        rb"(?i:d\.?o\.?b|birth|born|\(b\.)[^\r\n0-9,;<>]{0,24}[0-9]{1,4}",
        rb"\bb\. ?[0-9]{1,2}[/.-][0-9]",
        rb"(?i:d\.?o\.?b|birth)\w{0,10}[ ]{0,2}<-[ ]{0,2}(?:[\w.]{1,20}\(){0,2}[\"'][0-9]",
        rb"(?i:d\.?o\.?b|birth)\w{0,12}>[ ]{0,4}[0-9]",
        rb"(?i:d\.?o\.?b|birth)[ :.]{0,3}(?:</?\w{1,10}(?: [^<>\r\n]{0,40})?>[ ]{0,2}){1,4}[0-9]",
        rb"(?i:(?:d\.?o\.?b|birth|patient|person)[^\r\n]{0,80}(?:date|date\.new|datetime|localdate\.(?:of|parse)|dmy|ymd)\(['\"]?[12][09][0-9]{2}[,-])",
        rb"(?i:(?:d\.?o\.?b|birth)[^\r\n0-9(]{0,24}(?:mdy|dmy)\([ ]?[0-9]{1,2},)",
        rb"BDAY[^:\r\n]{0,30}:[0-9]",
        rb"birthTime value=\"[0-9]",
        rb"(?i:birth (?:for|of)[^\r\n0-9,;<>]{3,70}[0-9])",
        rb"(?i:(?:d\.?o\.?b|birth)\[[^\]\r\n]{1,60}\]{1,2}[ ]{0,3}(?:<-|=)[ ]{0,3}[\w.]{0,20}\(?[\"'][0-9])",
        rb"(?i:(?:patient|pt)[^\r\n()0-9]{3,60}\([0-9]{1,2}[0-9/. -])",
        rb"(?i:[0-9]{2}[\"'#, ]{0,6}(?:as )?[(\[]?(?:d\.?o\.?b|date[ _]?of[ _]?birth))",
        rb"(?i:(?:birth|born|d\.?o\.?b)\W{1,4}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} [0-9])",
    ),
    _examine,
)
