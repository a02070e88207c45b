"""Base64 as it stands in text (RFC 4648 and 2045): decoded, and written again the way it was written."""

import binascii

from opensafe.model.expressions import expression

_BREAK = expression(rb"(?:\\[rn]|[\s\"',]){1,256}")  # between lines: in YAML, in the strings of a list
_STANDARD = bytes.maketrans(b"-_", b"+/")
_FOR_LINKS = bytes.maketrans(b"+/", b"-_")
_NOT_ALPHABET = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"))


def decoded_base64(run: bytes) -> bytes | None:
    """What a run stands for, what parts its lines and padding left aside; None if that is not possible."""
    joined = _BREAK.sub(b"", run).translate(_STANDARD).rstrip(b"=")
    if len(joined) % 4 == 1:  # one letter is no byte: the text was cut there
        joined = joined[:-1]
    try:
        return binascii.a2b_base64(joined + b"=" * (-len(joined) % 4))
    except binascii.Error:
        return None


def salvaged_base64(text: bytes) -> bytes:
    """What can be made out, as mail programs do it: other characters are left aside, an odd last one too."""
    return decoded_base64(text.partition(b"=")[0].translate(_STANDARD, _NOT_ALPHABET)) or b""


def encoded_like(run: bytes, content: bytes) -> bytes:
    """`content` in the alphabet, the padding and the width of lines of `run`."""
    encoded = binascii.b2a_base64(content, newline=False)
    if b"-" in run or b"_" in run:
        encoded = encoded.translate(_FOR_LINKS)
    if len(run.rstrip(b"=")) % 4 and not run.endswith(b"="):
        encoded = encoded.rstrip(b"=")
    return _wrapped(encoded, run)


def _wrapped(encoded: bytes, like: bytes) -> bytes:
    found = _BREAK.search(like)
    if not found:
        return encoded
    width = max(1, found.start())
    return found.group().join(encoded[at : at + width] for at in range(0, len(encoded), width))
