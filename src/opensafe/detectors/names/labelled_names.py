"""Names behind a label or in a list that is headed so: `Patient: …`, `Present: A, B and C`, `reviewers:` and a dash."""

from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.peoplelists import people_from
from opensafe.detectors.values import is_redaction
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_PATIENT = (
    rb"patient(?:[' ]?s)?(?: name)?|pt|client|resident|service user|next of kin|nok|carer|mother|father|mum|dad|wife"
    rb"|husband|son|daughter|spouse|guardian|re"
)
_STAFF = (
    rb"consultant|clinician|g\.?p\.?|doctor|nurse|registrar|surgeon|midwife|health visitor|social worker|key ?worker"
    rb"|care co-?ordinator|(?:ward|line|case|project|programme) ?manager|(?:project|team|technical|data)? ?lead|manager"
    rb"|responsible clinician|practitioner|prescriber|radiologist|pathologist|secretary|typist"
)
_MEETING = (
    rb"chair(?:ed by|person)?|present|in attendance|attend(?:ees?|ed|ing)|apologies|absent|minutes(?: taken by)?"
    rb"|presenters?|presented by|speakers?|invitees|participants?|facilitators?|note ?taker|scribe"
)
_WORK = (
    rb"(?:co-?)?authors?|analysts?|programmers?|programmed by|developers?|developed by|owners?|(?:data|information) "
    rb"(?:owner|steward|custodian|asset owner)|maintainers?|reviewers?|reviewed(?: by)?|approv(?:er|ed)(?: by)?"
    rb"|checked(?: by)?|(?:dictated|typed|seen|signed|written|prepared|produced|requested|referred|raised|reported) by"
    rb"|contributors?|supervisors?|(?:principal )?investigators?|requesters?|recipients?|contacts?|actions?|assignees?"
    rb"|caldicott guardian|siro|team(?: members)?|name|who|attn|fao|f\.a\.o\.|for (?:the )?attention of|cc|bcc|to|from"
)
_LABELS = rb"(?:" + rb"|".join((_PATIENT, _STAFF, _MEETING, _WORK)) + rb")"
_MARKS = rb"(?:\*\*|__|\*|</b>|</strong>|</dt>[ ]?<dd>|</th>[ ]?<td>)?"
_COLON = _MARKS + rb"[ ]{0,2}:" + _MARKS
_LABELLED = expression(rb"(?i:(?<![\w.@$-])" + _LABELS + rb")(?:\(s\))?" + _COLON + rb"[ \t]{1,12}(?:[\"'][ ]?)?(?=\S)")
_THANKED = expression(
    rb"(?i:\b(?:thanks|thank you|grateful|indebted|acknowledge\w{0,6}|kudos|credits?|courtesy)[ \w,]{0,30}?[ ]"
    rb"(?:to|of|for|from)[ ]|\b(?:written|led|run|developed|maintained|produced|supported|funded|funding|chaired)"
    rb"[ ]by[ ])(?=[A-Z\xc3-\xc5])"
)
_LISTED = expression(
    rb"(?i:(?:^|\n)[ \t]{0,12}(?:#{1,6}[ ]{1,3})?[\"']?" + _LABELS + rb"[\"']?" + _MARKS + rb":?" + _MARKS + rb")"
    rb"[ \t]{0,8}(?:\r?\n){1,3}(?=[ \t]{0,12}[-*+][ \t])"
)
_ITEM = expression(rb"[ \t]{0,12}[-*+][ \t]{1,4}(?:name:[ ]{1,3})?(?:[\"'\[*]{1,3})?(?=\S)")
_MOST_ITEMS = 60
_HEADING = 120  # bytes of a heading, above the first line with a dash
_LONGEST = 600  # bytes of a line of names


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for pattern in (_LABELLED, _THANKED):
        for match in pattern.finditer(data, start, end):
            yield from _hits(data, people_from(data, match.end(), _line_end(data, match.end())))
    for match in _LISTED.finditer(data, max(0, start - _HEADING), end):
        yield from _hits(data, _items(data, match.end()))


def _line_end(data: bytes, at: int) -> int:
    found = data.find(b"\n", at, at + _LONGEST)
    return min(len(data), at + _LONGEST) if found < 0 else found


def _items(data: bytes, at: int) -> Iterator[Cell]:
    """The first name of every line with a dash."""
    for _ in range(_MOST_ITEMS):
        item = _ITEM.match(data, at)
        if item is None:
            return
        end = _line_end(data, item.end())
        yield from people_from(data, item.end(), end)
        at = end + 1


def _hits(data: bytes, cells: Iterator[Cell]) -> Iterator[Hit]:
    for start, end in cells:
        name = data[start:end]
        if not is_redaction(name):
            yield Hit(
                start=start,
                end=end,
                value=Secret(canonical_name(name), "name"),
                form=Form.PERSON_NAME,
                severity=Severity.MEDIUM,
                confidence=Confidence.MEDIUM,
                why="behind a label that says who, one half of it a known name",
            )


DETECTOR = PatternDetector(
    Card(
        id="names.labelled-names",
        title="Name behind a label that says who",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Minutes, letters, acknowledgements and settings list people behind a label. One half of the name has to "
        "be known, and the other no ordinary word. Never redacted without review.",
        remedy="Ask the person whether they want credit; else redact. Names of patients are never kept.",
        reference="facts: data 4 (layers L2 and L3)",
        examples=(
            Example(("Patient: Jo Hug", "hes"), ("jo hug", "hes"), "notes.md"),
            Example(("**Present:** Ann Jones (chair), Ifeyinwa Hug", "hes"), ("ifeyinwa hug", "hes"), "minutes.md"),
            Example(("**Apologies:** Gareth Blo", "ggs"), ("gareth blo", "ggs"), "minutes.md"),
            Example(("To: Hughes, Gareth; Jones, Pri", "ya\n"), ("pri", "ya jones"), "mail.txt"),
            Example(("Thanks to Ann Jones, Gareth Blo", "ggs and others"), ("gareth blo", "ggs"), "README.md"),
            Example(("reviewers:\n  - Gareth Blo", "ggs\n  - Ann Jones\n"), ("gareth blo", "ggs"), "a.yml"),
            Example(("## Contributors\n\n* Gareth Blo", "ggs\n"), ("gareth blo", "ggs"), "README.md"),
            Example(("Presenter: B. Hug", "hes"), ("b. hug", "hes"), "slides.md"),
        ),
        non_examples=(
            Example(("Patient: Total Count, Contact: Data Team, From: Day One, To: Leeds Teaching",)),
            Example(("Name: Royal Blue, Owner: Person 3, Lead: Analyst 2",)),
            Example(("Thanks to National Statistics and the Office of Budget",)),
            Example(("actions:\n  - Build Docs\n  - Run Tests\n",), path="a.yml"),
            Example(("Client: Apache Spark, Manager: Task Queue",)),
            Example(("present: Jan Mayen, Hong Kong",)),
            Example(("Author: Gareth Hughes Hospital",)),
            Example(("- name: Remi GPG key",), path="main.yml"),
        ),
    ),
    (
        rb"(?i:" + _LABELS + rb")(?:\(s\))?" + _COLON + rb"[ \t]{1,12}(?:[\"'][ ]?)?(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])",
        rb"(?i:(?:thank|grateful|indebted|acknowledg|kudos|credit|courtesy)[ \w,]{0,40} (?:to|of|for|from) )[A-Z\xc3]",
        rb"(?i:(?:written|led|run|developed|maintained|produced|supported|funded|funding|chaired) by )[A-Z\xc3-\xc5]",
        rb"(?i:" + _LABELS + rb"[\"']?" + _MARKS + rb":?" + _MARKS + rb")[ \t]{0,8}(?:\r?\n){1,3}[ \t]{0,12}[-*+][ \t]",
    ),
    _examine,
)
