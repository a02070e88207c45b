"""The last holder of what comes and goes is the one that a walk over every commit finds."""

from hypothesis import given
from hypothesis import strategies as st

from opensafe.history.lineage import Event, Lineage


@st.composite
def forests(draw: st.DrawFn) -> list[int]:
    """The first parent of each commit: an earlier one, or none."""
    size = draw(st.integers(1, 30))
    return [draw(st.integers(-1, position - 1)) for position in range(size)]


@given(parents=forests(), data=st.data())
def test_any_coming_and_going(parents: list[int], data: st.DataObject) -> None:
    positions = st.integers(0, len(parents) - 1)
    events = data.draw(st.lists(st.builds(Event, positions, st.booleans()), max_size=12))
    comes = {event.position for event in events if event.comes}
    goes = {event.position for event in events} - comes
    held: list[bool] = []
    for position, parent in enumerate(parents):
        inherited = held[parent] if parent >= 0 else False
        held.append(position in comes or (inherited and position not in goes))
    expected = max((position for position, holds in enumerate(held) if holds), default=-1)
    assert Lineage(parents).last_holder(events) == expected
