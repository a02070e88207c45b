"""Names that a word announces: `Author:`, `@author`, `reviewed by`, `Dr …`, `TODO(x)`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.acquaintances import Acquaintances, acquaintances_of
from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.carewords import OF_CARE, is_of_care
from opensafe.detectors.copyrightnotices import WHY as IN_NOTICE
from opensafe.detectors.copyrightnotices import is_in_notice
from opensafe.detectors.gazetteer import is_full_name, known_names
from opensafe.detectors.genericnames import is_generic
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.detectors.values import is_redaction
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_CAPITAL = rb"(?:[A-Z]|\xc3[\x80-\x9e])"
_PLAIN = rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf])"
_LETTER = rb"(?:" + _PLAIN + rb"|-|(?:'|\xe2\x80\x99)(?=[A-Za-z](?![A-Z]))(?!s(?!\w)))"  # Dell'Anna, but not Khan's
_WORD = rb"(?:[OD](?:'|\xe2\x80\x99))?" + _CAPITAL + _PLAIN + _LETTER + rb"{0,24}"
_PART = rb"(?:" + _CAPITAL + rb"\.?|" + _WORD + rb"|(?:van|von|de|der|den|la|le|al|bin|ter)(?= ))"
_FULL_NAME = _WORD + rb"(?:[ \t]" + _PART + rb"){0,3}[ \t]" + _WORD
_REVERSED = _WORD + rb",[ \t]" + _WORD
_ENDS = rb"(?!\w|\.[\w.-]{1,40}@)"  # an address may begin there: `Jo Smith jo.smith@…`
_ROLES = (
    rb"@?authors?|contacts?|maintainers?|owner|analyst|(?:created|written|reviewed|prepared|approved|signed(?:[- ]off)?"
    rb"|checked|produced|developed|modified|amended|updated|requested|commissioned|validated|tested|reported|co-?authored"
    rb"|qa(?:'?e?d)?)[- ]by|(?:prepared|produced|written) for|signed|(?:assigned|thanks|credits?) to|attn|cc|dear"
)
_ANNOUNCED = expression(
    rb"(?i:(?<![\w$.-])(?P<role>"
    + _ROLES
    + rb"))[\"']?(?P<said>[ \t]{0,4}[:=]?)[ \t]{1,8}[\"']?(?P<name>"
    + _FULL_NAME
    + rb"|"
    + _REVERSED
    + rb")"
    + _ENDS
)
# A role by itself may stand before any two words with capitals (`Contact White British`): it needs a colon, or a name.
_SAYS_WHO = expression(rb"(?i)@.{1,20}|.{1,40}[ -](?:by|for|to)|attn|cc|dear")
_AUTHORS = expression(rb"(?i)authors?|maintainers?")
_TITLES = (
    rb"Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Doctor|Sister|Nurse|Matron|Midwife|Consultant|Surgeon|Sir|Dame|Rev|Revd|Cllr"
)
# What somebody does, as well as a title: what stands behind it has to be known for a name.
_TRADES = frozenset({b"Doctor", b"Nurse", b"Matron", b"Midwife", b"Consultant", b"Surgeon", b"Sister"})
_TITLED = expression(
    rb"(?<!\w)(?P<title>"
    + _TITLES
    + rb")\.?[ \t]{1,2}(?P<name>(?:"
    + _CAPITAL
    + rb"\.?[ \t]){0,2}"
    + _WORD
    + rb"(?:[ \t](?:"
    + _CAPITAL
    + rb"\.?[ \t]){0,2}"
    + _WORD
    + rb")?)(?!\w)"
)
_PREMISES = expression(rb"(?:'s|\xe2\x80\x99s)? (?i:hospital|infirmary|hospice)\b")
# As address books show people, with their title or their organisation: `HUGHES, Gareth (Dr)`.
_LISTED = expression(
    rb"(?<![\w'-])(?P<name>(?:(?:AP|MAC|[O\xc3][\x80-\xbf]?|VAN|DE) )?(?:"
    + _CAPITAL
    + rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-]|\xe2\x80\x99){1,24}), "
    + _WORD
    + rb"(?: [A-Z]\.?)?) \((?:(?:"
    + _TITLES
    + rb")\.?|[A-Z][A-Za-z&, '-]{3,60}(?i:nhs|trust|hospitals?|council|university|england)[A-Za-z ]{0,40})\)"
)
_ADDRESSED = expression(
    rb"(?<![\w.'-])(?:(?i:maintainer|author|from|to|cc)[ \t:]{1,4})?(?P<name>" + _FULL_NAME + rb") <(?=[\w.+-]{1,60}@)"
)
_TODO = expression(rb"(?:TODO|FIXME|XXX|HACK)\((?P<name>[A-Za-z][A-Za-z.-]{1,30}\d{0,3})\)")
_ALONE = expression(
    rb"(?i:(?<![\w$.-])(?:"
    + _ROLES
    + rb"))[\"']?(?P<said>[ \t]{0,4}[:=]?)[ \t]{1,8}[\"']?(?P<name>[A-Za-z][a-z]{1,24}|[A-Za-z][a-z0-9._-]{2,30})"
    rb"(?![\w@.-]|[ \t][A-Z])"
)
# Words that begin with a capital after these announcements and are nobody's name.
_NOT_NAMES = frozenset(
    b"the this that all any data team department university hospital health healthcare nhs england trust "
    b"service services "
    b"analytics analysis group unit office digital public information manager lead director name names contributors "
    b"authors author see use for from with and not your our their please note code project repository version table "
    b"figure care practice centre center network programme board foundation limited ltd institute committee research "
    b"person analyst user colleague sir madam sirs support help desk details email list colleagues github r python "
    b"or and copyright holders outputs branch vital statistics mailto http https no number date id type code "
    b"column field score status rating however only tables nurse nurses doctor doctors consultant ward wards community "
    b"road street house hca hcas heart he she they we it is was has had x by sa nc nd corporation plugin parties "
    b"management men man apache maven body standards professional scotland studio alzheimer royal national society"
    b" association council academy college school ministry agency government authority commission federation alliance"
    b" partnership charity bank media press uk british organisation organization department llc inc plc gmbh".split()
)
_MASK = expression(rb"x{2,25}")
_SAID = "a word such as author or reviewed by stands before it"
_SHORTEST = 3  # letters: "Mr P" is nobody
_SPLIT = expression(rb"[\s,.]{1,4}")


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for hit in _hits(specimen.data, start, end, people):
            person = people.called(hit.value.reveal())
            credited = person is None and is_in_notice(specimen.data, hit.start)
            yield _in_notice(hit) if credited else replace(hit, person=person)

    return examine


def _in_notice(hit: Hit) -> Hit:
    return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=IN_NOTICE)


def _hits(data: bytes, start: int, end: int, people: Acquaintances) -> Iterator[Hit]:
    for match in _ANNOUNCED.finditer(data, start, end):
        if _is_name(match["name"]) and (_is_announced(match) or is_full_name(_forward(match["name"]))):
            yield _hit(match, Form.PERSON_NAME, Confidence.MEDIUM, _SAID)
    for match in _TITLED.finditer(data, start, end):
        if _is_name(match["name"]) and (match["title"] not in _TRADES or _is_known(match["name"])):
            yield _titled(match, data)
        elif _is_name(match["name"]) and _is_listed(match["name"]):
            yield _hit(match, Form.PERSON_NAME, Confidence.LOW, "what may be a title stands before it")
    for match in _ADDRESSED.finditer(data, start, end):
        if _is_name(match["name"]) and is_full_name(match["name"]):
            yield _hit(match, Form.PERSON_NAME, Confidence.MEDIUM, "an e-mail address stands behind it")
    for match in _LISTED.finditer(data, start, end):
        if _is_name(match["name"]):
            yield _hit(match, Form.PERSON_NAME, Confidence.MEDIUM, "a title or an organisation stands behind it")
    for match in _ALONE.finditer(data, start, end):
        form = _form_alone(match, people)
        if form is not None and _is_name(match["name"]):
            yield _hit(match, form, Confidence.LOW, _SAID)
    for match in _TODO.finditer(data, start, end):
        if not is_generic(match["name"]):
            yield _hit(match, Form.LOGIN, Confidence.LOW, "in the brackets of a TODO")


def _titled(match: re.Match[bytes], data: bytes) -> Hit:
    """Low where a hospital is called so: `Dr Example's Hospital`."""
    if is_of_care(data, *match.span("name")):
        return _hit(match, Form.PERSON_NAME, Confidence.MEDIUM, OF_CARE)
    if _PREMISES.match(data, match.end("name")) or match["name"].endswith(b" Intelligence"):
        return _hit(match, Form.PERSON_NAME, Confidence.LOW, "what a hospital or a company is called")
    return _hit(match, Form.PERSON_NAME, Confidence.MEDIUM, "a title stands before it")


def _is_announced(match: re.Match[bytes]) -> bool:
    """Whether what stands before two words with capitals leaves no doubt; words in capitals are code or a heading."""
    if match["name"].isupper():
        return False
    said = match["said"].strip()
    return said == b":" or bool(_SAYS_WHO.fullmatch(match["role"])) or bool(said and _AUTHORS.fullmatch(match["role"]))


def _forward(name: bytes) -> bytes:
    last, comma, first = name.partition(b",")
    return first.strip() + b" " + last if comma else name


def _is_known(name: bytes) -> bool:
    """Whether the last word is a surname, and no other word."""
    last = name.split()[-1].decode("utf-8", "replace")
    return known_names().is_surname(last) and not known_names().is_word_surname(last)


def _is_listed(name: bytes) -> bool:
    """Whether the last word is a surname, be it another word as well."""
    return not name.isupper() and known_names().is_surname(name.split()[-1].decode("utf-8", "replace"))


def _form_alone(match: re.Match[bytes], people: Acquaintances) -> Form | None:
    """What one word after an announcement is: somebody's given name, or a user name that could be no word."""
    word = match["name"]
    text, known = word.decode("ascii"), known_names()
    if word.istitle() and known.is_given(text) and not known.is_word_given(text):
        return Form.PERSON_NAME
    is_login = word.islower() and any(chr(byte).isdigit() for byte in word) and chr(word[0]).isalpha()
    is_said = bool(match["said"].strip()) or match[0].startswith(b"@")
    return Form.LOGIN if is_said and (is_login or people.called(word) is not None) else None


def _is_name(name: bytes) -> bool:
    words = [word for word in _SPLIT.split(name.lower()) if word]
    sound = len(b"".join(words).strip(b"'-")) >= _SHORTEST and not any(
        (word in _NOT_NAMES and len(word) > 1) or _MASK.fullmatch(word) for word in words
    )
    return sound and not is_redaction(name) and not is_generic(name)


def _hit(match: re.Match[bytes], form: Form, confidence: Confidence, why: str) -> Hit:
    return Hit(
        start=match.start("name"),
        end=match.end("name"),
        value=Secret(canonical_name(match["name"]), form.value),
        form=form,
        severity=Severity.LOW if confidence is Confidence.LOW else Severity.MEDIUM,
        confidence=confidence,
        why=why,
    )


DETECTOR = PersonalDetector(
    Card(
        id="names.author-triggers",
        title="Name after a title or a word such as author",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="File heads, letters and review notes announce a name. Never redacted without review.",
        remedy="Ask the person whether they want credit; else redact. Names of patients are never kept.",
        reference="facts: data 4 (layer L2)",
        examples=(
            Example(("# Auth", "or: Jo Blo", "ggs"), ("jo blo", "ggs")),
            Example(("#' @auth", "or Jo van Blo", "ggs"), ("jo van blo", "ggs")),
            Example(("-- reviewed by Blo", "ggs, Jo on Monday"), ("jo blo", "ggs"), "a.sql"),
            Example(("Seen by D", "r Blo", "ggs today"), ("blo", "ggs"), "notes.md"),
            Example(("Consul", "tant Hug", "hes agreed"), ("hug", "hes"), "notes.md"),
            Example(("Da", "me Jo Blo", "ggs"), ("jo blo", "ggs"), "notes.md"),
            Example(("D", "r. Gareth J. Hug", "hes"), ("gareth j. hug", "hes"), "notes.md"),
            Example(("Seen by D", "r R Blo", "ggs today"), ("r blo", "ggs"), "notes.md"),
            Example(("-- prepared f", "or Jo Blo", "ggs"), ("jo blo", "ggs"), "a.sql"),
            Example(('{"auth', 'or": "Jo Blo', 'ggs"}'), ("jo blo", "ggs"), "meta.json"),
            Example(("De", "ar Pri", "ya,"), ("pri", "ya"), "letter.txt"),
            Example(("Maintainer: Jo Blo", "ggs Jo.Bloggs@", "a.example"), ("jo blo", "ggs"), "index.md"),
            Example(("could not e-mail Gareth Blo", "ggs <x@y.example>"), ("gareth blo", "ggs"), "run.log"),
            Example(("MAINTAINER Gareth Blo", "ggs <x@y.example>"), ("gareth blo", "ggs"), "notes.txt"),
            Example(('"BLO', 'GGS, Jo (Mrs)"'), ("jo blo", "ggs"), "rows.py"),
            Example(("BLO", "GGS, Jo (SOME NHS TRUST) wrote"), ("jo blo", "ggs"), "thread.txt"),
            Example(("Auth", "or: jblo", "ggs7"), ("jblo", "ggs7"), "a.R"),
            Example(("# TODO(jblo", "ggs): fix"), ("jblo", "ggs"), "a.py"),
        ),
        non_examples=(
            Example(("Author: Data Science Team",)),
            Example(
                ("Author: Blo", "ggs LLC, and thanks to Hughes GmbH"),
            ),
            Example(("author <- TRUE",)),
            Example(("Author: Person 3",)),
            Example(("Contact: England Analytics",)),
            Example(("the author of the Report Data",)),
            Example(("TODO(user): fix",)),
            Example(("Dear All, dear Colleague, cc: everyone",)),
            Example(("Consultant Led Activity, Nurse Staffing Levels",)),
            Example(("CREATED BY REFERRAL, CONTACT PER SPELL, CONTACT AS BREAKDOWN",), path="q.sql"),
            Example(("First Contact White British, Owner = Other Group",), path="q.sql"),
            Example(("author: main2, owner = self",)),
            Example(("Created-By: Maven JAR Plugin 3.2, Content Created by Third Parties",)),
            Example(("Total, Mean (SD), Leeds, Bradford (West)",)),
            Example(("CC BY SA, mailto: some.one7@firm",)),
        ),
    ),
    (
        rb"(?i:(?:" + _ROLES + rb")[\"']?[ \t]{0,4}[:=]?[ \t]{1,8}[\"']?)[A-Z\xc3]",
        rb"(?i:(?:" + _ROLES + rb")[\"']?[ \t]{0,4}[:=][ \t]{1,8}[\"']?)[a-z]",
        rb"@[Aa]uthors?[ \t]{1,8}[a-z]",
        rb"(?:" + _TITLES + rb")\.?[ \t]{1,2}[A-Z\xc3]",
        rb"(?:TODO|FIXME|XXX|HACK)\([A-Za-z]",
        rb"[A-Za-z] <[\w.+-]{1,60}@",
        rb"[A-Za-z], [A-Z\xc3][^\r\n(),]{1,30} \((?:(?:" + _TITLES + rb")\.?\)|[A-Z][A-Za-z&, '-]{3,60}(?i:nhs|trust))",
    ),
    _prepare,
)
