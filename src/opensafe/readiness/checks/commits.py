"""Commit messages: whether they inform, and whether they say too much (policy v1.0, section 4 g)."""

from collections.abc import Mapping
from types import MappingProxyType

from opensafe.model.place import PlaceKind
from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.model.text import printable
from opensafe.readiness.checks import Check
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.facts import Facts
from opensafe.readiness.messages import is_informative, is_merge
from opensafe.readiness.residue import judge

_ENOUGH = 0.7  # share of informative messages
_SAID = frozenset(
    (PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE, PlaceKind.IDENTITY, PlaceKind.NOTE, PlaceKind.REF_NAME)
)


def informative(facts: Facts) -> Outcome:
    """The share of messages that say what changed, merges aside; else a changelog that tells the major changes."""
    judged = [message for message in facts.messages if not is_merge(message)]
    good = sum(map(is_informative, judged))
    figure = f"{good} of {len(judged)} commit messages say what changed"
    changelog = find_document(facts.files, Document.CHANGELOG)
    if judged and good / len(judged) >= _ENOUGH:
        return Outcome(AnswerValue.MET, (figure,))
    if changelog is not None:
        return Outcome(AnswerValue.MET, (figure, f"{printable(changelog)} tells the major changes"))
    return Outcome(AnswerValue.NOT_MET, (figure, "and no changelog makes up for it"))


def sensitive(facts: Facts) -> Outcome:
    """Findings in messages of commits and tags, in notes, in names of branches, and in the lines that name authors."""
    findings = [finding for finding in facts.findings if any(place.kind in _SAID for place in finding.places)]
    return judge(facts, findings, "findings in messages, notes, ref names and author lines")


CHECKS: Mapping[str, Check] = MappingProxyType({"informative": informative, "sensitive": sensitive})
