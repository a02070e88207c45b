"""Vendor tokens: the catalogue of the Kingfisher SDK, in process and without the network."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from opensafe.detectors import kingfishergate
from opensafe.detectors.gates import Gate, Look
from opensafe.detectors.kinds import PreparedDetector
from opensafe.detectors.longertexts import part_of_longer
from opensafe.detectors.values import Judgement, Worth, is_redaction, judge_found
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret

try:
    import kingfisher_sdk
except ImportError:
    HAS_KINGFISHER = False  # no wheel for this machine: the other detectors work without it
else:
    HAS_KINGFISHER = True

_PACKAGE = "kingfisher-secret-scanner"
_NO_SECRETS = frozenset({"betterleaks.azure-storage-account-name", "betterleaks.microsoft-teams-webhook"})
"""Rules that give a name beside a secret, or four characters of one (own detector: vendor tokens)."""
_IDS = expression(r"-(?:client|tenant|application|app|account)-id(?:\.\d)?$")
"""Rules that give the public half of a pair: documents of Office are full of "client id" and a UUID."""
_NO_TOKEN = expression(rb"(?:\bclId|:client id)=\"\{?\Z|powerbi\.com/view\?r=\Z")
"""Before the id of a session in which slides were edited: no client of Azure (MS-PPTX, revision and changes info).
And before the address of a report that was published to the web: everybody may open it."""
_PRIVATE_KEY = b"PRIVATE KEY"  # whole blocks are the business of secrets.private-keys
_BEFORE = 24  # bytes
_NO_BLOCK = b"PRIVATE_KEY"


def _edition() -> str:
    try:
        return f"{_PACKAGE} {version(_PACKAGE)}"
    except PackageNotFoundError:
        return f"no {_PACKAGE}"


def _prepare(context: Context) -> Look:
    if not HAS_KINGFISHER:
        return lambda _specimen: ()
    # No policy: allow comments in the text are not obeyed. Invisible companions are reported, and count.
    scan = kingfisher_sdk.Scanner(_rules(context.cache_dir), base64=True, dedup=False).scan
    return lambda specimen: _hits(specimen.data, scan(_shown(specimen.data)))


def _shown(data: bytes) -> bytes:
    """Two rules read on for the end of a block, and then from the next head again: the heads are hidden from them."""
    return data.replace(_PRIVATE_KEY, _NO_BLOCK)


@lru_cache(maxsize=1)
def _rules(cache_dir: str | None) -> Any:
    """Loading the catalogue takes a third of a second: once for a process, however many engines it makes."""
    return kingfisher_sdk.Rules(cache=False) if cache_dir is None else kingfisher_sdk.Rules(cache_dir=cache_dir)


def _gate(context: Context) -> Gate:
    """Opens for what the SDK's own first pass stops at."""
    return Gate(
        edition=f"{_edition()}, gate {kingfishergate.EDITION}",
        groups=lambda: kingfishergate.groups(_expressions(context.cache_dir)),
        opens=lambda data, held: kingfishergate.opens(_shown(data), held),
    )


def _expressions(cache_dir: str | None) -> list[str]:
    rules = _rules(cache_dir)
    return [rules.detail(rule["id"])["pattern"] for rule in rules.metadata()]


def _hits(data: bytes, findings: Iterable[Any]) -> Iterator[Hit]:
    for finding in findings:
        start, end = finding.location["start_offset"], finding.location["end_offset"]
        if not 0 <= start < end <= len(data):
            continue  # the SDK decodes some inputs first: such offsets are not ours
        span = data[start:end]
        # The span of an encoded secret is the encoded region; its value is what was found inside.
        value = finding.secret.encode() if finding.is_base64_encoded else span
        if finding.rule_id in _NO_SECRETS or _NO_TOKEN.search(data, max(0, start - _BEFORE), start):
            continue
        if not is_redaction(value) and _PRIVATE_KEY not in value:
            yield _hit(start, end, value, finding, part_of_longer(data, start, end))


def _hit(start: int, end: int, value: bytes, finding: Any, part_of: str | None) -> Hit:
    judged = judge_found(value) if part_of is None else Judgement(Worth.DOUBTFUL, part_of)
    is_id = _IDS.search(finding.rule_id) is not None
    doubtful = is_id or judged.worth is not Worth.PLAUSIBLE
    sure = finding.confidence == "high"
    confidence = Confidence.LOW if doubtful else Confidence.HIGH if sure else Confidence.MEDIUM
    return Hit(
        start=start,
        end=end,
        value=Secret(value, "credential"),
        form=Form.TOKEN,
        severity=Severity.LOW if doubtful else Severity.HIGH,
        confidence=confidence,
        why=f"rule {finding.rule_id}{', in base64' if finding.is_base64_encoded else ''}"
        f"; {'it is an id, the secret beside it counts' if is_id else judged.why}",
    )


_TOKEN = ("ghp", "_", "kT7vq9Lm2xPz4Rw8YcHb", "3Nf6Jd1Gs5Qa0Ue7")

DETECTOR = PreparedDetector(
    Card(
        id="secrets.kingfisher-catalogue",
        title="Vendor token",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The shape belongs to one vendor's tokens or keys; one layer of base64 is looked through.",
        remedy="Revoke the token with its vendor, then redact it.",
        reference="Kingfisher rules (Apache-2.0); facts: secrets 3",
        examples=(Example(('gh_tok <- "', *_TOKEN, '"'), _TOKEN),),
        non_examples=(
            Example(("ghp_short",)),
            Example(('token <- "REDACTED-1"',)),
            Example(
                ('<p1510:client id="{2E21A97C-E7C5-4915-', '9E87-D8CB4E68B298}" v="22"/>'), path="revisionInfo.xml"
            ),
            Example(("https://app.powerbi.com/view?r=eyJrIjoiMjdi", "OWQ4YTktNmNiNC00MmIwLThjNzktNWVmMmJmMzllNmViIn0")),
            Example(("integrity sha512-LjepnS/1", *_TOKEN), path="yarn.lock"),
        ),
    ),
    _prepare,
    _edition(),
    _gate if HAS_KINGFISHER else None,
)
