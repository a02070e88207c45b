"""Cases of every kind of decision: narrowed to paths, expired, withdrawn, and about a file that others lie in."""

from dataclasses import replace

from hypothesis import strategies as st

from opensafe.model.audit import AuditRecord
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Form
from tests.casefile import casefile_kit as kit

_WORDS = (Action.REDACT, Action.KEEP, Action.NOT_A_FINDING, Action.REMOVE_FILE, None)


def _decisions(subject: str) -> st.SearchStrategy[list[Decision]]:
    one = st.builds(
        kit.decision,
        st.just(subject),
        st.sampled_from(_WORDS),
        path=st.sampled_from(["", "", "*", "[a-m]*"]),
        expires=st.sampled_from([None, None, kit.TODAY.replace(year=2020)]),
        undo=st.sampled_from([False, False, False, True]),
    )
    return st.lists(one, max_size=2)


@st.composite
def decided_cases(draw: st.DrawFn) -> tuple[AuditRecord, list[Decision]]:
    """An audit with questions about files, findings that lie in them, and decisions about some of both."""
    record = draw(kit.AUDITS)
    files = [replace(f, category=Category.FILE, form=Form.FILE) for f in record.findings[:2]]
    ids = tuple(file.id for file in files)
    covers = st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple) if ids else st.just(())
    profiles = st.lists(st.text(max_size=8), max_size=2).map(tuple)
    others = [replace(f, covered_by=draw(covers), profile=draw(profiles)) for f in record.findings[2:]]
    made = (*files, *others)
    said = [decision for found in made for decision in draw(_decisions(found.id))]
    return replace(record, findings=made), said
