"""Whether what stands where a credential would stand can be one (facts, secrets 13).

Only what is plainly not a value is passed over: nothing, a reference, a call, a template, a mask, our own
replacement. Everything else that knowledge speaks against (a placeholder, a word, a run) is doubtful: it lowers
the confidence and hides nothing, since real passwords look like that too.
"""

import re
from dataclasses import dataclass
from enum import Enum

from opensafe.detectors.words import holds_run, looks_like_words, mixes_letters_and_digits


class Worth(Enum):
    NOTHING = "not a value"
    DOUBTFUL = "doubtful"
    PLAUSIBLE = "plausible"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`why` says in words what speaks for or against; it never holds the value."""

    worth: Worth
    why: str


_NOTHING = Judgement(Worth.NOTHING, "plainly not a value")
_SHORT = 5  # characters: fewer guard nothing

_REDACTED = re.compile(rb"(?i)redacted|@[\w.-]{1,60}\.invalid\b|\A(?:person|analyst)(?:[ -]?\d{1,6})?\Z")
_MASK = re.compile(rb"[xX*.\xb7#_?=~+-]{1,400}|(?:\xe2\x80[\xa2\xa6]|\xe2\x97\x8f){1,100}")
_LITERAL = re.compile(
    rb"(?i)(?:none|null|nil|na|n/a|nan|true|false|undefined|yes|no|on|off|void|empty|required|optional)"
)
_TEMPLATE = re.compile(
    rb"\$\{|\$\(|\{\{|\}\}|<%|%>|#\{|%\([\w.]{1,60}\)s|\{%"
    rb"|^<[^<>]{0,200}>$|^\[[^\[\]]{0,200}\]$|^\{[\w.:! -]{0,80}\}$|^%[\w.]{1,60}%$|^%[sdvq]$|^__\w{1,60}__$"
    rb"|^\$[A-Za-z_][\w.:>\[\]'-]{0,100}$|^@[A-Za-z_][\w.]{0,60}$|^:[a-z_]{1,40}$"
    rb"|^@Microsoft\.KeyVault\("
)
_LOOKUP = re.compile(
    rb"(?i)os\.environ|getenv|process\.env|env\[|environ\[|secrets\.[a-z]|var\.[a-z]|key_?ring|key_get\("
    rb"|askforpassword|askpass|getpass|readline\(|get_secret|dbutils\.|keyvault|secretsmanager|vault:"
)
_CALL = re.compile(rb"^[A-Za-z_][\w.:$>@-]{0,80}\(")
_PLACEHOLDER = re.compile(
    rb"(?i)example|change[-_ ]?(?:me|it|this)|\byour|^your|placeholder|dummy|sample|fake|insert|replace|todo|fixme"
    rb"|(?:^|[\W_])(?:here|foo|bar|baz|qux|test|demo|default|xxx{1,20}|secret|hunter2|letmein|abc123|lorem)(?:$|[\W_])"
    rb"|^my[-_ ]?(?:pass|secret|token|key|pwd)|some[-_ ]?(?:pass|secret|token|key)|not[-_ ]?a[-_ ]?real|\.\.\.|xxxx"
)
_NAMES_ITSELF = re.compile(rb"(?i)passw|secret|token|api[-_]?key|pwd|credential|username")
_PLACE = re.compile(rb"^(?:[a-z][a-z0-9+.-]{1,20}://|\.{0,2}/[\w.-]|~/|[A-Za-z]:\\|\\\\)")
_PATTERN = re.compile(rb"\[[^\]\s]{1,60}\](?:\{\d|[+*])|\\[dws](?:\{\d|[+*])")
_BETWEEN_TEXTS = re.compile(rb"^[+%,.&|]{1,2}[ \t].{0,400}[ \t][+%,.&|]{1,2}[ \t]?[bBrRuUfF]{0,2}$")
_WORDS = re.compile(rb"[^\W\d_]{2,40}[,.;:!?]?[ \t]{1,4}[^\W\d_]{2,40}")

_DOUBTS = (
    (_PLACEHOLDER, "it reads like a placeholder"),
    (_NAMES_ITSELF, "it holds the name of what it would be"),
    (_PATTERN, "it reads like an expression that values are matched with"),
    (_BETWEEN_TEXTS, "it reads like code between two texts"),
    (_WORDS, "it is text of several words"),
    (_PLACE, "it reads like a path or address"),
)


def is_redaction(value: bytes) -> bool:
    """One of opensafe's own replacements, or another tool's that says so."""
    return _REDACTED.search(value) is not None


def _is_nothing(value: bytes) -> bool:
    return (
        not value
        or is_redaction(value)
        or any(whole.fullmatch(value) for whole in (_MASK, _LITERAL))
        or any(part.search(value) for part in (_TEMPLATE, _LOOKUP, _CALL))
    )


def judge(value: bytes) -> Judgement:
    """What speaks for and against `value`, the text where a credential would stand."""
    value = value.strip()
    if _is_nothing(value):
        return _NOTHING
    for doubt, why in _DOUBTS:
        if doubt.search(value):
            return Judgement(Worth.DOUBTFUL, why)
    text = value.decode("utf-8", "replace")
    if len(text) < _SHORT:
        return Judgement(Worth.DOUBTFUL, "it is very short")
    if holds_run(text):
        return Judgement(Worth.DOUBTFUL, "it holds a run such as 1234, or few different characters")
    if looks_like_words(text) and not mixes_letters_and_digits(text):
        return Judgement(Worth.DOUBTFUL, "it reads like a word")
    return Judgement(Worth.PLAUSIBLE, "nothing speaks against it")
