"""Names and addresses of internal machines: UNC shares, servers of connection strings, private addresses."""

from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.detectors.values import Worth, is_redaction, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

# `\\host\share`, and the same with doubled back-slashes; R also takes "//host/share".
_UNC = expression(
    rb"(?<![\w\\/:.])(?:\\\\(?P<raw>[A-Za-z0-9][\w.-]{2,62})\\[\w$][\w$ .-]"
    rb"|\\\\\\\\(?P<escaped>[A-Za-z0-9][\w.-]{2,62})\\\\[\w$][\w$ .-]"
    rb"|(?<=[\"'])//(?P<slashed>[A-Za-z0-9][\w.-]{2,62})/[\w$])"
)
_SERVER = expression(
    rb"(?i)(?<![\w.$])(?:server|data source|addr(?:ess)?|network address|host(?:name)?)\s{0,3}+=\s{0,3}+"
    rb"[\"'{]?(?:tcp:)?(?P<host>[A-Za-z0-9][\w.-]{2,80}+)"
    rb"(?:\\{1,2}[\w$]{1,40})?(?:,\s{0,2}\d{2,5})?\s{0,3}[;\"'}]"
)
_PRIVATE = expression(
    rb"(?<![\w.-])(?P<host>(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3})(?![\w-]|\.\d)"
)
# What routers at home, VirtualBox, Vagrant, Docker and Kubernetes give out by themselves, and whole networks.
_EVERYWHERE = expression(
    rb"192\.168\.|10\.0\.2\.\d|10\.244\.|10\.96\.0\.|172\.17\.0\.|(?:10|172\.\d\d)(?:\.\d{1,3}){0,2}\.0\.0\Z"
)
_DATABASE = expression(
    rb"(?i)odbc|dbconnect|driver|database|uid|pwd|user id|initial catalog|trusted_connection|jdbc|sqlalchemy|pyodbc"
)
_NETWORK = expression(rb"(?i)server|host|://|(?<![a-z])ip(?![a-z])|addr|proxy|ping|ssh|port")
_NOBODY = expression(
    rb"(?i)^(?:localhost|127\.|0\.0\.0\.0|local$|host(?:name)?$|server(?:name)?$|myserver|example"
    rb"|(?:your|my|the)[-_]?|.{0,60}\.example\b|smtp\.|www\.)"
)
_PUBLIC = expression(rb"(?i)\.(?:com|org|net|io|edu|gov\.uk|ac\.uk|co\.uk)$")
_TELLING = expression(rb"[0-9.-]|^[A-Z]{3,15}$")  # `\\begin\x` in LaTeX and `\\d\\w` in expressions have neither
_SHARED = expression(  # a folder that is shared among people, and something below it
    rb"(?i)[\\/]{1,2}(?:[a-z]{1,20}\$|shared?|users?|homes?|data|depts?|departments?|groups?|public|profiles?|projects?)"
    rb"[\\/]{1,2}\w"
)
_ESCAPE = expression(rb"u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}")  # `\\\\u0000a\\…` in a text of a text
_VARIABLE = expression(rb"\{[a-z]\w{0,40}\.[a-z]\w{0,40}|[ =](?i:addr(?:ess)?|server|host|hostname)")
_REACH = 250


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    data = specimen.data
    for match in _UNC.finditer(data, start, end):
        group = match.lastgroup or "raw"
        is_telling = _TELLING.search(match[group]) or _SHARED.match(data, match.end(group))
        if is_telling and not _ESCAPE.match(match[group]):
            yield from _hit(match.start(group), match[group], "the server of a network share", Confidence.MEDIUM)
    for match in _SERVER.finditer(data, start, end):
        is_variable = _VARIABLE.fullmatch(data, match.start("host") - 1, match.end("host")) is not None
        if not is_variable and _DATABASE.search(around(data, *match.span(), _REACH)):
            yield from _hit(match.start("host"), match["host"], "the server of a connection", Confidence.MEDIUM)
    for match in _PRIVATE.finditer(data, start, end):
        if max(map(int, match["host"].split(b"."))) <= 255:  # noqa: PLR2004 - a byte
            near = _NETWORK.search(around(data, *match.span(), 40))
            is_anywhere = _EVERYWHERE.match(match["host"])
            confidence = Confidence.MEDIUM if near and not is_anywhere else Confidence.LOW
            why = "an address that test networks have everywhere" if is_anywhere else "an address of a private network"
            yield from _hit(match.start("host"), match["host"], why, confidence)


def _hit(start: int, host: bytes, why: str, confidence: Confidence) -> Iterator[Hit]:
    if _NOBODY.search(host) or _PUBLIC.search(host) or is_redaction(host) or judge(host).worth is Worth.NOTHING:
        return
    yield Hit(
        start=start,
        end=start + len(host),
        value=Secret(host.lower(), "host"),
        form=Form.HOST,
        severity=Severity.MEDIUM if confidence is Confidence.MEDIUM else Severity.LOW,
        confidence=confidence,
        why=why,
    )


DETECTOR = PatternDetector(
    Card(
        id="secrets.internal-hosts",
        title="Internal server name or address",
        category=Category.SETTING,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Names of servers and shares map the inside of the network; checklists of NHS organisations ask for "
        "their removal.",
        remedy="Read it from the environment or a configuration file that is not published, and redact it.",
        reference="RFC 1918; facts: data 2, server names",
        examples=(
            Example(("read.csv('\\\\\\\\srv-", "data01\\\\share\\\\x.csv')"), ("srv-", "data01")),
            Example(("\\\\srv-", "data01\\share\\x.csv"), ("srv-", "data01"), "notes.txt"),
            Example(("\\\\wardfiles\\shared\\audit", "\\x.csv"), ("wardfiles",), "notes.txt"),
            Example(("Driver={SQL Server};Serv", "er=srv-", "sql01\\INST;Database=x;"), ("srv-", "sql01")),
            Example(("dbConnect(odbc(), serv", 'er = "srv-', 'sql01")'), ("srv-", "sql01")),
            Example(("host: http://10.", "17.3.9:8080/"), ("10.", "17.3.9"), "a.yml"),
        ),
        non_examples=(
            Example(("gsub('\\\\d+\\\\w', '', x)",)),
            Example(("\\\\begin\\textbf",), path="a.tex"),
            Example(("Server=localhost;Database=x;",)),
            Example(('server = function(input, output) {"x"}',)),
            Example(("Server={server};Database=x;",)),
            Example(('f"Server={db.host_name};Database=x;"',), path="a.py"),
            Example(("order.Address = address; // of the database",), path="a.cs"),
            Example(("s = '\\\\\\\\u0000ab\\\\u007f'",), path="A.java"),
            Example(("version 10.1.2.300",)),
            Example(("host: http://192.168.56.10:8080/",), path="a.yml"),
            Example(('"//cdn.jsdelivr.com/npm"',), path="a.js"),
        ),
    ),
    (
        rb"\\\\[A-Za-z0-9][A-Za-z0-9_.-]{2,62}\\",
        rb"[\"']//[A-Za-z0-9][A-Za-z0-9_.-]{2,62}/",
        rb"(?i:(?:server|data source|addr(?:ess)?|host(?:name)?)\s{0,3}=\s{0,3}[\"'{]?[A-Za-z0-9])",
        rb"(?:10\.[0-9]{1,3}|192\.168|172\.[123][0-9])\.[0-9]{1,3}\.[0-9]",
    ),
    _examine,
)
