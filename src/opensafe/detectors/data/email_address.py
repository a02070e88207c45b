"""E-mail addresses, by the class of their domain."""

import re
from collections.abc import Iterator

from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.genericnames import is_no_reply
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.maildomains import is_of_public_service
from opensafe.detectors.rawbytes import RAW, is_among_raw_bytes
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_ADDRESS = expression(
    rb"(?<![\w.+%-])(?P<local>[A-Za-z0-9_][\w.+%'-]{0,63}+)"
    rb"@(?P<domain>(?:[A-Za-z0-9-]{1,63}\.){1,6}(?P<top>[A-Za-z]{2,24}))"
    rb"(?![\w-])(?!\.\w)"
)
# No list of public suffixes: this tells addresses from `object@meta.data` in R.
_TOPS = frozenset(
    b"com org net edu gov mil int info biz name pro health scot wales cymru london dev app cloud tech science online "
    b"academy email".split()
)
_COUNTRY = 2
_PERSONAL = expression(
    rb"(?i)^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|protonmail|proton"
    rb"|pm|btinternet|sky"
    rb"|talktalk|virginmedia|ntlworld|tiscali|gmx"
    rb"|mail|fastmail|zoho|yandex|qq|163)\.(?:com|net|org|me|co\.uk|uk|de|fr)$"
)
_SHARED = expression(
    rb"(?i)^(?:info|enquir|contact|support|help|team|hello|admin|office|press|feedback|security|data|service|mail|post"
    rb"|opensource|open\.|maintainer|conduct|dpo|foi|privacy|england\.|scotland\.|licen[cs]|legal|dev|webmaster|statistic)"
)
# What people write where any address would do. Of such a domain anybody is meant, and of others nobody in particular.
_SAMPLE_DOMAIN = expression(
    rb"(?i)(?:^|\.)(?:foo|bar|baz|foobar|test|tests?ing|domain"
    rb"|(?:your|my|some|other)-?(?:domain|company|email|site|org|host)"
    rb"|sample|company|acme|abc|xyz|some(?:where|thing|one)|nowhere|anywhere|fake|dummy|mailinator)\.[a-z]{2,6}(?:\.uk)?$"
)
_SAMPLE_LOCAL = expression(
    rb"(?i)^(?:(?:test|user|foo|bar|baz|example|sample|dummy|fake|someone|somebody|anyone|person|name|email|you)"
    rb"[._-]?\d{0,4}"
    rb"|(?:user|first|last|full|sur|your|my)[._-]?(?:name|email|mail)"
    rb"|(?:first|fore|given)(?:[._-]?name)?[._-](?:last|sur)(?:[._-]?name)?"
    rb"|test[._-]?(?:user|email|mail|account)\d{0,4}|your[._-]?(?:email|mail)?[._-]?address|x{3,20}|j(?:ohn|ane)[._-]?doe"
    rb"|sender|receiver|recipient|(?:[a-z]{2,20}[._-]){1,3}name|(?:your|my)[._-](?:user)?name)$"
)
_OF_MESSAGE = expression(
    rb"(?i)(?:message-id|references|in-reply-to|smtp-id|content-id)[\"']?[ ]{0,2}:[ ]{0,2}[\"']?"
    rb"(?:<[^<>\n]{1,120}>\s{0,4}){0,3}<\Z"
)
# SSH calls what is no standard by a name of its own at a domain (RFC 4251, section 6).
_ALGORITHM = expression(rb"(?:[\w.]{1,40}-[\w.-]{1,60}|zlib)@(?:openssh\.com|libssh\.org|lysator\.liu\.se|ssh\.com)")
_MESSAGE_REACH = 400
_ROLES = expression(
    rb"(?i)assurance|onboarding|management|mgmt|cyber|security|help-?desk|service-?desk|enquir|analytics|partners"
    rb"|programme|platform|support|feedback|standards|communications|recruitment|statistic|publications|informatics"
    rb"|(?:^|[._-])(?:unit|team|e?mail|group|desk|office|hub|inbox|mailbox)(?:$|[._-])"
)
_IN_URL = expression(rb"://[^\s/@]{0,100}\Z")
_URL_REACH = 110


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _ADDRESS.finditer(specimen.data, start, end):
        if _is_address(specimen.data, match):
            is_raw = is_among_raw_bytes(specimen, match.start(), match.end())
            yield _hit(match, *((Severity.LOW, RAW) if is_raw else _class(match["local"], match["domain"])))


def _is_address(data: bytes, match: re.Match[bytes]) -> bool:
    top = match["top"].lower()
    if len(top) != _COUNTRY and top not in _TOPS:
        return False
    if data[match.start() - 1 : match.start()] == b"<" and _OF_MESSAGE.search(
        data, max(0, match.start() - _MESSAGE_REACH), match.start()
    ):
        return False  # a number that programs give to a message
    if _ALGORITHM.fullmatch(match.group()):
        return False
    in_url = _IN_URL.search(data, max(0, match.start() - _URL_REACH), match.start())
    return not in_url and not is_no_reply(match.group())


def _hit(match: re.Match[bytes], severity: Severity, why: str) -> Hit:
    return Hit(
        start=match.start(),
        end=match.end(),
        value=Secret(match.group().lower(), "e-mail address"),
        form=Form.EMAIL,
        severity=severity,
        confidence=Confidence.MEDIUM if severity is Severity.LOW else Confidence.HIGH,
        why=why,
    )


def _class(local: bytes, domain: bytes) -> tuple[Severity, str]:
    if _SHARED.match(local) or (_ROLES.search(local) and not _is_of_person(local)):
        return Severity.LOW, "reads like a shared mailbox"
    if _SAMPLE_DOMAIN.search(domain) or _SAMPLE_LOCAL.match(local):
        return Severity.LOW, "reads like an example"
    if is_of_public_service(domain):
        return Severity.HIGH, "an address of the NHS or of government"
    if _PERSONAL.match(domain):
        return Severity.HIGH, "a personal address"
    return Severity.MEDIUM, "an address of another domain"


def _is_of_person(local: bytes) -> bool:
    """`jane.partners`: one of its parts is a given name."""
    parts = local.decode("utf-8", "replace").replace("-", ".").replace("_", ".").split(".")
    return any(known_names().is_given(part.capitalize()) for part in parts)


DETECTOR = PatternDetector(
    Card(
        id="data.email-address",
        title="E-mail address",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="An address names a person and where they work. NHS, government and personal addresses are high; "
        "addresses that "
        "take no mail (example domains, noreply) are passed over.",
        remedy="Ask the person, or replace it by a shared mailbox.",
        reference="RFC 5322 (simple form); RFC 2606; facts: data 2 and 6",
        examples=(
            Example(("mail jo.blo", "ggs@", "nhs", ".net now"), ("jo.blo", "ggs@", "nhs", ".net")),
            Example(("<Jo.Blo", "ggs@", "gmail", ".com>"), ("jo.blo", "ggs@", "gmail", ".com")),
            Example(("jo@", "some-firm", ".co.uk."), ("jo@", "some-firm", ".co.uk")),
            Example(("c('jo.o'blo", "ggs@", "nhs", ".net')"), ("jo.o'blo", "ggs@", "nhs", ".net")),
        ),
        non_examples=(
            Example(("jo@example.com",)),
            Example(("Message-ID: <CAGsruKuAJk58E07@mail.some-firm.com>",)),
            Example(("person-3@example.invalid",)),
            Example(("noreply@github.com",)),
            Example(("aes256-gcm@openssh.com,zlib@openssh.com",)),
            Example(("git@github.com:a/b.git",)),
            Example(("seurat@meta.data$x",)),
            Example(("https://user:abc@host.com/x",)),
        ),
    ),
    (rb"[A-Za-z0-9_.+%'-]@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9]",),
    _examine,
)
