"""Whether what stands where a credential would stand can be one (facts, secrets 13).

Only what is plainly not a value is passed over: nothing, a reference, a call, a template, a mask, our own
replacement. Everything else that knowledge speaks against (a placeholder, a word, a run) is doubtful: it lowers
the confidence and hides nothing, since real passwords look like that too. Every doubt is said.
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from opensafe.detectors.shapes import is_test_vector, other_shape
from opensafe.detectors.words import (
    holds_long_run,
    holds_run,
    is_jumbled,
    looks_like_words,
    looks_random,
    mixes_letters_and_digits,
)
from opensafe.model.expressions import expression


class Worth(Enum):
    NOTHING = "not a value"
    DOUBTFUL = "doubtful"
    WEAK = "weak"
    PLAUSIBLE = "plausible"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`why` says in words what speaks for or against; it never holds the value."""

    worth: Worth
    why: str

    @property
    def doubts(self) -> Sequence[str]:
        """Each by itself."""
        return self.why.split("; ")


WORD = "it reads like a word"
"""The doubt of a value made of letters as they follow each other in words."""
JOINED = "it is words that are joined"
TEXT = "it is text of several words"
RUN = "it holds a run such as 1234, or repeats itself"
SHORT = "it is very short"

_NOTHING = Judgement(Worth.NOTHING, "plainly not a value")
_SHORT = 5  # characters: fewer guard nothing

_REDACTED = expression(rb"(?i)redacted|@[\w.-]{1,60}\.invalid\b|\A(?:person|analyst)(?:[ -]\d{1,6})?\Z")
_MASK = expression(
    rb"[xX*.\xb7#_?=~+-]{1,400}|[xX]{3,40}(?:[-_.][xX]{2,40}){1,8}|(?:\xe2\x80[\xa2\xa6]|\xe2\x97\x8f){1,100}"
)
_LITERAL = expression(
    rb"(?i)(?:none|null|nil|na|n/a|nan|true|false|undefined|yes|no|on|off|void|empty|required|optional|nullptr|todo|tbd)"
)
_TEMPLATE = expression(
    rb"\$\{|\$\(|\$\[|\{\{|\}\}|<%|%>|#\{|%\([\w.]{1,60}\)[sd]|\{%|\$\$\w|<\?|@@"
    rb"|^<[^<>]{0,200}>$|^\[[^\[\]]{0,200}\]$|^\{[\w.:! -]{0,80}\}|^%[\w.]{1,60}%$|^%[-.\d]{0,6}[sdvqx@]|^__\w{1,60}__$"
    rb"|^\{\d{1,2}[:,]|^\$[A-Za-z_][\w.:>\[\]'-]{0,100}$|^@[A-Za-z_][\w.]{0,60}$|^:[a-z_]{1,40}$|\{\d{0,2}\}"
    rb"|^\\{1,3}[\"']\$[A-Za-z_]\w{0,60}(?:\\{1,3}[\"']?)?$"  # as in git's own sample hook
    rb"|^\\{1,3}\$(?:_[A-Z]{3,8}\b|\w{1,40}(?:\[|->))|^@Microsoft\.KeyVault\(|^!(?:ref|sub|vault|secret|env|var)\b|^ENC\[|^<%?=?"
)
_LOOKUP = expression(
    rb"(?i)os\.environ|getenv|process\.env|env\[|environ\[|secrets\.[a-z]|var\.[a-z]|key_?ring|key_get\("
    rb"|askforpassword|askpass|getpass|readline\(|get_secret|dbutils\.|keyvault|secretsmanager|vault:|env:[a-z]"
)
_CALL = expression(rb"^(?:\[\])?[A-Za-z_][\w.:$>@-]{0,80}\(|\(\)")
_PEM = expression(rb"-----(?:BEGIN|END)")
_PLACEHOLDER = expression(
    rb"(?i)example|change[-_ ]?(?:me|it|this)|\byour|^your|placeholder|dummy|sample|fake|insert|replace|todo|fixme"
    rb"|^(?:test[-_ ]?|(?:bogus|wrong|invalid|mock)[-_ ]?|(?:foo|bar)(?:[-_ ]|(?=foo|ba[rz])))[a-z]{1,20}[-_ ]?\d{0,4}$"
    rb"|^(?:test|foo|bar|bogus|wrong|invalid|mock)[-_ ]?\d{0,4}$"
    rb"|^my[-_ ]?(?:pass|secret|token|key|pwd)|some[-_ ]?(?:pass|secret|token|key)"
    rb"|random[-_ ]?(?:char|string|value|text)|not[-_ ]?a[-_ ]?real|\.\.\.|\xe2\x80\xa6|xxxx"
)
_SAMPLE_WORD = expression(
    rb"(?i)(?:^|[\W_])(?:here|foo|bar|baz|qux|test|tests|testing|demo|default|xxx{1,20}|secret|hunter2|letmein|abc123|lorem"
    rb"|mock|stub|temp|tmp|invalid|wrong|bad|correct|good|valid|old|new|none|null|blah|abc|xyz|value)(?:$|[\W_])"
)
_BY_CHANCE = frozenset(b"wrong bad correct good valid old new abc xyz temp tmp".split())
_NAMES_ITSELF = expression(
    rb"(?i)passw|passphrase|secret|token|api[-_]?key|credential|username|private[-_]?key|access[-_]?key"
)
_NAMES_ITSELF_SHORT = expression(  # by chance in longer values, and in other words
    rb"(?i)(?<!mon)(?<!don)(?<!tur)(?<!hoc)(?<!joc)(?<!whis)key|(?<!com)pass(?!ion|age|eng|over)|pwd|auth(?!or)"
)
_PLACE = expression(
    rb"^(?:[a-z][a-z0-9+.-]{1,20}://|urn:[a-z0-9-]{2,31}:|[\w.-]{1,60}:\d{2,5},[\w.-]{1,60}:\d{2,5}|\.{0,2}/[\w.-]{1,80}/|\.{1,2}/[\w.-]|/[a-z._-]{1,40}$|~/|[A-Za-z]:\\|\\\\)"
)
_TAIL = expression(rb"\A(?:https?://)?[\w.-]{4,80}\.[a-z]{2,10}/[\w./@-]{1,200}/(?P<token>[\w-]{20,200})\Z")
_PATTERN = expression(rb"\[[^\]\s]{1,60}\](?:\{\d|[+*])|\\[dws](?:\{\d|[+*])|\(\?[:!=<P]")
_BETWEEN_TEXTS = expression(
    rb"^[+%,.&|]{1,2}[ \t].{0,400}[ \t][+%,.&|]{1,2}[ \t]?[bBrRuUfF]{0,2}$|^[+&] [a-z_]{2,40}[,)]?$"
    rb"|^[.+&][ \t]?\$\w{1,40}[\[(>-]"
)
_WORDS = expression(rb"[^\W\d_]{2,40}[,.;:!?']?[ \t]{1,4}[^\W\d_]{1,40}|[^\W\d_]{2,40}[ \t][(&<]")
_JOINED_WORDS = expression(rb"[A-Za-z]{1,20}(?:[-_.][A-Za-z0-9]{1,20}){2,20}|[A-Za-z]{3,20}(?:_[A-Za-z]{2,20}){1,20}")
_IDENTIFIER = expression(rb"[a-z]{1,12}\d?(?:_[a-z]{2,12}\d?){1,6}")
_ESCAPES = expression(rb"\\(?:e\[|033\[|[xuU][0-9a-fA-F]{2}|[0-3][0-7]{2})")
_MARKUP = expression(rb"</?[a-zA-Z][^<>]{0,80}>|&[a-z]{2,8};|\\n\b")
_OTHER_SCRIPT = expression(r"[^\W\d_]", re.UNICODE)
_CODE = expression(
    rb"\w\[-?\w{1,40}\]|[\w\])](?:->|::)[A-Za-z_]|^(?:self|this|config|settings|request|params|props|state)\.[A-Za-z_]|=>|&&|\|\|"
)

_DOUBTS = (
    (_PLACEHOLDER, "it reads like a placeholder"),
    (_NAMES_ITSELF, "it holds the name of what it would be"),
    (_PATTERN, "it reads like an expression that values are matched with"),
    (_BETWEEN_TEXTS, "it reads like code between two texts"),
    (_CODE, "it reads like code"),
    (_WORDS, TEXT),
    (_MARKUP, "it holds markup"),
    (_ESCAPES, "it holds bytes that are spelt out"),
    (_PLACE, "it reads like a path or address"),
)
_HEX = expression(rb"(?:0x)?(?:[0-9a-fA-F]{2}){8,200}")
_BASE64 = expression(rb"(?:[A-Za-z0-9+/]{4}){2,100}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)")
_TEXT = expression(rb"[\x20-\x39\x3b-\x7a|~]{6,300}")  # no pair `user:value`, and no record
_LONG = 24  # characters: in longer values three letters say nothing
_LONG_REST = 20  # characters beside a word of samples
_JOINTS = bytes(byte for byte in range(0x80) if not chr(byte).isalnum())
_CHOSEN_REST = 8  # beside one that people put into passwords
_FOREIGN_SHARE = 0.3


def is_redaction(value: bytes) -> bool:
    """One of opensafe's own replacements, or another tool's that says so."""
    return _REDACTED.search(value) is not None


def _is_nothing(value: bytes) -> bool:
    return (
        not value
        or is_redaction(value)
        or any(whole.fullmatch(value) for whole in (_MASK, _LITERAL))
        or any(part.search(value) for part in (_TEMPLATE, _LOOKUP, _CALL, _PEM))
    )


@lru_cache(maxsize=4096)
def judge(value: bytes) -> Judgement:
    """What speaks for and against `value`, the text where a credential would stand."""
    value = value.strip()
    if _is_nothing(value):
        return _NOTHING
    doubts = list(_doubts(value))
    if doubts:
        return Judgement(Worth.DOUBTFUL, "; ".join(doubts))
    return Judgement(Worth.PLAUSIBLE, "nothing speaks against it")


def judge_found(value: bytes) -> Judgement:
    """What speaks for and against a catalogue's find: an address is judged by its last part, a webhook's token."""
    judged = judge(value)
    tail = _TAIL.search(value)
    if judged.worth is not Worth.DOUBTFUL or tail is None or _PLACEHOLDER.search(value):
        return judged
    return judge(tail["token"])


def _doubts(value: bytes) -> Iterator[str]:
    yield from (why for doubt, why in _DOUBTS if doubt.search(value))
    if _is_sample(value):
        yield "it reads like a placeholder"
    if len(value) <= _LONG and _NAMES_ITSELF_SHORT.search(value) and not _NAMES_ITSELF.search(value):
        yield "it holds the name of what it would be"
    if (shape := other_shape(value)) is not None:
        yield shape
    if value.startswith(b"eyJ") and value.endswith(b"."):
        yield "it is a web token that nobody has signed"
    if is_test_vector(value):
        yield "standards or vendors publish it to test with"
    if (_JOINED_WORDS.fullmatch(value) and looks_like_words(value.decode("ascii"))) or (
        _IDENTIFIER.fullmatch(value) and not looks_random(value.decode("ascii"))
    ):
        yield JOINED
    yield from _doubts_of_text(value.decode("utf-8", "replace"))
    if (inner := _decoded(value)) is not None and _says_so(inner):
        yield "what it encodes is none"


def _says_so(inner: bytes) -> bool:
    """Whether a text names itself or is a run: what looks odd besides may have come by chance."""
    return any(part.search(inner) for part in (_PLACEHOLDER, _NAMES_ITSELF)) or holds_long_run(inner.decode())


def _decoded(value: bytes) -> bytes | None:
    """The text that base64 or hexadecimal digits stand for, where it is one."""
    try:
        if _HEX.fullmatch(value):
            inner = bytes.fromhex(value.decode().removeprefix("0x"))
        else:
            inner = b64decode(value, validate=True) if _BASE64.fullmatch(value) else b""
    except ValueError:
        return None
    return inner if _TEXT.fullmatch(inner) else None


def _is_sample(value: bytes) -> bool:
    """A word of samples stands in it, and not only beside a long random part: `sk_test_…` is a credential.

    So is what people make of a word, a number and `!xyz`.
    """
    word = _SAMPLE_WORD.search(value)
    if word is None or _PLACEHOLDER.search(value):
        return False
    rest = max(value[: word.start()], value[word.end() :], key=len).decode("utf-8", "replace")
    if not mixes_letters_and_digits(rest):
        return True
    if word.group().strip(_JOINTS).lower() in _BY_CHANCE and len(rest) >= _CHOSEN_REST:
        return False
    return len(rest) < _LONG_REST or not looks_random(rest)


def _doubts_of_text(text: str) -> Iterator[str]:
    if len(text) < _SHORT:
        yield SHORT
    elif holds_run(text):
        yield RUN
    elif looks_like_words(text) and not mixes_letters_and_digits(text) and not is_jumbled(text):
        yield WORD
    elif (foreign := sum(not c.isascii() and c.isalpha() for c in text)) >= _FOREIGN_SHARE * len(text):
        yield "it is text in another script"
    elif foreign and not any(c.isdigit() for c in text):
        yield "it is text with letters that English does not have"
