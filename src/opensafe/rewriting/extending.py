"""Whether a rewrite can go on from the history that was made before, and how it then does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.extension import Extension
from opensafe.rewriting.former import Former, changed_before
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.refnames import new_head, new_names


def extended(
    work: OwnedRepository,
    graph: ObjectGraph,
    spec: RewriteSpec,
    plain: Mapping[Oid, Oid],
    order: Sequence[Oid],
    former: Former,
) -> tuple[Extension, Oid | None] | None:
    """The new commits on top of the former ones, stored; `None` where that history cannot stay as it is.

    With them comes a commit of ours, where one has to join a tip that was public before with what was added.

    `graph` has the parents that commits will have, `plain` their ids as rewritten, in `order` of the history. It cannot
    stay where a commit that was published before has another id now, or where the default branch is another one or
    would not move forward only.
    """
    if changed_before(former, plain, order) or new_head(spec) != former.head:
        return None
    extension = Extension(work, graph, former, plain, spec.path_renames)
    extension.carry_out(order)
    tip = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else Oid("")
    if extension.stands_on_everything(tip):
        return extension, None
    joined = extension.join(tip)
    return None if joined is None else (extension, joined)


def without_tags(spec: RewriteSpec, former: Former) -> RewriteSpec:
    """Without the tags of the source that have the names of tags of ours: those are public already, and stay."""
    names, ours = new_names(spec), former.tags or {}
    return replace(spec, refs={name: oid for name, oid in spec.refs.items() if names[name] not in ours})


def gone_on(outcome: Outcome, extension: Extension, joined: Oid | None) -> Outcome:
    """What an option made, as an extension of the former result: what was added there stays."""
    above = {extension.former.head: joined} if joined else {}
    return replace(
        outcome,
        claim=replace(outcome.claim, plain=extension.moved),
        extends=True,
        reach=replace(outcome.reach, documents=0),
        added=extension.former.kept_refs(outcome.refs) | above,
        joined=joined,
        displaced=frozenset(extension.displaced),
    )
