"""The patterns of detect-secrets' plugins, used as spans: a second opinion on vendor tokens.

Only the expressions are used. A plugin's own result may be a capture group ("ghp") or a truncated token, and its
verification would call the network; neither is ever run. Left out because their match is no span to redact: private
keys (header only: own detector), JWT (lazy end, the signature stays), basic auth and keyword (own detectors),
addresses and entropy; and the patterns built for an assignment (own detector; they are slow on spaces).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.longertexts import part_of_longer
from opensafe.detectors.values import Judgement, Worth, judge_found
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen


@dataclass(frozen=True, slots=True)
class _Plugin:
    """`locator` matches where the plugin's patterns must begin: it is the trigger, and it bounds their backtracking.

    `detector` is its module and its class.
    """

    name: str
    detector: tuple[str, str]
    locator: bytes
    first: int | None = None  # how many of its patterns are used, where not all are spans
    group: int = 0  # the capture group that is the whole token, where the match holds more


_ARTIFACTORY = "Artifactory"
_PLUGINS = (
    _Plugin(_ARTIFACTORY, ("artifactory", "ArtifactoryDetector"), rb"[\s=:\"](?:AKC|AP[0-9A-F])[A-Za-z0-9]{8}"),
    _Plugin("AWS", ("aws", "AWSKeyDetector"), rb"(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}", 1),
    _Plugin("Azure storage", ("azure_storage_key", "AzureStorageKeyDetector"), rb"AccountKey=[A-Za-z0-9+/=]{88}"),
    _Plugin(
        "Discord",
        ("discord", "DiscordBotTokenDetector"),
        rb"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27}",
    ),
    _Plugin("GitHub", ("github_token", "GitHubTokenDetector"), rb"gh[pousr]_[A-Za-z0-9_]{36}"),
    _Plugin(
        "GitLab",
        ("gitlab_token", "GitLabTokenDetector"),
        rb"(?:gl(?:pat|dt|ft|soat|rt|cbt|imt|ptt|agent|oas)-|GR1348941)[\w-]{20}",
    ),
    _Plugin("Mailchimp", ("mailchimp", "MailchimpDetector"), rb"[0-9a-z]{32}-us[0-9]"),
    _Plugin("npm", ("npm", "NpmDetector"), rb"//[\w.:/-]{1,200}/:_authToken=\s{0,3}(?:npm_|[A-Fa-f0-9-]{36})", group=1),
    _Plugin("OpenAI", ("openai", "OpenAIDetector"), rb"sk-[A-Za-z0-9_-]{20,180}T3BlbkFJ[A-Za-z0-9]{20}"),
    _Plugin("PyPI", ("pypi_token", "PypiTokenDetector"), rb"pypi-AgE[A-Za-z0-9_-]{70}"),
    _Plugin("SendGrid", ("sendgrid", "SendGridDetector"), rb"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _Plugin("Slack", ("slack", "SlackDetector"), rb"(?i:xox[abposr]-\d|https://hooks\.slack\.com/services/T)"),
    _Plugin("Square", ("square_oauth", "SquareOAuthDetector"), rb"sq0csp-[0-9A-Za-z\\_-]{43}"),
    _Plugin("Stripe", ("stripe", "StripeDetector"), rb"[rs]k_live_[0-9A-Za-z]{24}"),
    _Plugin("Telegram", ("telegram_token", "TelegramBotTokenDetector"), rb"[0-9]{8,10}:[0-9A-Za-z_-]{35}"),
    _Plugin("Twilio", ("twilio", "TwilioKeyDetector"), rb"(?:AC|SK)[a-z0-9]{32}"),
)
_LONGEST = 1100  # bytes of one token (GitLab agent tokens have up to 1,024)
_BEFORE, _AFTER = " \t\r\n\"'=:", " \t\r\n\"'"  # what Artifactory's patterns take along
_TOKEN_REST = expression(r"[A-Za-z0-9_]{0,400}")
_WORD_AND_NUMBER = expression(r"[A-Z]{4,60}\d{0,6}")  # what Artifactory's patterns take APARTMENT12 for
_DISTINCT = 8  # different characters: a Twilio id is hex, and words or padding in a blob are not


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[_Plugin, re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """Loaded where a locator matches: the library brings a client for the network along, which takes a while."""
    return tuple((plugin, re.compile(plugin.locator.decode()), _patterns(plugin)) for plugin in _PLUGINS)


def _patterns(plugin: _Plugin) -> tuple[re.Pattern[str], ...]:
    module, name = plugin.detector
    return tuple(getattr(import_module(f"detect_secrets.plugins.{module}"), name).denylist)[: plugin.first]


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    # Latin-1 keeps one character for each byte, so that offsets stay those of the bytes.
    text = specimen.data[max(0, start - 1) : end].decode("latin-1")
    for plugin, locator, patterns in _compiled():
        for located in locator.finditer(text):
            for pattern in patterns:
                match = pattern.match(text, located.start(), min(len(text), located.start() + _LONGEST))
                if match is None:
                    continue
                hit = _hit(text, match, plugin, max(0, start - 1))
                if hit is not None:
                    yield _doubted(hit, specimen.data)


def _hit(text: str, match: re.Match[str], plugin: _Plugin, offset: int) -> Hit | None:
    start, end = match.span(plugin.group)
    if plugin.group == 0 and _inside_longer(text, start):
        return None
    # A pattern of fixed length may end within a longer token: all of it is the span.
    rest = _TOKEN_REST.match(text, end) if text[end - 1].isalnum() else None
    token = text[start : rest.end() if rest else end].rstrip(_AFTER)
    bare = token.removeprefix("AccountKey=").lstrip(_BEFORE)
    if len(set(bare)) < _DISTINCT or (plugin.name == _ARTIFACTORY and _WORD_AND_NUMBER.fullmatch(bare)):
        return None
    value = bare.encode("latin-1")
    at = offset + start + len(token) - len(bare)
    return credential(at, value, judge_found(value), f"{plugin.name}: pattern of detect-secrets")


def _doubted(hit: Hit, data: bytes) -> Hit:
    part_of = part_of_longer(data, hit.start, hit.end)
    if part_of is None:
        return hit
    low = credential(hit.start, hit.value.reveal(), Judgement(Worth.DOUBTFUL, part_of), "pattern of detect-secrets")
    return low or hit


def _inside_longer(text: str, start: int) -> bool:
    return start > 0 and text[start].isalnum() and text[start - 1].isalnum()


_HEX = ("ghp", "_", "kT7vq9Lm2xPz4Rw8YcHb", "3Nf6Jd1Gs5Qa0Ue7")

DETECTOR = PatternDetector(
    Card(
        id="secrets.detect-secrets-patterns",
        title="Vendor token (patterns of detect-secrets)",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The shape belongs to one vendor's tokens. The whole token is the span, never a part of it.",
        remedy="Revoke the token with its vendor, then redact it.",
        reference="detect-secrets 1.5, plugins' denylist; facts: secrets 2.2 (Yelp/detect-secrets#858, #646, #868)",
        examples=(
            Example(('gh_tok <- "', *_HEX, '"'), _HEX),
            Example(("AccountKey", "=", "kT7vq9Lm2x" * 8, "Pz4Rw8==", ";"), ("kT7vq9Lm2x" * 8, "Pz4Rw8=="), "a.py"),
            Example(("AKI", "AQ3EGUZ6TXW4K2MNB "), ("AKI", "AQ3EGUZ6TXW4K2MNB"), "a.py"),
        ),
        non_examples=(
            Example(("ghp_short",)),
            Example(("x" * 40 + "AKI" + "AQ3EGUZ6TXW4K2MNB",)),
            Example(("AC" + "0" * 32,)),
            Example((" APARTMENT1502 APPENDCHILDREN ",)),
            Example((f"{'n7/Q' * 16}\n", "AKC", f"{'kT7vq9Lm2xPz4Rw8' * 4}"[:61], f"\n{'n7+Q' * 16}\n")),
        ),
    ),
    tuple(plugin.locator for plugin in _PLUGINS),
    _examine,
    reach=1200,
)
