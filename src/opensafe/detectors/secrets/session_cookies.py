"""Cookies that stand for a logged-in session: `Cookie: session=…`, `Set-Cookie:`, `-b "sid=…"`."""

from collections.abc import Iterator

from opensafe.detectors.captures import by_shape
from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.words import mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_HEADER = expression(
    rb"(?i)(?:\b(?:set-)?cookie\\?[\"']?\s{0,3}[:=,]\s{0,3}|\bcurl\b[^\r\n]{0,200}?\s(?:-b|--cookie)[ =]{1,3})"
    rb"(?:\\?[\"'])?(?P<pairs>[^\s\"'=;]{1,80}+=[^\r\n\"']{1,3000}+)"
)
_PAIR = expression(rb"(?:\A|;[ ]{0,3})(?P<name>[^\s=;]{1,80}+)=(?P<value>[^\s;\\]{16,2000}+)")
_SESSION = expression(
    rb"(?i)sess|sid\b|\bsid|auth|token|jwt|remember|ticket|login|_key\b|xsrf|csrf|aspxforms|\.aspnet|\biplanet|openam"
)
_NAMES = (
    rb"(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|\.AspNet\.[A-Za-z0-9_.]{5,30}|session_?id|sessid|connect\.sid"
    rb"|laravel_session|csrftoken)"
)
_NAMED = expression(
    rb"(?i)(?<![\w.])[\"']?"
    + _NAMES
    + rb"[\"']?(?:\s{0,3}(?:=|:|,|=>|<-)\s{0,3}[\"']|;?[\"'],\s{0,3}[\"']value[\"']:\s{0,3}[\"'])"
    rb"(?P<value>[\w%.~+/=-]{16,400}+)[\"']"
)
_JAR = expression(  # Netscape's cookie file: domain, subdomains, path, secure, expiry, name, value
    rb"(?m)^(?:#HttpOnly_)?[\w.-]{3,200}\t(?:TRUE|FALSE)\t/[^\t\r\n]{0,200}\t(?:TRUE|FALSE)\t\d{1,12}\t(?P<name>[^\t\r\n]{1,80})"
    rb"\t(?P<value>[^\s]{16,2000}+)"
)


def _examine_others(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    """The usual names as keys of code, and files of cookies."""
    for pattern in (_NAMED, _JAR):
        for match in pattern.finditer(specimen.data, start, end):
            value = match["value"]
            if pattern is _JAR and not _SESSION.search(match["name"]):
                continue
            if mixes_letters_and_digits(value.decode("latin-1")):
                hit = credential(match.start("value"), value, by_shape(value), "a cookie of a session")
                if hit is not None:
                    yield hit


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    yield from _examine_others(specimen, start, end)
    for header in _HEADER.finditer(specimen.data, start, end):
        for pair in _PAIR.finditer(header["pairs"]):
            value = pair["value"]
            if not _SESSION.search(pair["name"]) or not mixes_letters_and_digits(value.decode("latin-1")):
                continue
            at = header.start("pairs") + pair.start("value")
            hit = credential(at, value, by_shape(value), "a cookie of a session")
            if hit is not None:
                yield hit


_VALUE = ("kT7vq9Lm2xPz4Rw8Yc", "Hb3Nf6Jd1Gs5")

DETECTOR = PatternDetector(
    Card(
        id="secrets.session-cookies",
        title="Cookie of a session",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A copied request keeps the cookies of whoever was logged in; some sessions live for months. Sure where "
        "the cookie's name speaks of a session and the value has letters and digits.",
        remedy="Log out everywhere, or have the session revoked, then redact the value.",
        reference="RFC 6265, sections 4.1 and 4.2; issue 4, cookies",
        examples=(
            Example(("Cookie: lang=en; JSESS", "IONID=", *_VALUE, "; a=b"), _VALUE, "call.http"),
            Example(("headers = {'Cookie': 'sess", "ion=", *_VALUE, "'}"), _VALUE, "scrape.py"),
            Example(("cookies = dict(PHPSESS", 'ID="', *_VALUE, '")'), _VALUE, "scrape.py"),
            Example((".x.org\tTRUE\t/\tTRUE\t1735689600\tsess", "ionid\t", *_VALUE), _VALUE, "cookies.txt"),
            Example(("curl 'https://x.org' -b 'auth_to", "ken=", *_VALUE, "'"), _VALUE, "get.sh"),
        ),
        non_examples=(
            Example(("Cookie: session=${SESSION}",), path="call.http"),
            Example(("Cookie: session=REDACTED-1-REDACTED-1",), path="call.http"),
            Example((".x.org\tTRUE\t/\tTRUE\t1735689600\ttheme\t", *_VALUE), path="cookies.txt"),
            Example(("set_cookies(JSESSIONID = session)",)),
            Example(("Set-Cookie: theme=", *_VALUE, "; path=/"), path="call.http"),
        ),
    ),
    (
        rb"(?i:" + _NAMES + rb"[\"']?(?:\s{0,3}(?:=|:|,|=>|<-)\s{0,3}[\"']))",
        rb"\t(?:TRUE|FALSE)\t[0-9]{1,12}\t",
        rb"(?i:cookie\\?[\"']?\s{0,3}[:=,]\s{0,3}\\?[\"']?[^\s\"'=;]{1,80}=)",
        rb"(?i:\s-b ['\"]?[A-Z0-9_.-]{1,80}=)",
    ),
    _examine,
    reach=3000,
)
