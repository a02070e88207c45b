"""Rows of many places tell what the places themselves tell, whichever way they are read."""

import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.index import Index
from opensafe.casefile.marks import appearances, marked, numbered, published_marks
from opensafe.errors import OutOfOrder
from opensafe.model.audit import AuditRecord
from opensafe.model.marks import Appearance, Mark, Marked
from tests.casefile import casefile_kit as kit


@given(kit.AUDITS, st.data())
@settings(deadline=None)
def test_rows_are_as_the_places_that_were_written(record: AuditRecord, data: st.DataObject) -> None:
    """Some findings are asked for by themselves; of many, others may come too."""
    chosen = [finding for finding in record.findings if data.draw(st.booleans())]
    ids = [*(finding.id for finding in chosen), "F-unknown", "S-unknown"]
    many = data.draw(st.sampled_from([0, 100]))
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder) / "index.sqlite")
        index.write(record)
        told = marked(index, ids, many)
        seen, marks = list(appearances(index, told, many)), list(published_marks(index, told, many))
        numbers = {id_: number for number, id_ in numbered(index, ids, many).items()}
        places = [(numbers[finding.id], at) for finding in chosen for at in index.places(finding.id)]
    assert numbers == {finding.id: number for number, finding in told.items()}
    assert _sorted(told.values()) == _sorted(Marked(f.id, f.category, f.form, f.title, f.person) for f in chosen)
    assert _sorted(row for row in seen if row.finding in told) == _sorted(
        Appearance(number, at.published, at.first_commit, at.kind, at.path, at.ref, at.oid, at.via, at.start, at.end)
        for number, at in places
    )
    assert _sorted(row for row in marks if row.finding in told) == _sorted(
        Mark(number, at.kind, at.oid, at.path, at.path_key, at.ref_key, at.via, at.start, at.end)
        for number, at in places
        if at.published
    )
    assert many == 0 or {row.finding for row in seen} | {row.finding for row in marks} <= told.keys()
    assert len([oid for oid, _ in groupby(mark.oid for mark in marks)]) == len({mark.oid for mark in marks})


def _sorted(rows: Iterable[object]) -> list[str]:
    return sorted(map(repr, rows))


def test_nothing_is_read_before_the_first_audit(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite")
    with pytest.raises(OutOfOrder):
        marked(index, ["F-a"])
    with pytest.raises(OutOfOrder):
        numbered(index, ["F-a"])
    for read in (appearances, published_marks):
        with pytest.raises(OutOfOrder):
            list(read(index, [1]))


def test_a_mark_is_a_place_for_whoever_asks_for_one() -> None:
    at = kit.place("a.R", start=3, end=7, via=("zip:a",))
    mark = Mark(1, at.kind, at.oid, at.path, at.path_key, at.ref_key, at.via, at.start, at.end)
    shared = ("kind", "oid", "path", "path_key", "ref_key", "via", "start", "end", "published")
    assert [getattr(mark.place, name) for name in shared] == [getattr(at, name) for name in shared]
