"""Notebooks: outputs often show the data that the code read (policy v1.0, Appendix B)."""

from collections.abc import Mapping
from types import MappingProxyType

from opensafe.model.finding import Finding, Form, State
from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.model.text import counted, printable
from opensafe.readiness.checks import Check
from opensafe.readiness.facts import Facts
from opensafe.readiness.manifests import json_object
from opensafe.readiness.residue import listed, remaining

_JUPYTER = ".ipynb"
_RENDERED = ".nb.html"  # R notebooks: code and outputs in one page


def outputs(facts: Facts) -> Outcome:
    """Outputs in notebooks (Jupyter, R) that nobody decided to keep, and findings in older versions of them."""
    notebooks = [path for path in sorted(facts.files) if path.lower().endswith((_JUPYTER, _RENDERED))]
    open_ones = [finding for finding in remaining(facts.findings) if _in_notebook(finding)]
    shown = [path for path in notebooks if has_outputs(path, facts.files[path]) and path not in _kept(facts)]
    if shown or open_ones:
        evidence = (
            [f"notebooks with outputs that nobody decided to keep: {listed(map(printable, shown))}"] if shown else []
        )
        evidence += [f"to be decided in notebooks: {counted(len(open_ones), 'finding')}"] if open_ones else []
        return Outcome(AnswerValue.NOT_MET, tuple(evidence))
    if not notebooks:
        return Outcome(AnswerValue.NOT_APPLICABLE, ("there are no notebooks, and no findings in former ones",))
    return Outcome(
        AnswerValue.MET, (f"{counted(len(notebooks), 'notebook')} without outputs, or with outputs kept by decision",)
    )


def has_outputs(path: str, data: bytes) -> bool:
    """Whether a notebook shows results. One that cannot be read counts as if it did."""
    if not path.lower().endswith(_JUPYTER):
        return True
    cells = json_object(data).get("cells")
    return not isinstance(cells, list) or any(isinstance(cell, dict) and cell.get("outputs") for cell in cells)


def _kept(facts: Facts) -> frozenset[str]:
    """Notebooks that a decision keeps, as questions about the file (its own path) were answered."""
    return frozenset(facts.kept_files) | frozenset(
        place.path
        for finding in facts.findings
        if finding.state is State.KEEP and finding.form is Form.FILE
        for place in finding.places
        if place.path
    )


def _in_notebook(finding: Finding) -> bool:
    return any((place.path or "").lower().endswith((_JUPYTER, _RENDERED)) for place in finding.places)


CHECKS: Mapping[str, Check] = MappingProxyType({"outputs": outputs})
