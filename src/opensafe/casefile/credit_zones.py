"""Where credit belongs: files that exist to say who made something. A name that stands nowhere else is credit."""

from collections.abc import Iterable

from opensafe.casefile.index import Index
from opensafe.casefile.where import listed
from opensafe.model.creditfiles import CREDIT_FILES
from opensafe.model.identifiers import FindingId

# The last part of a path: without what is left when everything but separators is cut off its end.
_NAME = "lower(replace(path, rtrim(path, replace(path, '/', '')), ''))"
_ZONE = f"SELECT number FROM spot WHERE {_NAME} IN (SELECT value FROM json_each('{listed(sorted(CREDIT_FILES))}'))"  # noqa: S608 - constants of this module
NAMED_THERE = f"""
(category = 'name' AND finding.key IN (SELECT mark.finding FROM mark WHERE mark.spot IN ({_ZONE})))
"""  # noqa: S608 - as above
"""The condition on a finding, in SQL: a name in AUTHORS, LICENCE, CITATION, DESCRIPTION, CODEOWNERS or metadata."""

_ONLY_THERE = f"""
WITH zone AS MATERIALIZED ({_ZONE})
SELECT id FROM finding WHERE id IN (SELECT value FROM json_each(?))
AND finding.key IN (SELECT mark.finding FROM mark WHERE mark.spot IN zone)
AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.finding = finding.key AND mark.spot NOT IN zone)
"""  # noqa: S608 - as above


def standing_for_credit(index: Index, findings: Iterable[FindingId]) -> frozenset[FindingId]:
    """Those of the findings of which every listed place is in a file where credit belongs."""
    with index.query() as database:
        if database.execute(_ZONE).fetchone() is None:
            return frozenset()
        return frozenset(FindingId(id_) for (id_,) in database.execute(_ONLY_THERE, (listed(findings),)))
