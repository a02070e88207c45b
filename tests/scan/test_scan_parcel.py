"""What a worker sends is what it found."""

import pickle
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Match, ObjectScan, Verdict
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.parcel import Parcel

_FIRST = Verdict(
    FindingId("F-1"), Category.SECRET, "secrets.x", "X", Severity.HIGH, Confidence.LOW, Form.TOKEN, "[]", "why", None
)
_VERDICTS = [_FIRST, replace(_FIRST, person=3), replace(_FIRST, finding=FindingId("F-2"))]
_PLACES = st.integers(0, 2**40)
_MATCHES = st.builds(
    Match,
    st.sampled_from(_VERDICTS),
    st.lists(st.sampled_from(["gzip", "base64@7"]), max_size=2).map(tuple),
    _PLACES,
    _PLACES,
    _PLACES,
    _PLACES,
)
_UNREAD = st.builds(Unread, st.sampled_from(SkipReason), st.just(Oid("01")), st.just(b"path"))
_SCANS = st.builds(
    ObjectScan,
    st.sampled_from([Oid("01"), Oid("#7")]),
    _PLACES,
    st.lists(_MATCHES, max_size=4).map(tuple),
    st.lists(_UNREAD, max_size=2).map(tuple),
)


@given(st.lists(_SCANS, max_size=4))
def test_outcomes_arrive_as_they_were(scans: list[ObjectScan]) -> None:
    sent = pickle.loads(pickle.dumps(Parcel.of(scans)))  # noqa: S301 - pickled in this very line
    arrived = list(sent.scans())
    assert arrived == scans
    verdicts = [match.verdict for scan in arrived for match in scan.matches]
    assert len({id(verdict) for verdict in verdicts}) == len(set(verdicts)), "one object for each verdict"
