"""Credentials: what lowers the confidence, what is passed over, and whose span is right."""

import base64
from collections.abc import Callable

import pytest

from opensafe.detectors.settingnames import Kind, kind_of
from opensafe.detectors.values import Worth, judge
from opensafe.detectors.words import word_likeness
from opensafe.model.finding import Confidence, Form, Hit, Severity

Sees = Callable[..., list[Hit]]
_ASSIGNED = "secrets.generic-assignment"
_RANDOM = "kT7" + "vq9" + "-Lm2x"
_PIECES = ("gh", "p_", "kT7vq9Lm2xPz4Rw8YcHb", "3Nf6Jd1Gs5Qa0Ue7")
_TOKEN = "".join(_PIECES)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("DB_PASSWORD", Kind.PASSWORD),
        ("dbPassword2", Kind.PASSWORD),
        ("AZURE_CLIENT_SECRET", Kind.PASSWORD),
        ("secret_key_base", Kind.PASSWORD),
        ("apiKey", Kind.KEY),
        ("auth_token", Kind.KEY),
        ("primary_key", Kind.NONE),
        ("author", Kind.NONE),
        ("monkey", Kind.NONE),
        ("token_count", Kind.NONE),
        ("password_file", Kind.NONE),
        ("passwordHash", Kind.PASSWORD),
        ("ldap.bindpw", Kind.PASSWORD),
        ("config.salt", Kind.KEY),
        ("stripe_key", Kind.KEY),
        ("access_key_id", Kind.HINT),
        ("key", Kind.HINT),
        ("tokenData", Kind.HINT),
        ("cache.key_prefix", Kind.NONE),
        ("public_key", Kind.NONE),
        ("tokenizer", Kind.NONE),
    ],
)
def test_name_says_what_its_value_is(name: str, kind: Kind) -> None:
    assert kind_of(name.encode()) is kind


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        (_RANDOM, Worth.PLAUSIBLE),
        ("Summer" + "2029", Worth.PLAUSIBLE),
        ("changeme", Worth.DOUBTFUL),
        ("correct horse battery", Worth.DOUBTFUL),
        ("qwerty" + "77", Worth.DOUBTFUL),
        ("wonderful", Worth.DOUBTFUL),
        ("ab1", Worth.DOUBTFUL),
        ("", Worth.NOTHING),
        ("****", Worth.NOTHING),
        ("${PASSWORD}", Worth.NOTHING),
        ("{{ password }}", Worth.NOTHING),
        ("<password>", Worth.NOTHING),
        ("%DB_PASS%", Worth.NOTHING),
        ("Sys.getenv('X')", Worth.NOTHING),
        ("None", Worth.NOTHING),
        ("$(get-it)", Worth.NOTHING),
        ("{0}", Worth.NOTHING),
        ("2029-01-31", Worth.DOUBTFUL),
        ("1.12.3", Worth.DOUBTFUL),
        ("1.3.6.1.5.5.7", Worth.DOUBTFUL),
        ("/etc/app/x9.pem", Worth.DOUBTFUL),
        ("k8.example.org", Worth.DOUBTFUL),
        ("list[Part2]", Worth.DOUBTFUL),
        ("deadbeef" + "42", Worth.DOUBTFUL),
        ("utf-8", Worth.DOUBTFUL),
        ("AES-256-CBC", Worth.DOUBTFUL),
        ("s3_host", Worth.DOUBTFUL),
        ("3.0-3.12", Worth.DOUBTFUL),
        ("kx_zq" + "9", Worth.PLAUSIBLE),
        ("one_more_step_2", Worth.DOUBTFUL),
        ("xyxyxyxyxy", Worth.DOUBTFUL),
    ],
)
def test_value_is_judged(value: str, worth: Worth) -> None:
    assert judge(value.encode()).worth is worth


def test_words_look_like_words_and_random_text_does_not() -> None:
    words = ["password", "analysis", "hospital", "mortality", "something", "wonderful"]
    random = ["xkqzvwjp", "qhtzbkfw", "zzkxqvjw"]
    assert min(map(word_likeness, words)) > max(map(word_likeness, random))


def test_doubtful_value_is_kept_at_low(sees: Sees) -> None:
    (hit,) = sees(_ASSIGNED, 'password = "changeme"')
    assert (hit.severity, hit.confidence) == (Severity.LOW, Confidence.LOW)


def test_two_credentials_on_one_line_are_two_hits(sees: Sees) -> None:
    other = "Zw4" + "pn8" + "_Rt6y"
    text = f"connect(password=\"{_RANDOM}\", secret='{other}')"
    hits = sees(_ASSIGNED, text)
    assert [text[h.start : h.end] for h in hits] == [_RANDOM, other]


def test_the_whole_token_is_the_span_not_its_prefix(sees: Sees) -> None:
    text = f'token <- "{_TOKEN}"'
    for detector in ("secrets.detect-secrets-patterns", "secrets.kingfisher-catalogue"):
        assert [text[h.start : h.end] for h in sees(detector, text)] == [_TOKEN]


def test_token_in_base64_has_the_encoded_span_and_the_decoded_value(sees: Sees) -> None:
    encoded = base64.b64encode(f"x={_TOKEN} ".encode()).decode()
    (hit,) = sees("secrets.kingfisher-catalogue", f'blob = "{encoded}"')
    assert (hit.value.reveal().decode(), hit.end - hit.start) == (_TOKEN, len(encoded))


def _pem(label: str, body: str, joint: str = "\n") -> str:
    return f"-----BEGIN {label}-----{joint}{body}{joint}-----END {label}-----"


_LINES = ["MIIkT7vq9Lm2xPz4Rw8YcHb3Nf6Jd1Gs5", "Qa0Ue7Wt2oVi4ZrXl8KcPm6BnYd3Th9"]
_RSA = "RSA PRIVATE" + " KEY"


def test_each_way_of_wrapping_a_key_is_one_value(sees: Sees) -> None:
    texts = [
        _pem(_RSA, "\n".join(_LINES)),
        _pem(_RSA, "\\n".join(_LINES), "\\n"),
        _pem(_RSA, "\r\n    ".join(_LINES), "\r\n    "),
        _pem(_RSA, '\\n"\n  "'.join(_LINES), '\\n"\n  "'),
    ]
    hits = [sees("secrets.private-keys", text) for text in texts]
    assert {tuple(h.value.reveal() for h in found) for found in hits} == {("".join(_LINES).encode(),)}
    assert [(h.start, h.end) for found in hits for h in found] == [(0, len(text)) for text in texts]


def test_encrypted_key_is_medium_and_plain_key_critical(sees: Sees) -> None:
    headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"
    found = [
        sees("secrets.private-keys", _pem(label, body))
        for label, body in (
            (_RSA, "\n".join(_LINES)),
            (_RSA, headers + "\n".join(_LINES)),
            ("ENCRYPTED PRIVATE" + " KEY", "\n".join(_LINES)),
        )
    ]
    assert [h.severity for hits in found for h in hits] == [Severity.CRITICAL, Severity.MEDIUM, Severity.MEDIUM]


def test_key_without_head_or_foot_is_found_with_its_lines(sees: Sees) -> None:
    whole = _pem(_RSA, "\n".join(_LINES))
    head = "x <- 1\n" + whole.rsplit("\n", 1)[0] + "\nend of file\n"
    foot = "text before\n" + whole.split("\n", 1)[1] + "\n"
    for text in (head, foot):
        (hit,) = sees("secrets.private-keys", text)
        assert (hit.confidence, hit.form) == (Confidence.MEDIUM, Form.PRIVATE_KEY)
        assert hit.value.reveal() == "".join(_LINES).encode()
        assert "text" not in text[hit.start : hit.end]
        assert "end of" not in text[hit.start : hit.end]


def test_putty_key_is_found_whole(sees: Sees) -> None:
    text = (
        "PuTTY-User-Key-" + "File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAA\n"
        f"Private-Lines: 2\n{_LINES[0]}\n{_LINES[1]}\nPrivate-MAC: 0123456789abcdef\n"
    )
    (hit,) = sees("secrets.private-keys", text)
    assert (text[hit.start : hit.end], hit.severity) == (text.rstrip("\n"), Severity.CRITICAL)


@pytest.mark.parametrize(
    ("before", "after", "confidences"),
    [
        ("x ", " y", [Confidence.HIGH]),
        ("integrity sha512-LjepnS/1", "/x", [Confidence.LOW]),
        (f"{'n7/Q' * 16}\n{'a1B2' * 6}", f"\n{'n7+Q' * 16}\n", [Confidence.HIGH]),
    ],
)
def test_token_within_a_checksum_is_low(sees: Sees, before: str, after: str, confidences: list[Confidence]) -> None:
    parts = ("ghp", "_", "kT7vq9Lm2xPz4Rw8YcHb", "3Nf6Jd1Gs5Qa0Ue7")
    hits = sees("secrets.kingfisher-catalogue", f"{before}{''.join(parts)}{after}")
    assert [hit.confidence for hit in hits] == confidences


def test_sessions_of_powerpoint_are_no_clients_of_azure(sees: Sees) -> None:
    number = "2E21A97C-E7C5-4915-" + "9E87-D8CB4E68B298"
    texts = (f'<p1510:client id="{{{number}}}" v="22"/>', f'azure client_id="{number}"')
    assert [len(sees("secrets.kingfisher-catalogue", text)) for text in texts] == [0, 1]
