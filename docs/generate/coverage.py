"""`docs/coverage.md`: what an audit of every place, every form and every hostile repository found, from a run."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from docs.generate.markdown import escaped, page, table
from fixtures import hostile, places, samples
from fixtures.kit.coverage import Spot, Takes, read_at
from fixtures.kit.hostile import Group
from fixtures.kit.ordeal import Ordeal, is_bounded, is_honest, undergo

Found = Mapping[str, AbstractSet[str]]
Came = Mapping[str, Ordeal]

_HEAD = """\
# Coverage

What an audit finds, and where. This page is generated from a run of the public commands: `python -m docs.generate`. The
tests run it anew and compare.

Every cell of the two tables is a credential of its own, planted in that place and in that form. A tick says that the
audit reported it there, through that form. A dot is a gap that we know of, and the lines below say why.
"""
_HOSTILE = """\
## Hostile repositories

Repositories that lie, hide or harm, each built byte by byte. Programs that lie in wait leave a marker when somebody
runs them. A verdict is honest when it is *complete* exactly where everything was read, and otherwise names what was
not. Nothing that a terminal obeys, and no planted value, may stand on the screen or in the case.
"""
_TICK, _GAP = "✓", "·"


def run_everything(folder: Path) -> tuple[Found, Came]:
    """Audit all of it in `folder`, which takes the better part of a minute."""
    found = {
        title: read_at(spot, folder / f"place-{number}") for number, (title, spot) in enumerate(places.spots().items())
    }
    return found, {name: undergo(hostile.hostile(name), folder / name) for name in hostile.names()}


def coverage_page(found: Found, came: Came) -> str:
    lines = [_HEAD]
    for title, takes in (("Contents", Takes.FILES), ("Texts and names", Takes.TEXTS)):
        lines += [
            f"## {title}",
            "",
            *_grid([spot for spot in places.spots().values() if spot.takes is takes], found),
            "",
        ]
    lines += [*_gaps(), "", _HOSTILE, *_figures(came), ""]
    for group in Group:
        lines += [f"### {group.value}", "", *_repositories(group, came), ""]
    return page(lines)


def _grid(spots: Sequence[Spot], found: Found) -> list[str]:
    """Places as rows, forms as columns."""
    columns = {name: sample.title for name, sample in samples.samples().items() if name in spots[0].samples}
    rows = ((escaped(spot.title), *_cells(columns, found[spot.title])) for spot in spots)
    return table(("Place", *map(escaped, columns.values())), rows)


def _cells(columns: Mapping[str, str], found: AbstractSet[str]) -> Iterator[str]:
    return (_TICK if name in found else _GAP for name in columns)


def _gaps() -> Iterator[str]:
    everything = samples.samples()
    gaps = [
        f"- {escaped(spot.title)}, {escaped(everything[name].title)}: {escaped(why)}."
        for spot in places.spots().values()
        for name, why in spot.lacks.items()
    ]
    yield from ["Known gaps:", "", *gaps] if gaps else ["There is no dot in these tables."]


def _figures(came: Came) -> list[str]:
    """Counts only: nothing that differs from one machine to the next."""
    told = {name: hostile.hostile(name) for name in came}
    whole = len(came)
    rows = (
        ("programs run", str(sum(len(one.programs) for one in came.values()))),
        ("sources changed", str(sum(one.changed for one in came.values()))),
        (
            "planted values found",
            f"{sum(o.found for o in came.values()):,} of {sum(o.planted for o in came.values()):,}",
        ),
        ("honest verdicts", f"{sum(is_honest(told[name], one) for name, one in came.items())} of {whole}"),
        ("nothing raw shown or kept", f"{sum(not one.shown for one in came.values())} of {whole}"),
        ("within time and memory", f"{sum(is_bounded(told[name], one) for name, one in came.items())} of {whole}"),
    )
    return table(("Figure", ""), rows)


def _repositories(group: Group, came: Came) -> list[str]:
    told = {name: hostile.hostile(name) for name in came}
    rows = (
        (escaped(told[name].title), f"{one.found:,} of {one.planted:,}", _verdict(one))
        for name, one in came.items()
        if told[name].group is group
    )
    return table(("Repository", "Found", "Verdict"), rows)


def _verdict(came: Ordeal) -> str:
    counted = Counter(came.verdict.split(", "))
    return ", ".join(word if count == 1 else f"{count} x {word}" for word, count in counted.items())
