"""Seeds of NATS keys: they carry a checksum, so that each is proven."""

import base64
import binascii

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_SEED = expression(rb"(?<![A-Za-z0-9+/])(?P<value>S[ACNOUX][A-Z2-7]{56})(?![A-Za-z0-9+/])")


def _judge(value: bytes) -> Judgement:
    """The last two bytes are a CRC of the others, low byte first."""
    raw = base64.b32decode(value + b"======"[: -len(value) % 8])
    if binascii.crc_hqx(raw[:-2], 0) != int.from_bytes(raw[-2:], "little"):
        return Judgement(Worth.NOTHING, "the checksum is wrong")
    return Judgement(Worth.PLAUSIBLE, "the checksum is right")


def _seed() -> tuple[str, str]:
    """A seed that nobody has used: its 32 bytes count upwards."""
    raw = bytes([0x95, 0x00, *range(40, 72)])  # the two bytes say: a seed, of a user
    text = base64.b32encode(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")
    return text[:20], text[20:]


_VALUE = _seed()

DETECTOR = PatternDetector(
    Card(
        id="secrets.nats-seeds",
        title="Seed of a NATS key",
        category=Category.SECRET,
        severity=Severity.CRITICAL,
        scope=Scope.PASSAGE,
        why="The seed is the private key of a user, account or operator. Certain: its checksum agrees.",
        remedy="Make a new key, revoke the old one in the account's or operator's claims, then redact the seed.",
        reference="NATS nkeys, encoding of seeds; facts: secrets 13, small rules",
        examples=(
            Example(("-----BEGIN USER NKEY SEED-----\n", *_VALUE, "\n------END USER NKEY SEED------"), _VALUE),
            Example(("nkey: ", *_VALUE, "\n"), _VALUE, "server.conf"),
        ),
        non_examples=(
            Example(("SU" + "A" * 56,)),
            Example((_VALUE[0], _VALUE[1][:-1], "3" if _VALUE[1][-1] != "3" else "4")),
        ),
    ),
    (rb"S[ACNOUX][A-Z2-7]{56}",),
    captured(Capture("a seed with its checksum", _SEED, _judge)),
)
