"""Holds the commits that left the history, and the messages that were written anew, against what was chosen."""

from collections import deque
from datetime import UTC, datetime

from opensafe.git.graph import ObjectGraph, peel
from opensafe.model.choices import CommitChoices
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec, SpanEdit
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase


def check_commits(case: ProofCase, choices: CommitChoices) -> Check:
    """Exactly the chosen commits went, each was followed by another, and the chosen messages are there."""
    graph, spec = case.source_graph, case.spec
    first = _first_kept(spec, choices, graph)
    folded = set() if first is None else _behind(graph, first) - {first}
    dropped = {Oid(text) for text in choices.drop}
    wrong = spec.gone.keys() ^ (folded | dropped)
    wrong |= {oid for oid in folded if spec.gone.get(oid) != first}
    wrong |= {oid for oid in dropped if (spec.gone.get(oid),) != (graph.commits[oid].parents or (None,))}
    unasked = sum(not _is_reworded(case, Oid(oid), text) for oid, text in choices.reword.items())
    return Check(
        "commits-chosen",
        not wrong and not unasked and spec.new_root == first and _counts(case, folded),
        f"{len(folded):,} commits folded into a new root and {len(dropped):,} dropped, {len(wrong):,} of them or"
        f" others not as chosen; {len(choices.reword):,} messages written anew, {unasked:,} not as chosen",
    )


def _first_kept(spec: RewriteSpec, choices: CommitChoices, graph: ObjectGraph) -> Oid | None:
    """Along the first parents of the default branch: the newest commit before the date."""
    if not choices.squash_before:
        return None
    limit = datetime.fromisoformat(choices.squash_before).replace(tzinfo=UTC).timestamp()
    line = [peel(graph, spec.refs[spec.head])]
    while (parents := graph.commits[line[-1]].parents) and parents[0] in graph.commits:
        line.append(parents[0])
    return next((oid for oid in line if graph.commits[oid].committer.timestamp < limit), None)


def _behind(graph: ObjectGraph, tip: Oid) -> set[Oid]:
    found, queue = {tip}, deque([tip])
    while queue:
        parents = {oid for oid in graph.commits[queue.popleft()].parents if oid in graph.commits} - found
        found |= parents
        queue.extend(parents)
    return found


def _is_reworded(case: ProofCase, oid: Oid, text: str) -> bool:
    length = len(case.source_graph.commits[oid].message)
    return SpanEdit((), 0, length, text.encode()) in case.spec.message_edits.get(oid, ())


def _counts(case: ProofCase, folded: set[Oid]) -> bool:
    """The message of the new root says how many commits it stands for."""
    if not folded or case.spec.new_root is None:
        return not folded
    new = case.result_graph.commits.get(case.claim.commits.get(case.spec.new_root) or Oid(""))
    return new is not None and b"\nCommits: %d\n" % (len(folded) + 1) in new.message
