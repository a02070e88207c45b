"""Passages cover every byte once, and a change moves the borders near it only."""

from functools import partial

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


def _needles(text: bytes, passage: Passage) -> tuple[int, ...]:
    """Where a word stands in the passage, counted from its beginning; the window is all that is looked at."""
    window = text[passage.window_start : passage.window_end]
    before = passage.start - passage.window_start
    spots = range(before, passage.end - passage.window_start)
    return tuple(at - before for at in spots if window.startswith(b"needle", at))


def _judged(remembered: NoveltyFilter[int], text: bytes, kind: bytes) -> list[tuple[Passage, tuple[int, ...]]]:
    passages = Passages(text)
    return [
        (passage, remembered.judge(hash((kind, passages.shown_with(index))), partial(_needles, text, passage)))
        for index, passage in enumerate(_cut(text))
    ]


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
        found = _judged(remembering, text, kind)
        assert found == _judged(forgetful, text, kind)
        where = [passage.start + at for passage, outcome in found for at in outcome]
        assert where == [at for at in range(len(text)) if text.startswith(b"needle", at)]


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_passages_with_the_same_key_show_the_same(texts: list[bytes]) -> None:
    shown: dict[int, tuple[bytes, int, int]] = {}
    for text in [*texts, b"\n\n".join(texts), b"\n\n".join(reversed(texts))]:
        passages = Passages(text)
        for index, passage in enumerate(_cut(text)):
            window = text[passage.window_start : passage.window_end]
            what = window, passage.start - passage.window_start, passage.end - passage.start
            assert shown.setdefault(passages.shown_with(index), what) == what


def test_what_was_judged_is_not_judged_again() -> None:
    judged: list[int] = []
    text = b"\n".join(_LINES)
    passages, remembering = Passages(text), NoveltyFilter[int]()

    def judge(index: int) -> tuple[int, ...]:
        judged.append(index)
        return _needles(text, passages[index])

    def judge_all(kind: bytes) -> list[tuple[int, ...]]:
        keys = (hash((kind, passages.shown_with(index))) for index in range(len(passages)))
        return [remembering.judge(key, partial(judge, index)) for index, key in enumerate(keys)]

    first = judge_all(b"R")
    before = len(judged)
    assert judge_all(b"R") == first
    assert len(judged) == before > 1
    judge_all(b"sql")
    assert len(judged) == 2 * before, "another kind of file is judged anew"
