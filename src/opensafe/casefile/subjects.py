"""The findings that a filter takes, as far as a decision about all of them needs it: there may be 100,000."""

from datetime import date
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import outlines
from opensafe.casefile.rows import subject_columns
from opensafe.casefile.selection import Filter, picked
from opensafe.model.finding import Category, Form, Severity
from opensafe.model.identifiers import FindingId


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
    taken = {outline.id for outline in outlines(case, chosen, today, case.decisions.read())}
    rows = case.index.rows(", ".join(SubjectRow._fields), picked(case, chosen))
    made = map(SubjectRow._make, zip(*subject_columns(rows), strict=True))
    return tuple(subject for subject in made if subject.id in taken)
