"""Names behind a key that says so: `"surname": "…"`, `forename = "…"`, `<surname>…</surname>`, and those of FHIR."""

import re
from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namecells import are_known, is_known, is_name
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KEY = (
    rb"(?:fore|sur|first|last|given|family|maiden|middle|patient|full|preferred|consultant|clinician|staff|employee)"
    rb"[_ .-]?names?"
)
_OF = (
    rb"patient|author|consultant|clinician|gp|nurse|doctor|manager|owner|contact|staff|reviewer|analyst|carer|mother"
    rb"|father"
)
_QUOTED = rb"[\"'](?P<name>[^\"'\\<>{}\r\n]{2,60})[\"']"
_TYPE = rb"(?:[ ]{1,4}n?(?:var)?char2?[ ]{0,2}\([\w ]{1,8}\))?"  # DECLARE @surname VARCHAR(40) = '…'
_KEYED = expression(
    rb"(?i)(?<![a-z])"
    + _KEY
    + rb"[\"'\]]{0,2}"
    + _TYPE
    + rb"[ \t]{0,4}(?::|=>?|<-)[ \t\r\n]{0,20}(?:c?[\[(][ \t\r\n]{0,20})?"
    + _QUOTED
)
_FHIR = expression(rb"\"(?:given|family)\"[ \t]{0,4}:[ \t\r\n]{0,20}(?:\[[ \t\r\n]{0,20})?" + _QUOTED)
_TAG = rb"(?:" + _KEY + rb"|given|family)"
_TAGGED = expression(
    rb"(?i)<(?:\w{1,20}:)?" + _TAG + rb"(?:[ ][^<>\r\n]{0,60})?>[ \t]{0,4}(?P<name>[^<>\r\n]{2,60}?)[ \t]{0,4}</"
)
_FURTHER = expression(  # the second given name of a list
    rb"\"given\"[ \t]{0,4}:[ \t\r\n]{0,20}\[[ \t\r\n]{0,20}\"[^\"\\<>{}\r\n]{2,60}\",[ \t\r\n]{0,20}" + _QUOTED
)
_ATTRIBUTE = expression(rb"<(?:given|family) value=\"(?P<name>[^\"<>\r\n]{2,60})\"")  # FHIR in XML
# One row as pandas, psql or Stata print it, a column a line.
_ALIGNED = expression(
    rb"(?im)^[ \t]{0,8}"
    + _KEY
    + rb"(?:[ ]{2,60}|[ ]{0,40}[|][ ]{1,4})(?-i:(?P<name>[A-Z\xc3-\xc5][\w'\x80-\xff-]{1,30}"
    rb"(?:[ ][A-Z][\w'-]{1,30}){0,2}))(?=[ \t]{0,40}\r?$)"
)
# Without quotes the value has to be a known name: in code it is a variable.
_BARE = expression(
    rb"(?i:(?<![\w$])"
    + _KEY
    + rb")(?:[ \t]{0,4}:[ \t]{1,4}|=)(?P<name>[A-Z\xc3][\w'\xc0-\xff-]{1,30}(?:[ ][A-Z][\w'-]{1,30}){0,2})"
    rb"(?=[ \t]{0,4}(?:[\r\n,;|&\]}#]|\Z|[ ][A-Za-z_]{1,20}=))"
)
_CALLED = expression(
    rb"(?i:(?<![\w$])(?:" + _OF + rb"|name)[\"'\]]{0,2})[ \t]{0,4}(?::|=>?|<-)[ \t]{0,4}(?:c?[\[(][ \t]{0,4})?"
    rb"[\"'](?P<name>(?P<first>[A-Z][\w'\xc0-\xff-]{1,30}) (?P<last>[A-Z][\w'\xc0-\xff-]{1,30}))[\"']"
)
_NESTED = expression(
    rb"(?i:(?<![\w$-])(?:first|last|given|family|middle|forename|surname))[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']"
    rb"(?P<name>[^\"'\\<>{}\r\n]{2,40})[\"']"
)
_ROLE = expression(rb"(?i)" + _OF)
_ITEM = expression(
    rb"(?im)^[ \t]{0,20}(?:-[ \t]{1,3})?(?:"
    + _OF
    + rb"|name):[ \t]{1,3}(?-i:(?P<name>(?P<first>[A-Z][\w'\xc0-\xff-]{1,30}) "
    rb"(?P<last>[A-Z][\w'\xc0-\xff-]{1,30})))(?=[ \t]{0,8}\r?$)"
)
_KEY_REACH = 100  # bytes before the line of a value in which its key may stand
_WHY = "behind a key that says name"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for pattern in (_KEYED, _FHIR, _FURTHER, _TAGGED, _ATTRIBUTE):
        for match in pattern.finditer(specimen.data, max(0, start - _KEY_REACH), end):
            # What is in small letters is the name of another column, or of a variable.
            if is_name(match["name"]) and not match["name"].islower():
                yield _hit(match)
    for pattern in (_BARE, _ALIGNED):
        yield from (_hit(match) for match in pattern.finditer(specimen.data, start, end) if _is_listed(match["name"]))
    nested = [match for match in _NESTED.finditer(specimen.data, start, end) if match["name"][:1].isupper()]
    if any(is_known(match["name"]) for match in nested):  # beside one that is sure another may be a word as well
        yield from (_hit(match) for match in nested if _is_listed(match["name"]))
    for pattern in (_CALLED, _ITEM):
        for match in pattern.finditer(specimen.data, start, end):
            if are_known(match["first"], match["last"]) or _is_author(match):
                yield _hit(match)


def _is_author(match: re.Match[bytes]) -> bool:
    """Whether somebody who is called author, owner or the like has a known given name, and no word for a surname."""
    if _ROLE.match(match.group()) is None:
        return False
    first, last = match["first"].decode("utf-8", "replace"), match["last"]
    return known_names().is_given(first) and not known_names().is_word_given(first) and not is_common_word(last.lower())


def _is_listed(name: bytes) -> bool:
    """Whether a word of it is in the lists, be it another word as well."""
    known, words = known_names(), name.decode("utf-8", "replace").split()
    return is_name(name) and any(known.is_surname(word) or known.is_given(word) for word in words)


def _hit(match: re.Match[bytes]) -> Hit:
    return Hit(
        start=match.start("name"),
        end=match.end("name"),
        value=Secret(canonical_name(match["name"]), "name"),
        form=Form.PERSON_NAME,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why=_WHY,
    )


DETECTOR = PatternDetector(
    Card(
        id="names.named-fields",
        title="Name behind a key that says so",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Records in JSON, XML and code name their parts; what is in small letters is taken for a column's name.",
        remedy="Redact the value, or remove the file. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c); HL7 FHIR, HumanName",
        examples=(
            Example(('{"surn', 'ame": "Blo', 'ggs"}'), ("blo", "ggs"), "p.json"),
            Example(("x <- list(forena", 'me = "J', 'o")'), ("j", "o")),
            Example(('"name": [{"family": "Blo', 'ggs", "given": ["J', 'o"]}]'), ("blo", "ggs"), "p.json"),
            Example(('"given": [\n    "J', 'o"\n  ]'), ("j", "o"), "p.json"),
            Example(("<FirstNa", "me>Jo Blo", "ggs</FirstName>"), ("jo blo", "ggs"), "p.xml"),
            Example(("<name><family>Blo", "ggs</family></name>"), ("blo", "ggs"), "p.xml"),
            Example(('<family value="Blo', 'ggs"/>'), ("blo", "ggs"), "p.xml"),
            Example(("surna", "me        Hug", "hes\ndob       x\n"), ("hug", "hes"), "out.txt"),
            Example(("surna", "me: Hug", "hes\n"), ("hug", "hes"), "c.yml"),
            Example(("name: { first: 'Gar", "eth', last: 'Hughes' }"), ("gar", "eth"), "a.ts"),
            Example(("DECLARE @Surna", "me VARCHAR(40) = 'Blo", "ggs'"), ("blo", "ggs"), "a.sql"),
            Example(("- name: Mark Pa", "ge\n"), ("mark pa", "ge"), "a.yml"),
            Example(('owner = "Gareth Blo', 'ggs"'), ("gareth blo", "ggs"), "a.toml"),
            Example(("no match surna", "me=HUG", "HES dob=x"), ("hug", "hes"), "run.log"),
            Example(("Patient(na", 'me="Mark Pa', 'ge")'), ("mark pa", "ge"), "a.py"),
            Example(("row['lastNa", "me'] = 'Blo", "ggs'"), ("blo", "ggs"), "a.py"),
        ),
        non_examples=(
            Example(('rename(surname = "last_name", first_name = "forename")',)),
            Example(('fullName: "Unknown", lastName: "NA"',), path="a.js"),
            Example(('"given": true, "family": 3',), path="p.json"),
            Example(("first: 'Column A', last: 'Total'",), path="a.ts"),
            Example(("f(surname=Surname, last_name: String)",), path="a.py"),
            Example(("surname    Forename   Total\n",), path="out.txt"),
            Example(("<FullName>Amazon Simple Queue Service</FullName>",), path="p.xml"),
            Example(('<type fullname="Serilog.Capturing.TrimConfiguration">',), path="p.xml"),
            Example(('{"name": "Royal Blue"}, name = "Mean Age"',), path="p.json"),
            Example(
                (
                    'file_name = "Blo',
                    'ggs"',
                )
            ),
        ),
    ),
    (
        rb"(?i:"
        + _KEY
        + rb"[\"'\]]{0,2}"
        + _TYPE
        + rb"[ \t]{0,4}(?::|=>?|<-)[ \t\r\n]{0,20}(?:c?[\[(][ \t\r\n]{0,20})?[\"'])",
        rb"\"(?:given|family)\"[ \t]{0,4}:[ \t\r\n]{0,20}(?:\[[ \t\r\n]{0,20})?\"",
        rb"(?i:<(?:\w{1,20}:)?" + _TAG + rb"(?:[ ][^<>\r\n]{0,60})?>)",
        rb"<(?:given|family) value=\"",
        rb"(?i:" + _KEY + rb"(?:[ ]{2,60}|[ ]{0,40}[|][ ]{1,4}))[A-Z\xc3-\xc5][a-z'\x80-\xff-]{1,30}",
        rb"(?i:" + _KEY + rb"(?:[ \t]{0,4}:[ \t]{1,4}|=))[A-Z\xc3][a-zA-Z']",
        rb"(?i:(?:"
        + _OF
        + rb"|name)[\"'\]]{0,2}[ \t]{0,4}(?::|=>?|<-)[ \t]{0,4}(?:c?[\[(][ \t]{0,4})?[\"'])[A-Z][a-zA-Z'-]{1,30} [A-Z]",
        rb"(?i:(?:" + _OF + rb"|name):[ \t]{1,3})[A-Z][a-zA-Z'-]{1,30} [A-Z][a-zA-Z'-]{1,30}[ \t]{0,8}\r?\n",
        rb"(?i:\b(?:first|last|given|family|middle|forename|surname)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"'])[A-Z]",
    ),
    _examine,
)
