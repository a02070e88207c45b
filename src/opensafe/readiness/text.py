"""Content of files as text: for looking at, never for writing back."""

import codecs

from opensafe.model.expressions import expression

# `git@host` is how a repository is cloned; domains that cannot exist (RFC 2606) are what a redaction left behind.
_EMAIL = r"(?<![\w.+-])(?!git@)[\w.+-]{1,64}@(?![\w.-]{0,60}\.invalid\b)[\w-]{1,60}\.[\w.-]{2,60}"
EMAIL = expression(_EMAIL)
ADDRESS = expression(rf"{_EMAIL}|https?://[^\s)>]{{4,200}}")
"""An e-mail address or a web address."""

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_of(data: bytes) -> str:
    """`data` as text: UTF-8, or UTF-16 where a byte order mark says so (Windows editors); bad bytes become U+FFFD.

    Every line ends with a newline, whatever it ended with.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    return data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
