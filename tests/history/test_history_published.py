"""Which refs will be published, and under which names."""

import pytest

from opensafe.git.refs import SourceRefs
from opensafe.history.published import PublishedRef, default_branch, published_refs
from opensafe.model.identifiers import Oid

ONE, TWO = Oid("01" * 20), Oid("02" * 20)


def _refs(*names: bytes, head: bytes = b"refs/heads/main") -> SourceRefs:
    return SourceRefs(dict.fromkeys(names, ONE), head, ONE)


def _public(refs: SourceRefs, *chosen: str) -> list[bytes]:
    return [ref.public for ref in published_refs(refs, chosen)]


def test_heads_tags_and_notes_and_nothing_else() -> None:
    published = [b"refs/heads/a/b", b"refs/heads/main", b"refs/notes/commits", b"refs/tags/v1"]
    others = [b"refs/stash", b"refs/pull/1/head", b"refs/replace/" + b"01" * 20, b"refs/archive/x", b"refs/headsx/y"]
    assert _public(_refs(*others, *published)) == published


def test_branches_of_origin_that_have_no_local_head() -> None:
    refs = SourceRefs(
        {
            b"refs/heads/main": ONE,
            b"refs/remotes/origin/main": TWO,
            b"refs/remotes/origin/topic/a": TWO,
            b"refs/remotes/origin/HEAD": TWO,
            b"refs/remotes/fork/other": TWO,
        },
        b"refs/heads/main",
        ONE,
    )
    assert published_refs(refs) == (
        PublishedRef(b"refs/heads/main", b"refs/heads/main", ONE),
        PublishedRef(b"refs/remotes/origin/topic/a", b"refs/heads/topic/a", TWO),
    )


def test_without_origin_the_first_remote_by_name() -> None:
    refs = _refs(b"refs/remotes/upstream/u", b"refs/remotes/fork/f", b"refs/remotes/fork-2/g")
    assert _public(refs) == [b"refs/heads/f"]


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        (["main"], [b"refs/heads/main"]),
        (["refs/tags/*"], [b"refs/tags/v1", b"refs/tags/v2"]),
        (["v1", "release/*"], [b"refs/heads/release/1", b"refs/tags/v1"]),
        (["top*"], [b"refs/heads/topic"]),
        (["MAIN"], []),
        (["refs/pull/*"], []),
        (["caf*"], [b"refs/heads/caf\xe9"]),
    ],
)
def test_chosen_refs(globs: list[str], expected: list[bytes]) -> None:
    names = [b"refs/heads/main", b"refs/heads/release/1", b"refs/tags/v1", b"refs/tags/v2", b"refs/pull/1/head"]
    refs = _refs(*names, b"refs/remotes/origin/topic", b"refs/heads/caf\xe9")
    assert _public(refs, *globs) == expected


@pytest.mark.parametrize(
    ("names", "head", "expected"),
    [
        ([b"refs/heads/a", b"refs/heads/main"], b"refs/heads/a", b"refs/heads/a"),
        ([b"refs/heads/a", b"refs/heads/main"], b"refs/heads/gone", b"refs/heads/main"),
        ([b"refs/heads/a", b"refs/heads/master"], b"", b"refs/heads/master"),
        ([b"refs/heads/b", b"refs/heads/a"], b"", b"refs/heads/a"),
        ([b"refs/tags/v1"], b"", b"refs/heads/main"),
    ],
)
def test_the_default_branch(names: list[bytes], head: bytes, expected: bytes) -> None:
    refs = _refs(*names, head=head)
    assert default_branch(refs, published_refs(refs)) == expected
