"""Private keys without head and foot: the key's own first bytes say where it ends."""

import base64
import random
from collections.abc import Callable

import pytest

from opensafe.model.finding import Confidence, Hit

Sees = Callable[..., list[Hit]]
_DETECTOR = "secrets.bare-private-keys"


def _tagged(tag: int, body: bytes) -> bytes:
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + body


def _keys() -> dict[str, bytes]:
    """Nobody's keys: the frame of each standard around random bytes."""
    rest = random.Random("keys").randbytes  # noqa: S311 -- the same each time
    rsa = _tagged(0x30, b"\x02\x01\x00" + _tagged(2, b"\x00" + rest(256)) + rest(900))
    elliptic = _tagged(0x30, b"\x02\x01\x01" + _tagged(4, rest(32)) + rest(82))
    curve = bytes.fromhex("06072a8648ce3d020106082a8648ce3d030107")
    ed25519 = _tagged(0x30, bytes.fromhex("020100300506032b6570") + _tagged(4, _tagged(4, rest(32))))
    wrapped = _tagged(0x30, b"\x02\x01\x00" + _tagged(0x30, curve) + _tagged(4, rest(109)))
    store = _tagged(0x30, b"\x02\x01\x03" + _tagged(0x30, bytes.fromhex("06092a864886f70d010701") + rest(900)))
    return {"rsa": rsa, "elliptic": elliptic, "ed25519": ed25519, "pkcs8": wrapped, "pkcs12": store}


@pytest.mark.parametrize("joint", ["", "\n", "\n    ", "\\n", "\r\n"], ids=repr)
@pytest.mark.parametrize("name", list(_keys()))
def test_the_span_ends_where_the_key_does(name: str, joint: str, sees: Sees) -> None:
    text = base64.b64encode(_keys()[name]).decode().rstrip("=")
    stands = joint.join(text[at : at + 64] for at in range(0, len(text), 64))
    for data in (f'key = "{stands}"\n', f"key:\n  {stands}\nwords that follow\n"):
        (hit,) = sees(_DETECTOR, data)
        assert (data[hit.start : hit.end], hit.confidence) == (stands, Confidence.HIGH)
        assert hit.value.reveal().decode() == text


def test_a_key_that_is_cut_is_medium(sees: Sees) -> None:
    text = base64.b64encode(_keys()["rsa"]).decode()[:400]
    (hit,) = sees(_DETECTOR, f'key = "{text}"')
    assert hit.confidence is Confidence.MEDIUM


def test_a_beginning_alone_is_none(sees: Sees) -> None:
    text = base64.b64encode(_keys()["rsa"]).decode()
    assert [sees(_DETECTOR, f"x = {text[:length]}") for length in range(60)] == [[]] * 60


def test_certificates_and_public_keys_are_none(sees: Sees) -> None:
    rest = random.Random("others").randbytes  # noqa: S311 -- the same each time
    certificate = _tagged(0x30, _tagged(0x30, bytes.fromhex("a003020102") + rest(700)))
    public = _tagged(0x30, _tagged(0x30, bytes.fromhex("06092a864886f70d0101010500")) + rest(270))
    for other in (certificate, public):
        assert sees(_DETECTOR, f'x = "{base64.b64encode(other).decode()}"') == []
