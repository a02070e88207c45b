"""The findings that a filter takes, as far as a decision about all of them needs it: there may be 100,000."""

from datetime import date
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import selected_rows
from opensafe.casefile.rows import read_columns
from opensafe.casefile.selection import Filter
from opensafe.model.finding import Category, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.tuples import tuples_of


class SubjectRow(NamedTuple):
    """A finding as a `Subject`."""

    id: FindingId
    category: Category
    severity: Severity
    form: Form
    witnesses: tuple[str, ...]
    title: str
    masked: str
    person: int | None


def subjects(case: Case, chosen: Filter, today: date) -> tuple[SubjectRow, ...]:
    """Those that `select` would give, in the same order. Raises OutOfOrder before the first audit."""
    fields = SubjectRow._fields[1:]
    rows = selected_rows(case, ", ".join(fields), chosen, today, case.decisions.read())
    with case.index.understood():
        ids, _, *columns = read_columns(("id", "covered", *fields), rows)
    return tuple(tuples_of(SubjectRow, zip(ids, *columns, strict=True)))
