"""The digest of a specification is over the same text as ever: plans that were approved long ago hold it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, IdentityRename, RewriteSpec, SpanEdit
from opensafe.rewriting.digests import spec_digest

OIDS = [Oid(letter * 40) for letter in "abc"]
_EDITS = st.builds(
    SpanEdit,
    st.sampled_from([(), ("zip:a",), ("zip:é'\"", "x")]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.binary(max_size=3),
)
_CHANGES = st.builds(
    BlobChange,
    st.sampled_from(OIDS),
    st.none() | st.frozensets(st.binary(max_size=3), max_size=2),
    st.lists(_EDITS, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
)


def digest_in_words(spec: RewriteSpec) -> str:
    """As version 0.1.0 worked it out."""
    parts = (
        sorted(spec.refs.items()),
        spec.head,
        [(c.oid, sorted(c.paths or ()), c.paths is None, c.edits, c.strip_outputs, c.remove) for c in spec.blobs],
        sorted(spec.message_edits.items()),
        spec.identities,
        sorted(spec.ref_renames.items()),
        sorted(spec.path_renames.items()),
        sorted(spec.header_drops),
        spec.root_folder,
        sorted(spec.gone.items()),
        spec.new_root,
    )
    return hashlib.sha256(b"".join(repr(part).encode() + b"\n" for part in parts)).hexdigest()


@given(st.lists(_CHANGES, max_size=4), st.dictionaries(st.sampled_from(OIDS), st.lists(_EDITS, max_size=2).map(tuple)))
def test_it_is_that_of_the_text_of_every_part(
    blobs: list[BlobChange], messages: dict[Oid, tuple[SpanEdit, ...]]
) -> None:
    spec = RewriteSpec({b"refs/heads/main": OIDS[0]}, b"refs/heads/main", tuple(blobs), messages)
    assert spec_digest(spec) == digest_in_words(spec)


@pytest.mark.parametrize("changes", [0, 1, 9_999, 10_000, 10_001, 20_000])
def test_it_is_so_however_many_changes_there_are(changes: int) -> None:
    blobs = tuple(BlobChange(Oid(f"{n:040x}"), None, (SpanEdit((), n, n + 1, b"x"),)) for n in range(changes))
    spec = RewriteSpec({}, b"", blobs)
    assert spec_digest(spec) == digest_in_words(spec)


def test_it_stays_from_version_to_version() -> None:
    spec = RewriteSpec(
        refs={b"refs/heads/main": OIDS[0]},
        head=b"refs/heads/main",
        blobs=(
            BlobChange(OIDS[0], None, (SpanEdit(("zip:a",), 1, 20, b"REDACTED-1"), SpanEdit((), 3, 4, b"\xff"))),
            BlobChange(OIDS[1], frozenset({b"b", b"a"}), strip_outputs=True),
            BlobChange(OIDS[2], frozenset({b"c"}), remove=True),
        ),
        message_edits={OIDS[1]: (SpanEdit((), 0, 5, b"Person 1"),)},
        identities=(IdentityRename(b"A", b"a@b", b"Person 1", b"person-1@example.invalid"),),
        header_drops=frozenset({OIDS[2]}),
    )
    assert spec_digest(spec) == "9eff67d835c6986b23659752db54dd22e71d7570d62bb7d2f438a67857d6ce82"
