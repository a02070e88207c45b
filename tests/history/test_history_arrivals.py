"""What is kept of the commits that bring a blob to a path is found again, and says nothing of paths."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.history.arrivals import ANY_BLOB, Arrivals, entries_of
from opensafe.history.circles import Circles
from opensafe.history.comings import Comings
from opensafe.history.lineage import Lineage
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid

_KEY = FingerprintKey(b"a key of exactly thirty-two byte")
_BLOBS, _PATHS = [Oid(c * 40) for c in "abc"], [b"a.R", b"b/a.R", b"secret-path"]
_COMINGS = st.sets(st.tuples(st.sampled_from(_BLOBS), st.sampled_from(_PATHS), st.integers(0, 30), st.booleans()))


def _traced(comings: set[tuple[Oid, bytes, int, bool]]) -> Traced:
    found = Comings()
    for oid, path, position, is_link in sorted(comings):
        code = position << 2 | (2 if is_link else 0) | 1
        found.blobs.add(oid, path, code)
        found.paths.setdefault(path, (oid, []))[1].append(code)
    return Traced([], found, Lineage([]), Circles(set(), set(), set(), set()), [], set())


@settings(max_examples=100, deadline=None)
@given(old=_COMINGS, new=_COMINGS, roots=st.integers(0, 5))
def test_every_arrival_is_found_again(
    old: set[tuple[Oid, bytes, int, bool]], new: set[tuple[Oid, bytes, int, bool]], roots: int
) -> None:
    data = b"".join(sorted(entries_of(_traced(old), _KEY)))
    arrived = Arrivals(Arrivals(data, _KEY).with_these(entries_of(_traced(new), _KEY, roots, 100)), _KEY)
    told = {*old, *((oid, path, at - roots + 100, link) for oid, path, at, link in new if at >= roots)}
    for oid in _BLOBS:
        of_blob = {p: {(at, link) for b, q, at, link in told if (b, q) == (oid, p)} for p in _PATHS}
        assert {path: set(arrived.of(oid, path)) for path in _PATHS} == of_blob
        assert {mark: set(came) for mark, came in arrived.of_blob(oid).items()} == {
            arrived.mark_of(path): came for path, came in of_blob.items() if came
        }
    for path in _PATHS:
        assert set(arrived.of(ANY_BLOB, path)) == {(at, link) for _, p, at, link in told if p == path}
    assert not any(path in arrived.data for path in _PATHS)
