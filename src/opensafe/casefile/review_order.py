"""The order of review as the index works it out: `reports.review_order` without what waits, which decisions change."""

from opensafe.casefile.index import Index

REVIEW_ORDER = """
ORDER BY instr('critical high medium low info', severity), finding.published DESC, finding.in_head DESC,
  instr('high medium low', confidence), title, masked, finding.id
"""


def in_order_of_review(index: Index) -> tuple[int, ...]:
    """The number of each finding; what waits for a decision comes before all of these."""
    with index.query() as database:
        rows = database.execute(f"SELECT number FROM finding {REVIEW_ORDER}")  # noqa: S608 - a constant of ours
        return tuple(number for (number,) in rows)
