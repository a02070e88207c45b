"""User names behind a word for one that are made of somebody's name: `user=asmith`, `TODO asmith:`."""

import re
from collections.abc import Iterator

from opensafe.detectors.acquaintances import acquaintances_of
from opensafe.detectors.kinds import Examine, PersonalDetector
from opensafe.detectors.personlogins import is_persons_login
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_KEY = (
    rb"(?:user(?:[_ -]?(?:name|id))?|log[io]n(?:[_ -]?name)?|uid|sam[_ ]?account(?:[_ ]?name)?|who|assignee|reviewer"
    rb"|(?:created|updated|modified|run|opened|submitted|uploaded|changed|approved|booked|entered)[_ -]?by"
    rb"|@?author)"
)
_LOGIN = rb"(?P<login>[A-Za-z][A-Za-z]{0,20}(?:[._-][A-Za-z]{1,20}){0,2}[0-9]{0,4})"
_KEYED = re.compile(
    rb"(?i:(?<![a-z])" + _KEY + rb")[\"'\]]{0,2}[ \t]{0,4}(?::|==?|<-|=>)[ \t]{0,4}[\"']?" + _LOGIN + rb"(?![\w@(.\[-])"
)
_TASK = re.compile(rb"(?:TODO|FIXME|XXX|HACK)[ (:@]{1,3}" + _LOGIN + rb"(?=[):])")
_ACCOUNT = re.compile(rb"(?<![\w\\/:.])[A-Z][A-Z0-9-]{1,14}\\{1,2}" + _LOGIN + rb"(?![\w\\(.-])")  # DOMAIN\asmith
_BRANCH = re.compile(rb"branch '(?:[\w-]{1,40}/)?" + _LOGIN + rb"'")

_MORE = re.compile(rb",?[ \t](?:[A-Z]\.?[ \t]){0,2}(?:[A-Z]|\xc3[\x80-\x9e])[A-Za-z\xc3]")


def _prepare(context: Context) -> Examine:
    people = acquaintances_of(context.people)

    def examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
        for pattern in (_KEYED, _TASK, _ACCOUNT, _BRANCH):
            for match in pattern.finditer(specimen.data, start, end):
                if is_persons_login(match["login"].lower()) and not _begins_name(specimen.data, match):
                    yield _hit(match, people.called(match["login"]))

    return examine


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
            Example(("EXEC p @who = 'gar", "eth_hughes'"), ("gar", "eth_hughes"), "a.sql"),
        ),
        non_examples=(
            Example(("user=admin login: reporting, username = password, user = etl_user",), path="a.ini"),
            Example(("user = response.json(), login = page.login",), path="a.py"),
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
        rb"(?i:" + _KEY + rb"[\"'\]]{0,2}[ \t]{0,4}(?::|==?|<-|=>)[ \t]{0,4}[\"']?[a-z])",
        rb"[A-Z][A-Z0-9-]{1,14}\\{1,2}[A-Za-z][A-Za-z._-]",
        rb"branch '[\w/-]{0,40}[a-z]",
        rb"(?:TODO|FIXME|XXX|HACK)[ (:@]{1,3}[A-Za-z]{1,20}[A-Za-z0-9._-]{0,40}[):]",
    ),
    _prepare,
)
