"""How a coverage tells its skips: what somebody settled is never left out of the number."""

import pytest

from opensafe.model.coverage import Coverage
from opensafe.model.identifiers import SkipId
from opensafe.model.skip import Skip, SkipReason, SkipState


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([], "0 skipped"),
        ([SkipState.OPEN], "1 skipped (1 not settled)"),
        ([SkipState.ACCEPTED], "1 skipped (1 accepted unread)"),
        (
            [SkipState.ACCEPTED, SkipState.OPEN, SkipState.REMOVE_FILE, SkipState.ACCEPTED],
            "4 skipped (1 not settled, 2 accepted unread, 1 removed with the file)",
        ),
    ],
)
def test_settled_skips_are_told(states: list[SkipState], told: str) -> None:
    skips = tuple(
        Skip(SkipId(f"S-{number}"), None, "a.zip", SkipReason.ENCRYPTED, state=state)
        for number, state in enumerate(states)
    )
    assert Coverage(5, 5, 5, skipped=skips).told_skips == told
