"""User names behind a word for one that are made of somebody's name: `user=asmith`, `TODO asmith:`."""

import re
from collections.abc import Iterator

from opensafe.detectors.acquaintances import acquaintances_of
from opensafe.detectors.gazetteer import is_full_name
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.detectors.personlogins import is_persons_login
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KEY = (
    rb"(?:(?:last[_ -]?)?users?(?:[_ -]?(?:name|id))?"
    rb"|log[io]n(?:[_ -]?name)?|uid|sam[_ ]?account(?:[_ ]?name)?|who|assignee|reviewer"
    rb"|(?:created|updated|modified|run|opened|submitted|uploaded|changed|approved|booked|entered)[_ -]?by"
    rb"|@?author)"
)
_LOGIN = rb"(?P<login>[A-Za-z][A-Za-z]{0,20}(?:[._-][A-Za-z]{1,20}){0,2}[0-9]{0,4})"
_KEYED = expression(
    rb"(?i:(?<![a-z])"
    + _KEY
    + rb")[\"'\]]{0,2}(?:[ \t]{0,4}(?::|==?|<-|=>)[ \t]{0,4}|[ ]value=)(?:@?\(|c\(|\[|\{)?[\"']?"
    + _LOGIN
    + rb"(?![\w@(.\[-])"
)
_NEXT = expression(rb"[\"'],[ ]?[\"']" + _LOGIN + rb"(?=[\"'])")  # of a list
_MOST_LISTED = 200
# A login and whose it is: `"asmith": "Anna Smith"`, `"asmith" = "Anna Smith"`, `"asmith","Anna Smith"`.
_OF_WHOM = expression(
    rb"[\"']" + _LOGIN + rb"[\"'][ ]?(?::|==?>?|,|~|->)[ ]?[\"'](?P<whose>[A-Z][\w' -]{2,40}[A-Za-z])[\"']"
)
_TASK = expression(rb"(?:TODO|FIXME|XXX|HACK)[ (:@]{1,3}" + _LOGIN + rb"(?=[):])")
_ACCOUNT = expression(
    rb"(?:(?<![\w\\/:.])|(?<=/user:))[A-Z][A-Z0-9-]{1,14}\\{1,2}" + _LOGIN + rb"(?![\w\\(.-])"
)  # DOMAIN\asmith
_BRANCH = expression(rb"branch '(?:[\w-]{1,40}/)?" + _LOGIN + rb"'")

_SHORTEST = 4  # letters of a surname in a login
_MORE = expression(rb",?[ \t](?:[A-Z]\.?[ \t]){0,2}(?:[A-Z]|\xc3[\x80-\x9e])[A-Za-z\xc3]")


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for pattern in (_KEYED, _TASK, _ACCOUNT, _BRANCH):
            for match in pattern.finditer(specimen.data, start, end):
                if is_persons_login(match["login"].lower()) and not _begins_name(specimen.data, match):
                    yield _hit(match, people.called(match["login"]))
                    for further in _further(match) if pattern is _KEYED else ():
                        yield _hit(further, people.called(further["login"]))
        for match in _OF_WHOM.finditer(specimen.data, start, end):
            if _is_of(match["login"], match["whose"]):
                yield _hit(match, people.called(match["login"]))

    return examine


def _further(match: re.Match[bytes]) -> Iterator[re.Match[bytes]]:
    """The other logins of a list that begins with one."""
    further = _NEXT.match(match.string, match.end())
    for _ in range(_MOST_LISTED):
        if further is None:
            return
        if is_persons_login(further["login"].lower()):
            yield further
        further = _NEXT.match(match.string, further.end())


def _is_of(login: bytes, whose: bytes) -> bool:
    """Whether the login is a person's, or has the surname that stands beside it."""
    surname = whose.split()[-1].lower()
    if b" " not in whose or login[:1].isupper():
        return False
    return is_persons_login(login) or (len(surname) >= _SHORTEST and surname in login and is_full_name(whose))


def _begins_name(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether it is the first word of somebody's name, which is told as that: `author: Gareth …`."""
    return match["login"][:1].isupper() and _MORE.match(data, match.end("login")) is not None


def _hit(match: re.Match[bytes], person: int | None) -> Hit:
    return Hit(
        start=match.start("login"),
        end=match.end("login"),
        value=Secret(match["login"].lower(), "login"),
        form=Form.LOGIN,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        why="made of a known name, behind a word for a user",
        person=person,
    )


DETECTOR = PersonalDetector(
    Card(
        id="names.named-logins",
        title="User name that is made of a name",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Logs, settings and remarks name accounts, and accounts are called like their owners. The name in it has "
        "to be a known one: accounts of services are passed over.",
        remedy="Redact, or ask the person whether they want credit.",
        reference="facts: data 4 (layers L0 and L2)",
        examples=(
            Example(("INFO loader: user=gar", "ethhughes started"), ("gar", "ethhughes"), "run.log"),
            Example(('{"user": "g.hug', 'hes7"}'), ("g.hug", "hes7"), "a.jsonl"),
            Example(("// FIXME hughes", "g: remove"), ("hughes", "g"), "a.js"),
            Example(("connected as TRUST\\gar", "ethhughes"), ("gar", "ethhughes"), "run.log"),
            Example(("Merge branch 'fix/g.hug", "hes' into main"), ("g.hug", "hes"), "m.txt"),
            Example(("# @author: g.hug", "hes"), ("g.hug", "hes"), "a.py"),
            Example(('$users = @("jjones", "gar', 'ethhughes")'), ("gar", "ethhughes"), "a.ps1"),
            Example(('recode(owner, "gquillf', 'eather" = "Gareth Quillfeather")'), ("gquillf", "eather"), "a.R"),
            Example(('<add key="LastUser" value="gar', 'ethhughes"/>'), ("gar", "ethhughes"), "a.config"),
            Example(("net use Z: /user:TRUST\\gar", "ethhughes"), ("gar", "ethhughes"), "a.bat"),
            Example(("EXEC p @who = 'gar", "eth_hughes'"), ("gar", "eth_hughes"), "a.sql"),
        ),
        non_examples=(
            Example(("user=admin login: reporting, username = password, user = etl_user",), path="a.ini"),
            Example(("user = response.json(), login = page.login",), path="a.py"),
            Example(('c("total" = "Total Admissions", "plot" = "Plot Title")',), path="a.R"),
            Example(("TODO: fix, FIXME later: yes",), path="a.py"),
            Example(('<Folder Include="DBO\\Tables" />',), path="a.sqlproj"),
            Example(
                (
                    "author: Hughes, Ga",
                    "reth; Created by: Hughes Ltd",
                ),
                path="a.txt",
            ),
        ),
    ),
    (
        rb"(?i:"
        + _KEY
        + rb"[\"'\]]{0,2}(?:[ \t]{0,4}(?::|==?|<-|=>)[ \t]{0,4}|[ ]value=)(?:@?\(|c\(|\[|\{)?[\"']?[a-z])",
        rb"[a-z0-9][\"'][ ]?(?::|==?>?|,|~|->)[ ]?[\"'][A-Z][a-z'-]{1,20} [A-Z]",
        rb"[A-Z][A-Z0-9-]{1,14}\\{1,2}[A-Za-z][A-Za-z._-]",
        rb"branch '[\w/-]{0,40}[a-z]",
        rb"(?:TODO|FIXME|XXX|HACK)[ (:@]{1,3}[A-Za-z]{1,20}[A-Za-z0-9._-]{0,40}[):]",
    ),
    _prepare,
)
