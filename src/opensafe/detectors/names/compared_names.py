"""Names that code compares with, passes or types: `surname LIKE '…%'`, `-Surname …`, `Patient("…", "…")`."""

import re
from collections.abc import Iterator

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namecells import are_known, is_name
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KEY = rb"(?:fore[_ .-]?names?|sur[_ .-]?names?|(?:first|last|given|family|maiden|middle|patient)[_ .-]?names?)"
_CAPITAL = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])"
_NAME = rb"(?P<name>" + _CAPITAL + rb"[^\"'\\<>{}\r\n%()=;,]{1,40})"
_JOINTS = (
    rb"[\"'\]]{0,2}[ \t]{0,4}(?:==|!=|<>|(?i:(?:not )?i?like|in)(?:[ \t]{0,4}\()?)[ \t]{0,4}N?",  # of a query
    rb"['\"]?\)?\.(?i:val|value|fill|type|sendkeys|send_keys|eq|equals|contains)[ \t]{0,2}[(=][ \t]{0,2}",  # of a page
    rb"['\"][ \t]{0,2},[ \t]{0,2}",  # fill('#surname', '…')
    rb"\(",  # withSurname('…')
    rb"(?:\.(?:Text|Value|Caption))?[ \t]{0,4}=[ \t]{0,4}",  # txtSurname.Text = "…"
    rb"[ \t]{0,2}\{[ \t]{0,2}",  # first_name { "…" }
    rb"['\"] value=",
)
_FURTHER_JOINTS = (
    rb"[\"']?[ ]-(?:eq|ne|like|in)[ ]@?\(?",  # $row.Surname -eq "…"
    rb"[ ]{0,2},[ ]{0,2}",  # inlist(surname, "…"), ANY(surname,'…')
    rb"[ ]\(",  # RECODE surname ('…'='…')
    rb"(?:\[[^\]\r\n]{1,60}\]{1,2})?[ ]{0,3}<-[ ]{0,3}",  # d$surname[d$id == 7] <- "…"
)
_JOINT = rb"(?:" + rb"|".join(_JOINTS + _FURTHER_JOINTS) + rb")"
_PLAIN_JOINT = rb"(?:" + rb"|".join(_JOINTS) + rb")"
_COMPARED = expression(
    rb"(?i:(?<!\w)(?:[#@]|with|set|by|txt|lbl|cbo|str)?" + _KEY + rb")" + _JOINT + rb"[\"']" + _NAME + rb"%?[\"']"
)
_NEXT = expression(  # of the names in a list
    rb"[\"'](?:[ ]?[,=|]|\)[ ]?\()[ ]?\(?N?[\"']" + _NAME + rb"(?=[\"'])"
)
_MOST_LISTED = 200
_ALIASED = expression(rb"[\"']" + _NAME + rb"[\"'][ ](?i:as)[ ][\[\"`]?(?i:" + _KEY + rb")(?!\w)")  # '…' AS surname
_SOUGHT = expression(  # grepl("…", d$surname), str_detect(surname, "…")
    rb"(?:grepl?|agrepl?|regexpr)\([ ]{0,2}[\"']\^?" + _NAME + rb"\$?[\"'],[ ]{0,2}(?i:[\w.$]{0,40}" + _KEY + rb")"
    rb"|(?:str_(?:detect|subset|which|starts|equal)|like|starts_?[wW]ith)\([ ]{0,2}(?i:[\w.$]{0,40}"
    + _KEY
    + rb"),[ ]{0,2}(?:(?:fixed|regex|coll)\()?[\"']\^?"
    + _NAME.replace(b"<name>", b"<detected>")
    + rb"\$?[\"']"
    rb"|(?i:"
    + _KEY
    + rb")[\"'\]]{0,2}\.str\.(?:contains|startswith|match|fullmatch)\([\"']\^?"
    + _NAME.replace(b"<name>", b"<contained>")
    + rb"\$?[\"']"
)
_OPTION = expression(rb"(?i:[ \t]--?" + _KEY + rb")(?:[ \t]|=)[\"']?(?P<name>" + _CAPITAL + rb"[A-Za-z'-]{1,30})(?!\w)")
_OF_WHOM = rb"(?:Patient|Person|Staff|Clinician|Employee|Doctor|Nurse|Consultant|Gp|GP|Practitioner|Client|Carer)"
_MADE = expression(
    _OF_WHOM
    + rb"\([ \t\r\n]{0,20}[\"'](?P<first>"
    + _CAPITAL
    + rb"[^\"'\\<>\r\n]{1,30})[\"'],[ \t\r\n]{0,20}[\"'](?P<last>"
    + _CAPITAL
    + rb"[^\"'\\<>\r\n]{1,30})[\"']"
)
_CARD = expression(rb"(?:\A|\n)N(?:;[A-Z=-]{1,30})?:(?P<last>[^;:\r\n]{2,40});(?P<first>[^;:\r\n]{1,40});")  # vCard


_GIVEN = "compared with, or given to, what is called a name"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for pattern in (_COMPARED, _OPTION, _ALIASED):
        for match in pattern.finditer(specimen.data, start, end):
            if is_name(match["name"]) and _is_listed(match["name"]):
                yield _hit(match, "name", _GIVEN)
                yield from _further(match) if pattern is _COMPARED else ()
    for match in _SOUGHT.finditer(specimen.data, start, end):
        group = match.lastgroup or "name"
        if is_name(match[group]) and _is_listed(match[group]):
            yield _hit(match, group, "sought in what is called a name")
    for match in _MADE.finditer(specimen.data, start, end):
        if are_known(match["first"], match["last"]) or _is_listed(match["first"]) or _is_listed(match["last"]):
            yield from (_hit(match, part, "of a person that code makes") for part in ("first", "last"))
    for match in _CARD.finditer(specimen.data, max(0, start - 1), end):
        yield from (_hit(match, part, "of a vCard") for part in ("first", "last"))


def _further(match: re.Match[bytes]) -> Iterator[Hit]:
    """The other names of a list that begins with a known one, be they known or not."""
    further = _NEXT.match(match.string, match.end() - 1)
    for _ in range(_MOST_LISTED):
        if further is None or not is_name(further["name"]) or is_common_word(further["name"].lower()):
            return
        yield _hit(further, "name", _GIVEN)
        further = _NEXT.match(match.string, further.end())


def _is_listed(name: bytes) -> bool:
    """Whether a word of it is in the lists, be it another word as well."""
    known, words = known_names(), name.decode("utf-8", "replace").split()
    return any(known.is_surname(word) or known.is_given(word) for word in words)


def _hit(match: re.Match[bytes], group: str, why: str) -> Hit:
    return Hit(
        start=match.start(group),
        end=match.end(group),
        value=Secret(canonical_name(match[group]), "name"),
        form=Form.PERSON_NAME,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why=why,
    )


DETECTOR = PatternDetector(
    Card(
        id="names.compared-names",
        title="Name that code compares with or passes on",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Queries for one patient, tests and scripts that fill forms hold a name behind a column, a field or a "
        "class that is called so. The name has to be a known one, except in a vCard.",
        remedy="Redact the value. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c); RFC 6350, 6.2.2",
        examples=(
            Example(("AND surname LIKE 'Hug", "hes%'"), ("hug", "hes"), "q.sql"),
            Example(('filter(pat, surname == "Hug', 'hes")'), ("hug", "hes"), "a.R"),
            Example(('d[d$surname == "Hug', 'hes", ]'), ("hug", "hes"), "a.R"),
            Example(('grepl("Hug', 'hes", d$surname)'), ("hug", "hes"), "a.R"),
            Example(('filter(str_detect(surname, "^Hug', 'hes"))'), ("hug", "hes"), "a.R"),
            Example(("d['surname'].str.contains('Hug", "hes')"), ("hug", "hes"), "a.py"),
            Example(('txtSurname.Text = "Hug', 'hes"'), ("hug", "hes"), "a.bas"),
            Example(('last_name { "Hug', 'hes" }'), ("hug", "hes"), "a.rb"),
            Example(('row["Surname"] == "Hug', 'hes"'), ("hug", "hes"), "a.py"),
            Example(("Get-Patient -Surname Hug", "hes"), ("hug", "hes"), "a.ps1"),
            Example(("surname in ('Hughes', 'Quillf", "eather')"), ("quillf", "eather"), "q.sql"),
            Example(('drop if inlist(surname, "Jones", "Hug', 'hes")'), ("hug", "hes"), "a.do"),
            Example(("RECODE surname ('Jones'='Patel') ('Khan'='Hug", "hes')."), ("hug", "hes"), "a.sps"),
            Example(('if ($row.Surname -eq "Hug', 'hes") {'), ("hug", "hes"), "a.ps1"),
            Example(('d$surname[d$id == 7] <- "Hug', 'hes"'), ("hug", "hes"), "a.R"),
            Example(("select 'Hug", "hes' as surname union all"), ("hug", "hes"), "q.sql"),
            Example(("$('#surname').val('Hug", "hes');"), ("hug", "hes"), "a.js"),
            Example(('<input name="surname" value="Hug', 'hes">'), ("hug", "hes"), "p.html"),
            Example(('p = Patient("Gar', 'eth", "Hughes", dob)'), ("gar", "eth"), "a.py"),
            Example(("BEGIN:VCARD\nN:Blo", "ggs;Jo;;Dr;\n"), ("blo", "ggs"), "a.vcf"),
        ),
        non_examples=(
            Example(("AND surname LIKE 'A%' AND surname <> 'Unknown'",), path="q.sql"),
            Example(('filter(d, first_name == "Total")',), path="a.R"),
            Example(('str_detect(surname, "[A-Z]"), grepl("Total", surname)',), path="a.R"),
            Example(("Get-Patient -Surname $Surname",), path="a.ps1"),
            Example(('select(d, surname, "Total", "Count")',), path="a.R"),
            Example(("select 'All' as surname",), path="q.sql"),
            Example(('d$surname[is.na(d$surname)] <- "Unknown"',), path="a.R"),
            Example(('Patient("Id", "Column")',), path="a.py"),
            Example(("$('#surname').val('Enter Text');",), path="a.js"),
        ),
    ),
    (
        rb"(?i:" + _KEY + rb")" + _PLAIN_JOINT + rb"[\"'][A-Z\xc3-\xc5]",
        rb"(?i:names?)(?:[\"']?[ ]-[a-z]{2,4}[ ]@?\(?|[ ]{0,2},[ ]{0,2}|[ ]\(|[ ]{0,3}<-[ ]{0,3})[\"'][A-Z\xc3-\xc5]",
        rb"\]{1,2}[ ]{0,3}<-[ ]{0,3}[\"'][A-Z\xc3-\xc5]",
        rb"[\"'][ ](?i:as)[ ][\[\"`]?(?i:" + _KEY + rb")",
        rb"(?:grepl?|regexpr)\([ ]{0,2}[\"']\^?[A-Z\xc3-\xc5][^\"'\r\n]{1,40}[\"'],[ ]{0,2}(?i:[\w.$]{0,40}"
        + _KEY
        + rb")",
        rb"(?:str_[a-z]{4,8}|like|starts_?[wW]ith)\([ ]{0,2}(?i:[\w.$]{0,40}" + _KEY + rb"),",
        rb"(?i:" + _KEY + rb")[\"'\]]{0,2}\.str\.[a-z]{5,10}\([\"']",
        rb"(?i:[ \t]--?" + _KEY + rb")[ \t=][\"']?[A-Z\xc3]",
        _OF_WHOM + rb"\([ \t\r\n]{0,20}[\"'][A-Z\xc3-\xc5]",
        rb"\nN(?:;[A-Z=-]{1,30})?:[^;:\r\n]{2,40};[^;:\r\n]{1,40};",
    ),
    _examine,
)
