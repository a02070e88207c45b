"""Full names of machines inside a network: `srv01.trust.local`, `*.xtrust.nhs.uk`, Spine and HSCN hosts."""

from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import is_redaction
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_LABEL = rb"[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?"
_NAME = expression(
    rb"(?<![\w.@%-])(?:\*\.)?(?P<host>(?:"
    + _LABEL
    + (
        rb"\.){1,6}(?P<top>local|lan|internal|intra(?:net)?|corp|nhs\.uk|scot\.nhs\.uk|hscni\.net"
        rb"|wales\.nhs\.uk|cymru\.nhs\.uk))(?![\w-]|\.[\w-]|\()"
    )
)
_NHS_INSIDE = expression(
    rb"(?i)(?:^|\.)(?:n3|hscn|ncrs|spine\d?|nww|intranet|internal|adm?|corp|cfh"
    rb"|x(?!ml)[a-z]{3,20})\.(?:[\w-]{2,30}\.)?nhs\.uk$"
    rb"|(?:^|\.)(?=[\w-]{0,40}\d)[\w-]{0,40}(?:srv|svr|sql|db|dc|app|vm|web|fs|nas|citrix|ts|sv|dw|rpt"
    rb"|bi)[\w-]{0,40}(?:\.[\w-]{1,40}){1,3}\.nhs\.uk$"
    rb"|\.hscni\.net$"
)
_OPEN = expression(
    rb"(?i)^(?:www|digital|api|developer|docs?|ftp|mail|smtp|help|login|auth|int|sandbox|dev|test|ref"
    rb"|data)\d?\.|\.(?:svc\.)?cluster\.local$|^(?:docker|kubernetes|gateway|metadata|host|example"
    rb"|my\w{0,20}|your\w{0,20}|test|foo|db|server)\.[\w.]{0,20}(?:internal|local|lan)$|example|(?:^"
    rb"|\.)my\.|(?:compute|ec2|googleapis|google)\.internal$"
)
_NETWORK = expression(
    rb"(?i)://$|\\\\$|@$|(?:server|host(?:name)?|addr(?:ess)?|data source|smtp|proxy|dsn|uri|url|domain"
    rb"|realm|kdc|ssh|ping|nslookup)\W{0,12}$"
)
_NUMBERED = expression(rb"(?i)[a-z]-?[a-z]*\d|\d-")
_LABELS = 3


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _NAME.finditer(specimen.data, start, end):
        host = match["host"]
        if is_redaction(host) or _OPEN.search(host):
            continue
        before = specimen.data[max(0, match.start() - 40) : match.start()]
        confidence = _of_nhs(host) if match["top"].lower().endswith((b"nhs.uk", b".net")) else _of_top(host, before)
        if confidence is not None:
            yield _hit(match.start("host"), host, confidence)


def _of_nhs(host: bytes) -> Confidence | None:
    return Confidence.MEDIUM if _NHS_INSIDE.search(host) else None


def _of_top(host: bytes, before: bytes) -> Confidence | None:
    """Settings and modules are called `x.local` too: a machine's place, or three parts with a number, are needed."""
    if _NETWORK.search(before):
        return Confidence.MEDIUM
    parts = host.split(b".")
    if len(parts) >= _LABELS and _NUMBERED.search(parts[0]):
        return Confidence.MEDIUM
    return None


def _hit(start: int, host: bytes, confidence: Confidence) -> Hit:
    return Hit(
        start=start,
        end=start + len(host),
        value=Secret(host.lower(), "host"),
        form=Form.HOST,
        severity=Severity.MEDIUM,
        confidence=confidence,
        why="a name that only exists inside a network",
    )


DETECTOR = PatternDetector(
    Card(
        id="secrets.internal-domains",
        title="Internal host name",
        category=Category.SETTING,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Names under .local, .internal or an NHS network's own domains map the inside of the network. Under .local "
        "a place for a host beside it is needed, or a number in the name.",
        remedy="Read it from the environment or a configuration file that is not published, and redact it.",
        reference="RFC 6762, appendix G (private domains); NHS HSCN and Spine domains; issue 4, internal host names",
        examples=(
            Example(("host: srv-", "sql01.trust.local\n"), ("srv-", "sql01.trust.local"), "a.yml"),
            Example(('url <- "http://dash.xtru', 'st.nhs.uk/x"'), ("dash.xtru", "st.nhs.uk")),
            Example(("smb://files", "03.ward.lan/share"), ("files", "03.ward.lan"), "notes.txt"),
            Example(("msg.spi", "ne2.ncrs.nhs.uk"), ("msg.spi", "ne2.ncrs.nhs.uk"), "notes.txt"),
        ),
        non_examples=(
            Example(("data <- threading.local()",), path="a.py"),
            Example(("https://www.england.nhs.uk/statistics",)),
            Example(("config.settings.local",), path="a.py"),
            Example(("svc.cluster.local and host.docker.internal",), path="a.yml"),
            Example(("write to help@trust.nhs.uk",), path="README.md"),
        ),
    ),
    (
        rb"(?i:[A-Z0-9]\.(?:local|lan|internal|intranet|intra|corp)\b)",
        (
            rb"(?i:\b(?:n3|hscn|ncrs|spine[0-9]?|nww|intranet|internal|adm?|corp|cfh"
            rb"|x[a-z]{3,20})\.(?:[A-Z0-9-]{2,30}\.)?nhs\.uk)"
        ),
        rb"(?i:[0-9][A-Z0-9_-]{0,30}\.[A-Z0-9.-]{2,60}\.nhs\.uk)",
        rb"(?i:\.hscni\.net)",
    ),
    _examine,
    reach=300,
)
