"""Every byte of a commit and of a tag is searched, but for keywords, ids and dates."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opensafe.git.graph import ObjectGraph
from opensafe.git.parse import parse_commit, parse_tag
from opensafe.git.refs import SourceRefs
from opensafe.history.metadata import metadata
from opensafe.history.people import identities, people_of
from opensafe.history.provenance import Provenance
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind

ID = Oid("ab" * 20)
_HEX = ID.encode()
_DATE = rb" -?[0-9]{1,11} [+-][0-9]{4,5}"
_UNDERSTOOD = re.compile(
    rb"(?:tag|author|committer|tagger)? ?|type (?:commit|tree|blob|tag)"
    rb"|(?:tree|parent|object) (?:[0-9a-f]{40}|[0-9a-f]{64})"
)
_PERSON = re.compile(rb"(?:author|committer|tagger)(?:[ \n](.*?))??(?:" + _DATE + rb")?", re.DOTALL)

_KEYWORDS = [b"tree", b"parent", b"author", b"committer", b"object", b"type", b"tag", b"tagger", b"gpgsig", b"x", b""]
_PIECES = st.sampled_from(
    [
        _HEX,
        b"A B <a@b> 1 +0000",
        b"A <a@b> 12 x",
        b"A <a",
        b"<",
        b"commit",
        b"v1",
        b"0",
        b" ",
        b"\0",
        b"\xff",
        b"secret",
    ]
) | st.binary(max_size=6)
_LINES = st.builds(
    lambda word, joint, rest: word + joint + rest,
    st.sampled_from(_KEYWORDS),
    st.sampled_from([b" ", b"", b"  "]),
    _PIECES,
)
_OBJECTS = (
    st.binary(max_size=80)
    | st.lists(_LINES, max_size=7).map(b"\n".join)
    | st.tuples(st.lists(_LINES, max_size=7).map(b"\n".join), st.binary(max_size=20)).map(b"\n\n".join)
)


def _searched(kind: str, data: bytes) -> list[bytes]:
    """What detectors are given of an object of these bytes."""
    raw = RawObject(ID, kind, data)
    graph = ObjectGraph(order=[ID], sizes={ID: len(data)})
    if kind == "commit":
        graph.commits[ID] = parse_commit(raw)
    else:
        graph.tags[ID] = parse_tag(raw)
    provenance = Provenance(order=list(graph.commits))
    return [item.specimen.data for item in metadata(graph, provenance, SourceRefs({}, b"", None), (), ())]


def _left_over(kind: str, data: bytes) -> list[bytes]:
    """The lines that stand in no specimen and are neither keyword nor id: told without the parser."""
    searched = _searched(kind, data)
    end = data.find(b"\n\n")
    head, message = (data, b"") if end < 0 else (data[:end], data[end + 2 :])
    lines = [line for line in re.split(rb"\n(?! )", head) if not _is_searched(line, searched)]
    return lines if message in searched else [*lines, message]


def _is_searched(folded: bytes, searched: list[bytes]) -> bool:
    """As lines of a specimen, whatever spaces stand around them, as the name of a tag, or as a person."""
    line = folded.replace(b"\n ", b"\n").strip(b"\n")
    person = _PERSON.fullmatch(line)
    return (
        _UNDERSTOOD.fullmatch(line) is not None
        or any(_bare(line) in _bare(specimen) for specimen in searched)
        or (line.startswith(b"tag") and any(_bare(line[3:].strip()) == _bare(one.strip()) for one in searched))
        or (person is not None and any(_same(person[1] or b"", specimen) for specimen in searched))
    )


def _bare(lines: bytes) -> bytes:
    """Without spaces and with a mark at each end of a line: a part of a line is not the line."""
    return b"\n" + lines.replace(b" ", b"") + b"\n"


def _same(who: bytes, specimen: bytes) -> bool:
    """Whether an identity is the one that stands in the line, whose brackets may be incomplete."""
    return re.sub(rb"[<>\s]", b"", who) == re.sub(rb"[<>\s]", b"", specimen)


@pytest.mark.parametrize("kind", ["commit", "tag"])
@settings(max_examples=400)
@given(data=_OBJECTS)
@example(data=b"author A <a@b> 0771 secret\n\nm")
@example(data=b"tagger A <a@b> 0771 secret\ntag x\ntag secret")
@example(data=b" secret\ntree " + _HEX + b"\ntree secret\nauthor A <a@b> 1 +0000\nauthor B <b@b> 1 +0000\n")
@example(data=b"type secret\nobject secret\nsecret\n\n\0secret")
def test_every_byte_is_searched(kind: str, data: bytes) -> None:
    assert _left_over(kind, data) == []


def test_the_witness_notices_what_is_left_out() -> None:
    assert not _is_searched(b"author A <a@b> 0771 secret", [b"A <a@b>"])
    assert not _is_searched(b"tree secret", [b"A <a@b>"])
    assert not _is_searched(b"gpgsig secret", [b"secrets"])
    assert _is_searched(b"author A <a@b> 12 +0100", [b"A <a@b>"])


def test_extra_lines_of_a_tag_are_a_header_and_its_people_are_people() -> None:
    data = (
        b"object %s\ntype commit\ntag v\ntagger A B <a@b.org> 1 +0000\ntagger C D <c@b.org> 1 +0000\nextra one\n\nm\n"
        % _HEX
    )
    graph = ObjectGraph(order=[ID], tags={ID: parse_tag(RawObject(ID, "tag", data))})
    found = list(metadata(graph, Provenance(), SourceRefs({b"refs/tags/v": ID}, b"", None), (), ()))
    headers = [item for item in found if item.specimen.kind is PlaceKind.COMMIT_HEADER]
    assert [(item.oid, item.ref, item.specimen.data) for item in headers] == [
        (ID, b"refs/tags/v", b"extra one\ntagger C D <c@b.org> 1 +0000")
    ]
    assert [person.names for person in people_of(identities(graph))] == [{b"A B"}, {b"C D"}]
