"""The credentials of a case as rows: there may be tens of thousands, of which one list shows a few hundred."""

from datetime import date
from itertools import repeat
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.tally import states_of
from opensafe.casefile.where import EVERY
from opensafe.model.finding import Category, Form, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing
from opensafe.model.tuples import tuples_of


class CredentialRow(NamedTuple):
    """A finding as a `Credential`."""

    id: FindingId
    detector: str
    witnesses: tuple[str, ...]
    title: str
    severity: Severity
    form: Form
    masked: str
    why: str
    published: bool
    state: State

    @property
    def category(self) -> Category:
        return Category.SECRET


def credential_rows(case: Case, today: date) -> tuple[CredentialRow, ...]:
    """Those that `rotations.credentials` would take of all findings, in their order.

    Raises OutOfOrder before the first audit.
    """
    states, apart = states_of(case, standing(case.decisions.read(), today))
    states |= {finding.id: finding.state for finding in apart}
    fields = CredentialRow._fields[:-1]
    ids, *others = case.index.columns(fields, EVERY.also("category = 'secret'"))
    settled = map(states.get, ids, repeat(State.OPEN))
    made = tuples_of(CredentialRow, zip(ids, *others, settled, strict=True))
    return tuple(row for row in made if row.state is not State.NOT_A_FINDING)
