"""The people of this very repository (its identities and the team's roster), wherever their names stand."""

import string
from collections.abc import Iterator, Mapping

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import PreparedDetector
from opensafe.detectors.literals import LiteralSearch
from opensafe.detectors.spellings import Spelling, spellings_of
from opensafe.model.context import Context
from opensafe.model.detector import Card, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret

_WHAT = {
    Form.EMAIL: "the address of somebody who is known",
    Form.PERSON_NAME: "the name of somebody who is known",
    Form.LOGIN: "a user name of somebody who is known",
}
_SMALL_WORD = expression(rb"(?:^|[\s.,])[a-z]")
_EMAIL_JOINTS = b"._+-"
_WORD_BYTES = frozenset(b"_" + string.ascii_letters.encode() + string.digits.encode())
_BEYOND_ASCII = 0x80
_CALLED_BEFORE = expression(
    rb"(?i)(?:(?<!\w)~|\b(?:cc|by|thanks|todo\()\s{0,2}@|\b(?:users?|home|documents and settings)[\\/]{1,2}"
    rb"|\b(?:todo|fixme|xxx)\("
    rb"|(?<![a-z])(?:user|username|user[ _-]name|login|logon|uid|author|owner|maintainer|assignee|cc|by)"
    rb"[\"']?\s{0,3}(?:[:=@]|<-)\s?[\"'@]?)$"
)
_BEFORE_WORDS = (b"~", b"@", b"/", b"\\", b"(", b":", b"=", b"-", b": ", b"= ", b"- ", b'"', b"'")
"""What the expression above can end with, for the first pass."""

_CALLED_AFTER = expression(rb"@[A-Za-z0-9]")
_CALLED_WITHIN = 40  # bytes before a name in which it may be said to be one
_LONGEST_CHARACTER = 4  # bytes in UTF-8


def _prepare(context: Context) -> Look:
    known: dict[bytes, Spelling] = {}
    for person in context.people:
        for spelling in spellings_of(person):
            known.setdefault(spelling.written.lower(), spelling)
    if not known:
        return lambda _specimen: ()
    search = _Search(known)
    return lambda specimen: _look(specimen.data, search)


class _Search:
    """One pass over a text for every spelling; a word is looked for only with what may tell that it is a user name."""

    def __init__(self, known: Mapping[bytes, Spelling]) -> None:
        sought = [(*parts, spelling) for text, spelling in known.items() for parts in _sought(text, spelling)]
        self._search = LiteralSearch([before + text + after for before, text, after, _ in sought])
        self._sought = [(len(before), len(after), spelling) for before, _, after, spelling in sought]

    def find(self, data: bytes) -> Iterator[tuple[int, int, Spelling]]:
        """Start, end and spelling of what may be meant, in the order of ends.

        Most of what is found lies within a longer word, and is left out at once.
        """
        length = len(data)
        for index, start, end in self._search.find(data):
            before, after, spelling = self._sought[index]
            first, last = start + before, end - after
            if (first and data[first - 1] in _WORD_BYTES) or (last < length and data[last] in _WORD_BYTES):
                continue
            yield first, last, spelling


def _sought(text: bytes, spelling: Spelling) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What stands before, the spelling, and what stands behind it: a word alone would be met at every turn."""
    if not _is_word(spelling):
        yield b"", text, b""
        return
    yield b"", text, b"@"
    for before in _BEFORE_WORDS:
        yield before, text, b""


def _look(data: bytes, search: _Search) -> Iterator[Hit]:
    # bytes.lower() changes ASCII letters only, so that offsets stay as they are.
    found = [
        (start, end, spelling)
        for start, end, spelling in search.find(data.lower())
        if _stands_alone(data, start, end, spelling.form) and _is_meant(data, start, end, spelling)
    ]
    reached = -1
    for start, end, spelling in sorted(found, key=lambda f: (f[0], -f[1])):
        if end > reached:  # what lies inside a longer spelling is part of it
            reached = end
            yield _hit(data, start, end, spelling)


def _stands_alone(data: bytes, start: int, end: int, form: Form) -> bool:
    """No letter beyond ASCII touches it; for an address no other part of an address either."""
    if _letter_before(data, start) or _letter_after(data, end):
        return False
    if form is Form.EMAIL:
        continues = data[end : end + 1] in {b".", b"-"} and data[end + 1 : end + 2].isalnum()
        return not continues and not (start and data[start - 1] in _EMAIL_JOINTS)
    return True


def _letter_before(data: bytes, start: int) -> bool:
    if not start or data[start - 1] < _BEYOND_ASCII:
        return False
    return data[max(0, start - _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")[-1:].isalnum()


def _letter_after(data: bytes, end: int) -> bool:
    if end == len(data) or data[end] < _BEYOND_ASCII:
        return False
    return data[end : end + _LONGEST_CHARACTER].decode("utf-8", "ignore")[:1].isalnum()


def _is_meant(data: bytes, start: int, end: int, spelling: Spelling) -> bool:
    """A user name that is an ordinary word (`file`, `will`) is one only where the text says that it is."""
    if not _is_word(spelling):
        return True
    before = data[max(0, start - _CALLED_WITHIN) : start]
    return _CALLED_BEFORE.search(before) is not None or _CALLED_AFTER.match(data, end) is not None


def _is_word(spelling: Spelling) -> bool:
    is_sure = spelling.form is not Form.LOGIN and spelling.confidence is not Confidence.LOW
    return not is_sure and is_common_word(spelling.written)


def _hit(data: bytes, start: int, end: int, spelling: Spelling) -> Hit:
    confidence, why = spelling.confidence, _WHAT[spelling.form]
    if (
        spelling.form is Form.PERSON_NAME
        and _SMALL_WORD.search(data[start:end])
        and data[start:end] != spelling.written
    ):
        confidence, why = Confidence.LOW, why + ", in small letters"
    elif confidence is Confidence.LOW:
        why += ", short or of one word"
    return Hit(
        start=start,
        end=end,
        value=Secret(spelling.canonical, spelling.form.value),
        form=spelling.form,
        severity=Severity.LOW if confidence is Confidence.LOW else Severity.MEDIUM,
        confidence=confidence,
        why=why,
        person=spelling.person,
    )


DETECTOR = PreparedDetector(
    Card(
        id="names.repository-people",
        title="Somebody who worked on this repository",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The authors, committers and the roster are the best list of names there is: in most repositories a "
        "full name "
        "or address stands in the files too. User names of five characters or fewer are for review.",
        remedy="Ask the person: keep (credit), pseudonym or nothing. One decision covers all spellings of a person.",
        reference="facts: data 1 and 4 (layers L0 and L1), 6",
    ),
    _prepare,
)
