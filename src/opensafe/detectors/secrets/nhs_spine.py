"""What opens NHS systems: API platform keys, Spine accredited system ids and party keys, smartcard PINs."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth
from opensafe.detectors.words import holds_run
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_JOINT = rb"[\"')\]]{0,2}\s{0,3}(?:=>?|:|<-|,|>)\s{0,3}\\?[\"']?"
_API_KEY = expression(rb"(?i)\bapi-?_?key" + _JOINT + rb"(?P<value>[A-Za-z0-9]{32}|[A-Za-z0-9]{48})(?![A-Za-z0-9])")
_PLATFORM = expression(
    rb"(?i)api\.(?:service\.)?nhs\.uk|nhs[-_ ]?(?:api|digital|england|app|login|d_)|subscription-key"
    rb"|onboarding|pds|e-?rs\b|spine"
)
_ASID = expression(
    rb"(?i)\b(?:from|to|my|our|sender|receiver|nhsd|spine|gp_?connect)?[-_ ]?asid"
    + _JOINT
    + rb"(?P<value>\d{12})(?!\d)"
)
_PARTY = expression(
    rb"(?i)\b(?:from|to|my|sender)?[-_ ]?party[-_ ]?(?:key|id)" + _JOINT + rb"(?P<value>[A-Z0-9]{3,6}-\d{6,9})(?![\w-])"
)
_PIN = expression(
    rb"(?i)\bsmart[-_ ]?card[^\r\n]{0,40}?\b(?:pin|pass(?:code|word))(?:[-_ ]?(?:number|code"
    rb"|is))?\s{0,3}(?:=|:|<-|is)?\s{0,3}[\"']?(?P<value>\d{4,8})(?!\d)"
)


def _judge_id(value: bytes) -> Judgement:
    """Ids made of one digit, or of a run, are those of samples."""
    if len(set(value)) <= 3:  # noqa: PLR2004 - 000000000000, 123123123123
        return Judgement(Worth.NOTHING, "few different digits")
    if b"12345678" in value:
        return Judgement(Worth.DOUBTFUL, "a run of digits")
    return Judgement(Worth.PLAUSIBLE, "the shape is right")


def _judge_pin(value: bytes) -> Judgement:
    if holds_run(value.decode("ascii")):
        return Judgement(Worth.DOUBTFUL, "a run of digits")
    return Judgement(Worth.PLAUSIBLE, "a number after the words")


_KEY = ("kT7vq9Lm2xPz4Rw8", "YcHb3Nf6Jd1Gs5Qa")

DETECTOR = PatternDetector(
    Card(
        id="secrets.nhs-spine",
        title="Key, system id or PIN of an NHS service",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A key of the NHS API platform calls patient services in the organisation's name; accredited system ids "
        "and party keys tell an attacker which system to pretend to be; a PIN opens a smartcard.",
        remedy="Replace the key in the developer portal or the PIN at the registration authority; redact the ids.",
        reference="NHS England, API platform (apikey header); Spine: ASID and party key; issue 4",
        examples=(
            Example(("spine_as", "id <- '", "9182", "63540917", "'"), ("9182", "63540917")),
            Example(("curl -H 'api", "key: ", *_KEY, "' https://api.service.nhs.uk/x"), _KEY, "get.sh"),
            Example(("partyK", "ey: ", "RX1-", "8014273"), ("RX1-", "8014273"), "mhs.yml"),
            Example(("smartcard p", "in: ", "70", "3914"), ("70", "3914"), "notes.txt"),
        ),
        non_examples=(
            Example(("asid: 000000000000",), path="mhs.yml"),
            Example(("apikey: ${NHS_API_KEY} # https://api.service.nhs.uk",), path="a.yml"),
            Example(("Put the smartcard in and enter your PIN.",), path="README.md"),
        ),
    ),
    (
        rb"(?i:api-?_?key[\"')\]]{0,2}\s{0,3}(?:=>?|:|<-|,|>)\s{0,3}\\?[\"']?[A-Z0-9]{32})",
        rb"(?i:asid[\"')\]]{0,2}\s{0,3}(?:=>?|:|<-|,|>)\s{0,3}\\?[\"']?[0-9]{12})",
        rb"(?i:party[-_ ]?(?:key|id)[\"')\]]{0,2}\s{0,3}(?:=>?|:|<-|,|>)\s{0,3}\\?[\"']?[A-Z0-9]{3,6}-[0-9]{6})",
        rb"(?i:smart[-_ ]?card[^\r\n]{0,60}[0-9]{4})",
    ),
    captured(
        Capture("a key beside words for the NHS API platform", _API_KEY, by_shape, near=_PLATFORM),
        Capture("an accredited system id", _ASID, _judge_id),
        Capture("a party key", _PARTY, _judge_id),
        Capture("the PIN of a smartcard", _PIN, _judge_pin, sure=False),
    ),
)
