"""Short remarks in plain words, in which no detector finds anything: they need no engine, which takes a second."""

from opensafe.model.expressions import expression

_WORD = "[A-Za-z]{1,15}"
_NEXT = "(?:[.,;]? |[-/])"
_TICKET = "(?:(?:CHG|INC|PRB|REQ|RITM|TASK)-?)?[0-9]{1,4}|(?:CHG|INC|PRB|REQ|RITM|TASK)-?[0-9]{5,8}"
_ABOUT_IT = f"(?::(?: [a-z]{{1,15}}){{1,60}})?(?:{_NEXT}{_WORD}){{0,60}}"  # no name begins so
_REMARK = expression(f"(?:{_WORD}{_NEXT}){{0,60}}(?:{_WORD}|(?:{_TICKET}){_ABOUT_IT})[.]?")
# After these words a detector may take a plain word, or a short number, for a value.
_TELLING = expression(
    "(?i)pass|pwd|pw|secret|token|key|cred|auth|log|sign|pin|code|user|birth|born|dob|bearer|account|phrase|salt|hash"
    "|road|street|lane|avenue|close|drive|terrace|garden|crescent|grove|mews|court|place|way|hill|square|park|walk|rise"
    "|view|green|parade|row|gate|house|\\b(?:rd|ave|cres|st|ln)\\b"
)


def is_plain(text: str) -> bool:
    """Whether it is one line of words and at most one number, a short one or a ticket's, and none announces a value.

    Narrow on purpose: what is not plain is searched. Tests hold it against the examples of every detector.
    """
    return _REMARK.fullmatch(text) is not None and _TELLING.search(text) is None
