"""The search finds exactly what looking at every place of a content finds."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from opensafe.formats.decode import Part
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role
from opensafe.proof.forms import SHORT, forms_of
from opensafe.proof.search import Search

PIECES = [b"aba", b"abab", b"ward", b"Ann Lee", b"\1" * 8, b"\1" * 5, b"5", b"ba", b" ", b".", b"x", b"\5" * 9]
VALUES = [b"abab", b"aba", b"ab", b"baba", b"\1\1\1a", b"ward5", b"5"]
WORDS = [b"Ann Lee", b"ward", b"\1a"]

contents = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)
some_values = st.lists(st.sampled_from(VALUES), max_size=4)
some_words = st.lists(st.sampled_from(WORDS), max_size=2)


def _is_word(data: bytes, at: int, word: bytes) -> bool:
    before, behind = data[max(at - 1, 0) : at], data[at + len(word) : at + len(word) + 1]
    return not (before.isalnum() or (before and before in b"_.+-") or behind.isalnum() or behind == b"_")


def _looked_for(data: bytes, values: list[bytes], words: list[bytes], role: Role) -> set[int]:
    found = set()
    for index, value in enumerate(values):
        forms = [form for form in forms_of(value) if len(form) >= SHORT or role is not Role.BINARY]
        if any(form in data for form in forms):
            found.add(index)
    for index, word in enumerate(words, len(values)):
        if any(data.startswith(word, at) and _is_word(data, at, word) for at in range(len(data))):
            found.add(index)
    return found


@given(contents, some_values, some_words, st.sampled_from(Role))
@example(b"\1" * 8 + b"a", [b"\1\1\1a"], [], Role.TEXT)  # hidden behind what keeps the engine fast
@settings(deadline=None)
def test_every_value_that_stands_there_is_found(
    data: bytes, values: list[bytes], words: list[bytes], role: Role
) -> None:
    search = Search([Secret(value) for value in values], [Secret(word) for word in words])
    assert search.in_part(Part((), data, role)) == _looked_for(data, values, words, role)
