"""Where credit belongs: files that exist to say who made something. A name that stands nowhere else is credit."""

from collections.abc import Iterable

from opensafe.casefile.index import Index
from opensafe.casefile.where import listed
from opensafe.model.identifiers import FindingId

_NAMES = (
    *("authors", "contributors", "maintainers", "credits", "acknowledgements", "thanks", "codeowners", "notice"),
    *("licence", "license", "copying", "copyright", "citation", "citation.cff", "description", ".mailmap"),
    *("codemeta.json", ".zenodo.json", "pyproject.toml", "setup.cfg", "setup.py", "package.json", "composer.json"),
)
_ENDINGS = ("", ".md", ".txt", ".rst")
_FILES = sorted({name + ending if "." not in name else name for name in _NAMES for ending in _ENDINGS})
# The last part of a path, whatever folder it is in.
_IN_ZONE = f"""
EXISTS (
  SELECT 1 FROM json_each('{listed(_FILES)}') AS zone
  WHERE lower(place.path) = zone.value OR substr(lower(place.path), -length(zone.value) - 1) = '/' || zone.value
)
"""  # noqa: S608 - constants of this module
NAMED_THERE = f"category = 'name' AND EXISTS (SELECT 1 FROM place WHERE place.finding = finding.number AND {_IN_ZONE})"  # noqa: S608
"""The condition on a finding, in SQL: a name in AUTHORS, LICENCE, CITATION, DESCRIPTION, CODEOWNERS or metadata."""

_ONLY_THERE = f"""
SELECT id FROM finding WHERE id IN (SELECT value FROM json_each(?))
AND EXISTS (SELECT 1 FROM place WHERE place.finding = finding.number)
AND NOT EXISTS (SELECT 1 FROM place WHERE place.finding = finding.number AND NOT coalesce(({_IN_ZONE}), 0))
"""  # noqa: S608


def standing_for_credit(index: Index, findings: Iterable[FindingId]) -> frozenset[FindingId]:
    """Those of the findings of which every listed place is in a file where credit belongs."""
    with index.query() as database:
        return frozenset(FindingId(id_) for (id_,) in database.execute(_ONLY_THERE, (listed(findings),)))
