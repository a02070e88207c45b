"""The documents are sound and plain: links lead somewhere, no machine shows through, sentences are short."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Text = Callable[[str], str]

_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_FENCE = re.compile(r"```.*?```", re.DOTALL)
_MACHINE = re.compile(r"(?<![\w.>])/(?:home|root|tmp|work|var|opt|mnt|Users|private)/|\b[A-Za-z]:\\|\\\\[A-Za-z]\w*\\")
_LONGEST = 25  # words


def _anchors(markdown: str) -> set[str]:
    """The anchors that code hosts make of headings."""
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", markdown), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _broken(root: Path, name: str, markdown: str) -> Iterator[str]:
    for link in _LINK.findall(_FENCE.sub("", markdown)):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (root / name).parent / path if path else root / name
        if not target.exists() or (anchor and anchor not in _anchors(target.read_text(encoding="utf-8"))):
            yield link


def test_relative_links_lead_somewhere(document: str, root: Path, text: Text) -> None:
    assert list(_broken(root, document, text(document))) == []


def test_a_broken_link_is_noticed(root: Path) -> None:
    said = "[a](README.md) [b](NOWHERE.md) [c](README.md#exit-codes) [d](README.md#nothing) [e](#nothing)"
    assert list(_broken(root, "SECURITY.md", said)) == ["NOWHERE.md", "README.md#nothing", "#nothing"]


def test_no_path_of_a_machine_stands_in_a_document(document: str, root: Path, text: Text) -> None:
    assert _MACHINE.findall(text(document)) == []
    assert str(root) not in text(document)


@pytest.mark.parametrize("trace", ["/home/jo/code", "see /tmp/x", r"C:\Users", r"\\server\share"])
def test_a_path_of_a_machine_is_noticed(trace: str) -> None:
    assert _MACHINE.search(trace)


def _sentences(markdown: str) -> Iterator[str]:
    """Sentences of paragraphs and list items; code, tables, headings and comments are left out."""
    text = re.sub(r"<!--.*?-->", "", _FENCE.sub("\n\n", markdown), flags=re.DOTALL)
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    prose = "\n".join(
        "" if re.match(r"[|#]", line) else re.sub(r"^(\s*)(?:-|\d+\.) ", r"\n\1", line) for line in text.splitlines()
    )
    for paragraph in re.split(r"\n\s*\n", prose):
        flat = re.sub(r"\]\([^)]*\)", "]", " ".join(paragraph.split()))
        yield from (sentence for sentence in re.split(r"(?<=[.!?:;])[*_)\"]* ", flat) if sentence)


def test_sentences_are_short(prose: str, text: Text) -> None:
    assert [sentence for sentence in _sentences(text(prose)) if len(sentence.split()) > _LONGEST] == []


def test_a_long_sentence_is_noticed() -> None:
    long = " ".join(["word"] * 26)
    assert [s for s in _sentences(f"# {long}\n\nShort. {long}.\n\n- {long}!\n") if len(s.split()) > _LONGEST] == [
        f"{long}.",
        f"{long}!",
    ]
