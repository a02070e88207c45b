"""Shared access signatures of Azure storage: the `sig` of a link that also says its version."""

from collections.abc import Iterator

from opensafe.detectors.credentials import credential
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.detectors.values import Judgement, Worth, is_redaction
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_SIGNATURE = expression(rb"\bsig=(?P<value>[A-Za-z0-9%+/=_-]{30,120}+)")
_VERSION = expression(rb"\bs[vre]=|\bsp=[racwdlup]{1,12}\b|\bse=\d{4}-")
_REACH = 400  # bytes of the link on either side of its signature


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _SIGNATURE.finditer(specimen.data, start, end):
        if is_redaction(match["value"]) or not _VERSION.search(around(specimen.data, *match.span(), _REACH)):
            continue
        judged = Judgement(Worth.PLAUSIBLE, "the version or expiry stands beside it")
        hit = credential(match.start("value"), match["value"], judged, "signature of a storage link")
        if hit is not None:
            yield hit


_VALUE = ("kT7vq9Lm2xPz4Rw8Yc", "Hb3Nf6Jd1Gs5Qa0Ue7Wt2%3D")

DETECTOR = PatternDetector(
    Card(
        id="secrets.azure-sas",
        title="Azure shared access signature",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Whoever holds the link reads (or writes) the storage account until it expires.",
        remedy="Rotate the account key or revoke the stored access policy, then redact the signature.",
        reference="Azure Storage: service SAS, parameters sv, se, sp, sig; facts: secrets 3.3",
        examples=(
            Example(
                ("https://acct.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sp=rl&si", "g=", *_VALUE), _VALUE
            ),
        ),
        non_examples=(
            Example(("sv=2022-11-02&sig=REDACTED-1",)),
            Example(("sv=2022-11-02&sig=short",)),
            Example(("plot(si", "g=abcdefghijklmnopqrstuvwxyz0123456789)")),
        ),
    ),
    (rb"sig=[A-Za-z0-9%+/=_-]{30}",),
    _examine,
)
