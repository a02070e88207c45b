"""Passages cover every byte once, and a change moves the borders near it only."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.history.novelty import NoveltyFilter
from opensafe.history.passages import AFTER, BEFORE, LONGEST, Passage, Passages

_RUNS = st.tuples(
    st.sampled_from([b"\n", b"\n\n", b"\r\n\r\n", b"a", b"a line\n", b"\0", b"\xff\xfe", b"two words "]),
    st.integers(1, 2000),
)
TEXTS = st.lists(_RUNS, max_size=6).map(lambda runs: b"".join(piece * count for piece, count in runs))


@settings(max_examples=150)
@given(TEXTS | st.binary())
def test_passages_cover_every_byte_exactly_once(text: bytes) -> None:
    found = _cut(text)
    assert [p.start for p in found] == [0, *(p.end for p in found)][: len(found)]
    assert b"".join(text[p.start : p.end] for p in found) == text
    assert all(p.end - p.start <= LONGEST + 3 for p in found)


@settings(max_examples=100)
@given(TEXTS)
def test_a_window_is_its_passage_with_some_text_around_it(text: bytes) -> None:
    for passage in _cut(text):
        assert 0 <= passage.window_start <= passage.start
        assert passage.start - passage.window_start <= BEFORE
        assert passage.window_end == min(len(text), passage.end + AFTER)


@settings(max_examples=100)
@given(TEXTS)
def test_what_a_passage_is_known_by_is_its_text_and_perhaps_some_behind_it(text: bytes) -> None:
    passages = Passages(text)
    for passage, known in zip(_cut(text), passages.texts, strict=True):
        own = text[passage.start : passage.end]
        assert text.startswith(known, passage.start)
        assert own.startswith(known) or known.startswith(own)
        assert own[len(known) :] in {b"", b"\n\n", b"\n\r\n"}


def test_a_passage_ends_at_a_blank_line_where_there_is_one() -> None:
    for line_end in (b"\n", b"\r\n"):
        paragraph = (b"word " * 10 + line_end) * 30 + line_end
        assert [p.end for p in _cut(paragraph * 3 + b"the end")] == [
            *(len(paragraph) * number for number in (1, 2, 3)),
            len(paragraph) * 3 + 7,
        ]


def test_an_endless_line_is_cut_all_the_same() -> None:
    assert [p.end for p in _cut(b"x" * 20_000)] == [8192, 16_384, 20_000]


def test_what_a_cut_goes_through_is_known_to_the_passage_before_it() -> None:
    assert [len(text) for text in Passages(b"x" * 20_000).texts] == [8192 + AFTER, 8192 + AFTER, 20_000 - 16_384]


def test_an_empty_text_has_nothing_in_it() -> None:
    assert b"".join(Passages(b"").texts) == b""


def test_a_change_makes_one_passage_new() -> None:
    paragraphs = [b"".join(b"%d and %d\n" % (number, line) for line in range(9)) for number in range(80)]
    changed = [*paragraphs[:40], b"a new paragraph", *paragraphs[40:]]
    before, after = (set(Passages(b"\n".join(text)).texts) for text in (paragraphs, changed))
    assert len(after - before) == 1


def _cut(text: bytes) -> list[Passage]:
    passages = Passages(text)
    return [passages[index] for index in range(len(passages))]


_EDITS = st.lists(
    st.tuples(st.integers(0, 59), st.sampled_from([b"", b"\n", b"needle\n", b"other text\n", b"z" * 3000])), max_size=4
)
_LINES = [b"line %d needle\n" % n if n % 17 == 0 else b"line %d of the text, long enough\n" % n for n in range(400)]


def _needles(window: bytes, passage: Passage) -> tuple[int, ...]:
    """Where a word stands in the passage, counted from the start of the window."""
    first, last = passage.start - passage.window_start, passage.end - passage.window_start
    return tuple(at for at in range(first, last) if window.startswith(b"needle", at))


@settings(max_examples=60)
@given(versions=st.lists(_EDITS, min_size=1, max_size=6), kinds=st.lists(st.sampled_from([b"R", b"sql"]), min_size=6))
def test_the_filter_gives_what_judging_everything_gives(
    versions: list[list[tuple[int, bytes]]], kinds: list[bytes]
) -> None:
    remembering, forgetful = NoveltyFilter[int](), NoveltyFilter[int](enabled=False)
    lines = list(_LINES)
    for edits, kind in zip(versions, kinds, strict=False):
        for at, new in edits:
            lines[at * 6] = new
        text = b"".join(lines)
        found = [(passage, remembering.judge(text, passage, kind, _needles)) for passage in _cut(text)]
        assert found == [(passage, forgetful.judge(text, passage, kind, _needles)) for passage in _cut(text)]
        where = [passage.window_start + at for passage, outcome in found for at in outcome]
        assert where == [at for at in range(len(text)) if text.startswith(b"needle", at)]


def test_what_was_judged_is_not_judged_again() -> None:
    judged: list[bytes] = []

    def judge(window: bytes, passage: Passage) -> tuple[int, ...]:
        judged.append(window)
        return _needles(window, passage)

    text = b"".join(_LINES) * 20
    remembering = NoveltyFilter[int]()
    first = [remembering.judge(text, passage, b"R", judge) for passage in _cut(text)]
    before = len(judged)
    assert [remembering.judge(text, passage, b"R", judge) for passage in _cut(text)] == first
    assert len(judged) == before > 1
    for passage in _cut(text):
        remembering.judge(text, passage, b"sql", judge)
    assert len(judged) == 2 * before, "another kind of file is judged anew"
