"""Short remarks in plain words, in which no detector finds anything: they need no engine, which takes a second."""

import re

_WORD = "[A-Za-z]{1,15}"
_NEXT = "(?:[.,;]? |[-/])"
_REMARK = re.compile(f"{_WORD}(?:{_NEXT}{_WORD}){{0,60}}(?:{_NEXT}[0-9]{{1,4}}(?:{_NEXT}{_WORD}){{0,60}})?[.]?")
# After these words a detector may take a plain word, or a short number, for a value.
_TELLING = re.compile(
    "(?i)pass|pwd|pw|secret|token|key|cred|auth|log|sign|pin|code|user|birth|born|dob|bearer|account|phrase|salt|hash"
    "|road|street|lane|avenue|close|drive|terrace|garden|crescent|grove|mews|court|place|way|hill|square|park|walk|rise"
    "|view|green|parade|row|gate|house|\\b(?:rd|ave|cres|st|ln)\\b"
)


def is_plain(text: str) -> bool:
    """Whether it is one line of words and at most one short number (a ticket's), none of which announces a value.

    Narrow on purpose: what is not plain is searched. Tests hold it against the examples of every detector.
    """
    return _REMARK.fullmatch(text) is not None and _TELLING.search(text) is None
