"""`name = value` in every language and configuration dialect: where the name tells, what joins it, where the value is.

A name is searched by its telling part; what stands before that is read backwards. No repeat is unbounded, and what
could be tried twice is possessive, so that a hostile line costs no more than its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from opensafe.model.expressions import expression

_TELLING = (
    rb"(?:pass|pw|psw|secret|token|key|auth|cred|salt|nonce|otp|session|cookie|seed|jwt|bearer|pepper|\bpin|psk|\bapi"
    rb"|\bpat\b|\bsid|\bsas\b|kennwort|contrasena|senha|wachtwoord|mdp|webhook)"
)
_OPERATOR = rb"(?:[:=|?]|<-|<<-|!=|~=|\b(?:is|was|or)[ :]|to[ ]{1,3}[\"'])"

TRIGGERS = (
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}\\{0,3}[\"'`]?[*_]{0,2}\s{0,3}[\])]{0,2}\s{0,20}" + _OPERATOR + rb")",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}[\"'`]?\s{0,3}[({,]\s{0,3}\\{0,3}[\"'])",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}[ \t]{1,3}(?:as )?[A-Za-z0-9*\[\]]{2,20}(?:\(\w{1,6}\))?[ \t]{0,3}=)",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}[ \t]{1,2}\{[ ]?get;)",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}[ \t]{1,4}[\"'`])",
    rb"(?i:"
    + _TELLING
    + rb"[A-Za-z0-9_.-]{0,40}[\"'],[^\"'()\r\n]{0,60}(?:default|fallback|with)[a-z_]{0,8}[ \t]{0,2}[:=])",
    rb"(?i:" + _TELLING + rb"[A-Za-z0-9_.-]{0,40}\[\w{0,20}\][ \t]{0,3}=)",
    rb"(?i:(?:define|\benv|\barg|\bsetx?|setenv|_header)[ \t]{1,4}\$?[A-Za-z0-9_.-]{0,40}"
    + _TELLING
    + rb"[A-Za-z0-9_.-]{0,40}[ \t]{1,20}[^\s=])",
)
"""Where an assignment may be: expressions for the one pass over the text."""

# From the telling part on.
_ASSIGNMENT = expression(
    rb"(?i:"
    + _TELLING
    + rb""")[\w.-]{0,40}+
    (?:\\{0,3}["'`])?+[*_]{0,2}(?:\s{0,3}[\])]{1,2})?+     # the end of a quoted, bold or subscripted name
    (?P<operator>
        (?P<typed>[ \t]{0,8}+:[ \t]{0,3}+[A-Za-z&][\w.'& \t\[\]<>|?]{0,40}?  # name: str =
          (?:[ \t]{1,3}=(?=[ \t]{0,3}["'@bBrRuULf\w])|=(?=["']))
      | [ \t]{1,3}(?:[Aa]s[ ])?[A-Za-z*\[][\w*\[\]]{1,20}(?:\(\w{1,6}\))?[ \t]{0,3}:?=  # Go, VB, SQL
        )
      | [ \t]{1,2}\{[ ]?get;[ \w;]{0,20}\}[ \t]{0,2}=          # a property of C#
      | \[\w{0,20}\][ \t]{0,3}=                              # password[] = (C)
      | ,[^"'()\r\n]{0,60}?\b(?:default|fallback|with)[A-Za-z_]{0,8}[ \t]{0,2}[:=]>?(?=[ \t]{0,3}["'])  # , default="x"
      | \s{0,20}(?:<{1,2}-|:=|[?|]{1,2}=|:-|=>|={1,3}|!={1,2}|~=|:(?![:/?+])|\|\||\?[?:]|\bor\b|\b(?:is|was)\b:?
          | \bto(?=[ ]{1,3}["'])                               # "name" to "value" (Kotlin)
          | [({,](?=\s{0,80}\\{0,3}["']))
      | [ \t]{0,20}\|(?=[ \t])                                # a row of a table
      | [ \t]{1,20}(?=\S)                                    # define NAME value, password "value"
    )""",
    re.VERBOSE,
)
_VALUE = expression(
    rb"""(?P<space>[ \t]{0,20}+(?:\\?\r?\n[ \t]{0,40}+(?=["'`]))?[ \t]{0,40}+)
    (?P<bold>[*_]{0,2}[ \t]?)
    (?:
        (?P<wrapper>(?:(?:new[ ]|\[\])?[A-Za-z_$][\w.$:]{0,60}+!?\(\s{0,3}){0,2}+)
        (?:[\[({][ \t]?(?:\r?\n[ \t]{0,60})?)?
        (?P<prefix>[A-Za-z@$&]{0,2})
        (?: \\{1,3}"(?P<escaped>[^"\\\r\n]{0,4000}+)\\{1,3}"
          | \\{1,3}'(?P<escaped_single>[^'\\\r\n]{0,4000}+)\\{1,3}'
          | "{3}(?P<triple>[^"\r\n]{1,4000}+)"{3}
          | "(?P<double>(?:[^"\\\r\n]|\\[^\r\n]){0,4000}+)"
          | '(?P<single>(?:[^'\\\r\n]|\\[^\r\n]){0,4000}+)'
          | `(?P<tick>[^`\r\n]{0,4000}+)`
        )
      | (?P<bare>[A-Za-z0-9+/_.=-]{301,8000}+|[^\s\x00-\x1f"'`<>]{1,300}+)
    )""",
    re.VERBOSE,
)
_QUOTED = ("escaped", "escaped_single", "triple", "double", "single", "tick")
# Without a sign for it, the next line must be indented, and no key of a mapping.
_FURTHER = expression(
    rb"[ \t]{0,4}(?:(?:(?:\+|\.\.?|&|\\)[ \t]{0,4}\r?\n[ \t]{0,60}+"
    rb"|\r?\n[ \t]{1,60}+)(?:\+|\.\.?|&)?|\+|\.\.?|&)[ \t]{0,4}"
    rb"[bBrRuU@]?(?P<quote>[\"'])(?P<text>[^\"'\\\r\n]{1,400}+)(?P=quote)(?![ \t]{0,8}(?:[:=]|<-))"
)
_QUOTE_NEXT = expression(rb"[ \t]{0,3}[\"'`]")
_OF_VALUE = expression(rb"(?i)\s{0,8}(?:default_?|string_?)?(?:val(?:ue)?|content|default|text|string|data)\b")
_KEY_OF_OTHER = expression(rb"[ \t]{0,3}(?::(?!:)|=>)")
_GOES_ON = expression(rb"[ \t]{0,4}(?:\r?\n[ \t]{0,60})?(?:\+|\.\.|%[ \t(]|\.format\()")
_SEPARATOR = expression(rb"[,;&|?]")
_SHORT = 40  # bytes: what stands in such a value is looked at again
_PARTS = 12  # literals of one value
_NAME_BEFORE = expression(
    rb"(?i)(?:\b(?:api|access|secret|private|public|client|auth|security|encryption|signing|master|account"
    rb"|storage)[ ])?"
    rb"[A-Za-z0-9_.-]{0,40}\Z"
)
_NAME_REST = expression(rb"[\w.-]{1,60}")
_BEFORE = 60  # bytes before the telling part in which the rest of the name is read
_AHEAD = 9000  # bytes after a name in which its value is read
_DEFINED = expression(rb"(?i)(?:#[ \t]{0,3}define|\benv|\barg|\bsetx?|setenv|export|\w{3,20}_header)[ \t]{1,4}\$?\Z")
_SETTER = expression(
    rb"(?i)(?:define|setenv|putenv|getenv|addx?|put\w{0,20}|set\w{0,20}|get\w{0,20}|option|header|property|env|append|assign"
    rb"|default|environ\.get|field|with\w{0,20}|param\w{0,5}|\w{0,20}or_?else|\w{0,20}or_?default|flag\.string\w{0,4}|config|env\w{0,10}"
    rb"|lookup)(?:\(\s{0,3}(?:&[\w.]{1,40},\s{0,3})?[:\"']?|[ ][:\"'])\Z"
)
_CALLED = expression(
    rb"(?i)\A(?:(?:(?:set|with|use|check|verify|db|user|admin|root|app|client)[_-]?\w{0,20})?(?:password|passwd|pwd|secret"
    rb"|token|key)|(?:set|with|use|check|verify|valid)[_-]?(?:\w{0,20}[_-])?(?:[A-Za-z]{1,12}P|p)ass(?:word\?)?)\Z"
)


# Python's keyring takes a service and a user first: `set_password("service", user, value)`.
_OF_SERVICE = expression(rb"(?:\A|\.)set_password\Z")
_ARGUMENT_NEXT = expression(rb"[ \t]{0,3},\s{0,20}(?!True\b|False\b|None\b)(?:[\"']|[\w.]{1,60}(?:\(\))?\s{0,3}[,)])")

_USER_FIRST = expression(rb"(?i)user_?name_?(?:and_?)?password")  # such a call is given the user first
_QUOTED_END = expression(rb"[\"'][\])]?[ \t]{1,4}to\Z")
_PAIR_OPENED = expression(rb"\{[ ]{0,3}\"[\w:. -]{0,70}\Z")  # C#: { "name", "value" }
_PAIR_CLOSED = expression(rb"\s{0,3}\"(?:[^\"\\\r\n]|\\.){0,300}\"[ ]{0,3}\}")
_TEMPLATE_END = expression(rb"[^\r\n{}]{0,60}[}%]\}")
_COMPARING = expression(rb"(?i)\.(?:equals(?:IgnoreCase)?|contentEquals|compareTo)\Z")
_COMPARISONS = frozenset({b"==", b"===", b"!=", b"!==", b"~="})


class Joint(Enum):
    """How name and value are joined. BESIDE and LISTED: they may have nothing to do with each other."""

    ASSIGNED = "assigned to a telling name"
    COMPARED = "compared with a telling name"
    BESIDE = "beside a telling name"
    LISTED = "after a telling name in a list or a call"


@dataclass(frozen=True, slots=True)
class Assignment:
    """`start` and `end` are the span of `value`; a value in several literals has the span of all of them.

    `literal` is False where nothing quotes the value; `wrapper` is the call that it is given to, `prefix` a letter
    that says how the text is to be read (f"…").
    """

    name: bytes
    joint: Joint
    start: int
    end: int
    value: bytes
    quoted: bool
    wrapper: bytes = b""
    prefix: bytes = b""
    goes_on: bool = False


def assignments(data: bytes, start: int, end: int) -> Iterator[Assignment]:
    """Those whose names begin between `start` and `end`. What stands in a value is looked at as well."""
    at = start
    while (match := _ASSIGNMENT.search(data, at, min(len(data), end + _BEFORE))) is not None and match.start() < end:
        found = _assignment(data, match)
        if found is not None:
            yield found
        at = _next(match, found)


def _next(match: re.Match[bytes], found: Assignment | None) -> int:
    """Where the next name may begin: in a type, in a text, in a short value, or after the cut in a long one."""
    if match["typed"] is not None:
        return match.start("typed")
    if found is None or found.quoted:
        return match.end()
    if found.end - found.start <= _SHORT or found.value.startswith(b"${"):
        return found.start
    cut = _SEPARATOR.search(found.value)
    return found.end if cut is None else found.start + cut.end()


def _assignment(data: bytes, match: re.Match[bytes]) -> Assignment | None:
    name, name_at = _whole_name(data, match)
    joint = None if _is_attribute(data, match) else _joint(data, match, name, name_at)
    name = _COMPARING.sub(b"", name)
    valued = _VALUE.match(data, match.end(), min(len(data), match.end() + _AHEAD)) if joint is not None else None
    if joint is None or valued is None:
        return None
    group = next((name for name in _QUOTED if valued[name] is not None), None)
    if group is None:
        return Assignment(name, joint, valued.start("bare"), valued.end("bare"), valued["bare"], quoted=False)
    value, end, after = _joined(data, valued, group)
    if _OF_SERVICE.search(name) and _ARGUMENT_NEXT.match(data, after):
        return None
    if joint is Joint.LISTED and _KEY_OF_OTHER.match(data, after):
        return None  # `"secret": self.secret, "host": …`: it names the next value
    return Assignment(
        name,
        joint,
        valued.start(group),
        end,
        value,
        quoted=True,
        wrapper=valued["wrapper"],
        prefix=valued["prefix"],
        goes_on=_GOES_ON.match(data, after) is not None,
    )


def _is_attribute(data: bytes, match: re.Match[bytes]) -> bool:
    """`<a title="password" id="x">`: what would be a type stands behind a text, and is an attribute with no value."""
    typed = match["typed"]
    if typed is None or typed.lstrip()[:1] == b":" or _OF_VALUE.match(typed):
        return False
    return data[match.start("typed") - 1 :][:1] in {b'"', b"'"}


def _joined(data: bytes, valued: re.Match[bytes], group: str) -> tuple[bytes, int, int]:
    """The value with the literals that are added to it, its end, and that of its last quotation mark."""
    value, end, at = valued[group], valued.end(group), valued.end()
    if group not in {"double", "single"} or not value:
        return value, end, at
    for _ in range(_PARTS):
        further = _FURTHER.match(data, at, min(len(data), at + _AHEAD))
        if further is None:
            break
        value, end, at = value + further["text"], further.end("text"), further.end()
    return value, end, at


def _whole_name(data: bytes, match: re.Match[bytes]) -> tuple[bytes, int]:
    before = _NAME_BEFORE.search(data, max(0, match.start() - _BEFORE), match.start())
    start = before.start() if before else match.start()
    rest = _NAME_REST.match(match.group())
    return data[start : match.start()] + (rest.group() if rest else b""), start


def _is_pair(data: bytes, match: re.Match[bytes], name_at: int) -> bool:
    """`{ "Smtp:Password", "value" }`: an entry of a dictionary by itself."""
    opened = _PAIR_OPENED.search(data, max(0, name_at - _BEFORE - _BEFORE), name_at)
    return opened is not None and _PAIR_CLOSED.match(data, match.end()) is not None


def _joint(data: bytes, match: re.Match[bytes], name: bytes, name_at: int) -> Joint | None:
    before = data[max(0, name_at - 40) : name_at]
    operator = match["operator"].strip().lower()
    is_quoted = _QUOTE_NEXT.match(data, match.end()) is not None
    if not operator:
        return Joint.ASSIGNED if _DEFINED.search(before) else Joint.BESIDE if is_quoted else None
    if operator == b",":
        return Joint.ASSIGNED if _SETTER.search(before) or _is_pair(data, match, name_at) else Joint.LISTED
    if operator == b"to":
        return Joint.ASSIGNED if _QUOTED_END.search(match.group()) else Joint.BESIDE
    if operator == b"(" and _COMPARING.search(name):
        return Joint.COMPARED
    if operator in {b"(", b"{"} and _USER_FIRST.search(name):
        return None
    if operator in {b"(", b"{"}:
        return Joint.ASSIGNED if _CALLED.match(name.rpartition(b".")[2]) else Joint.LISTED
    if operator in {b"or", b"||"} and not is_quoted:
        return None
    if operator == b"|" and _TEMPLATE_END.match(data, match.end()):
        return None  # `{{ password | b64encode }}`: a filter, and no cell
    if operator == b"|" or operator[:2] in {b"is", b"wa"}:
        return Joint.BESIDE
    return Joint.COMPARED if operator in _COMPARISONS else Joint.ASSIGNED
