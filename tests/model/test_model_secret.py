"""No way out of a secret but `reveal()` shows it."""

import copy
import io
import json
import logging
import pickle
import pprint
import string
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.secret import Secret, mask

PLAIN = "planted-" + "Value-1x9"
MASK = "[token, up to 32 characters]"


@dataclass
class _Holder:
    secret: Secret
    inside: list[Secret] = field(default_factory=list)


def _secret() -> Secret:
    return Secret(PLAIN.encode(), "token")


def _logged(secret: Secret) -> str:
    stream = io.StringIO()
    logger = logging.getLogger("test_model_secret")
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    logger.error("%s %r", secret, secret, exc_info=_raised(secret))
    logger.removeHandler(handler)
    return stream.getvalue()


def _traced(secret: Secret) -> str:
    """With the values of all local variables, as crash reporters write them."""
    error = _raised(secret)
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def _raised(secret: Secret) -> Exception:
    """An error that went through two functions which hold the secret."""
    held = _Holder(secret, [secret])
    try:
        _fail(held)
    except KeyError as error:
        return error
    return ValueError("nothing was raised")


def _fail(held: _Holder) -> None:
    raise KeyError(held, held.secret)


def _printed(secret: Secret) -> str:
    stream = io.StringIO()
    print(secret, [secret], file=stream)
    return stream.getvalue()


WAYS: dict[str, Callable[[Secret], str]] = {
    "str": str,
    "repr": repr,
    "ascii": ascii,
    "format": format,
    "format with a specification": lambda secret: format(secret, ">60"),
    "f-string": lambda secret: f"{secret}",
    "f-string !r": lambda secret: f"{secret!r}",
    "f-string =": lambda secret: f"{secret=}",
    "percent": "%s".__mod__,
    "str.format": "{0} {0!r}".format,
    "template": lambda secret: string.Template("$a").substitute(a=secret),
    "in a list": lambda secret: str([secret, {secret: secret}]),
    "in a dataclass": lambda secret: repr(_Holder(secret, [secret])),
    "in a hit": lambda secret: repr(Hit(0, 1, secret, Form.TOKEN, Severity.HIGH, Confidence.HIGH, "why")),
    "pprint": lambda secret: pprint.pformat(_Holder(secret)),
    "print": _printed,
    "logging": _logged,
    "traceback": _traced,
    "exception": lambda secret: repr(ValueError(secret)) + str(ValueError(secret)),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_shows_the_mask(way: str) -> None:
    shown = WAYS[way](_secret())
    assert MASK in shown
    assert not any(part in shown for part in (PLAIN, "planted", "Value-1"))


@pytest.mark.parametrize(
    "way",
    [
        json.dumps,
        *(lambda secret, p=protocol: pickle.dumps(secret, p) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)),
        lambda secret: pickle.dumps([{"a": secret}]),
        copy.copy,
        copy.deepcopy,
        lambda secret: asdict(_Holder(secret)),
        bytes,
        lambda secret: b"%s" % secret,
        lambda secret: "a" + secret,
        lambda secret: secret[0],
        list,
        vars,
        len,
    ],
)
def test_what_would_need_the_value_is_refused(way: Callable[[Secret], object]) -> None:
    with pytest.raises(TypeError) as refused:
        way(_secret())
    assert PLAIN not in str(refused.value)


def test_json_with_a_fallback_to_text_shows_the_mask() -> None:
    assert json.dumps({"a": _secret()}, default=str) == f'{{"a": "{MASK}"}}'


def test_a_secret_reveals_and_compares_its_value() -> None:
    secret = _secret()
    assert secret.reveal() == PLAIN.encode()
    assert secret == Secret(PLAIN.encode(), "another kind")
    assert hash(secret) == hash(Secret(PLAIN.encode()))
    assert secret != Secret(b"other")
    assert secret != PLAIN.encode()


def test_nothing_can_be_added_to_a_secret() -> None:
    with pytest.raises(AttributeError):
        _secret().plain = b"x"  # type: ignore[attr-defined]  # that is what is tested


@given(st.binary(max_size=300), st.sampled_from(["secret", "name"]))
def test_a_mask_tells_kind_and_rough_length_alone(plain: bytes, kind: str) -> None:
    limit = next((n for n in (8, 16, 32, 64, 256) if len(plain) <= n), None)
    expected = f"[{kind}, up to {limit} characters]" if limit else f"[{kind}, over 256 characters]"
    assert Secret(plain, kind).masked == mask(kind, len(plain)) == expected


_KEYS = st.binary(min_size=32, max_size=32).map(FingerprintKey)
_WORDS = st.sampled_from(["secret", "name", "data"])
_VALUES = st.binary(max_size=20)


@given(_KEYS, _WORDS, _WORDS, _VALUES, _VALUES)
def test_fingerprints_are_equal_exactly_when_category_and_value_are(
    key: FingerprintKey, one: str, other: str, first: bytes, second: bytes
) -> None:
    assert (key.finding(one, first) == key.finding(other, second)) == ((one, first) == (other, second))


@given(_KEYS, _KEYS, _WORDS, _VALUES)
def test_fingerprints_of_two_cases_do_not_link(
    key: FingerprintKey, other: FingerprintKey, category: str, value: bytes
) -> None:
    assert (key.finding(category, value) == other.finding(category, value)) == (key == other)


@given(_KEYS, _VALUES)
def test_findings_skips_and_names_are_kept_apart(key: FingerprintKey, value: bytes) -> None:
    ids = {key.finding("secret", value)[2:], key.skip(value)[2:], key.name(value), key.digest("", value)}
    assert len(ids) == 4
    assert all(len(id_) == 26 and set(id_) <= set("abcdefghijklmnopqrstuvwxyz234567") for id_ in ids)
    assert key.finding("secret", value).startswith("F-")
    assert key.skip(value).startswith("S-")


def test_a_fingerprint_stays_what_it_is() -> None:
    """A change here would part every case from its decisions."""
    assert FingerprintKey(bytes(32)).finding("secret", b"value") == "F-oqs7tjigas2xp7k76yjz2oxnu4"


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FingerprintKey(bytes(length))


def test_a_key_is_not_shown() -> None:
    assert repr(FingerprintKey(b"k" * 32)) == "FingerprintKey()"
