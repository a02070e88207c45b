"""Whether a rewrite can go on from the history that was made before, and how it then does."""

from collections.abc import Mapping
from dataclasses import replace

from opensafe.git.graph import peel
from opensafe.model.identifiers import Oid
from opensafe.rewriting.extension import Extension
from opensafe.rewriting.former import Former, changed_before
from opensafe.rewriting.preparation import Preparation
from opensafe.rewriting.published import Published
from opensafe.rewriting.refnames import new_head, new_names


def extended(prepared: Preparation, mapped: Mapping[Oid, Oid], former: Former) -> tuple[Extension, Oid | None] | None:
    """The new commits on top of the former ones, stored; `None` where that history cannot stay as it is.

    With them comes a commit of ours, where one has to join a tip that was public before with what was added.

    `mapped` has the commits that a decision changes. It cannot stay where one that was published before has another
    id now, or where the default branch is another one or would not move forward only.
    """
    spec, graph = prepared.changes.spec, prepared.graph
    published = without_tags(prepared, former).published
    plain = {oid: mapped.get(oid, oid) for oid in published.commits}
    if changed_before(former, plain, published.commits) or new_head(spec) != former.head:
        return None
    extension = Extension(prepared.work, graph, former, plain, spec.path_renames)
    extension.carry_out(published.commits)
    tip = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else Oid("")
    if extension.stands_on_everything(tip):
        return extension, None
    joined = extension.join(tip)
    return None if joined is None else (extension, joined)


def without_tags(prepared: Preparation, former: Former) -> Preparation:
    """Without the tags of the source that have the names of tags of ours: those are public already, and stay."""
    spec = prepared.changes.spec
    kept = replace(spec, refs={n: oid for n, oid in spec.refs.items() if prepared.names[n] not in (former.tags or {})})
    return replace(prepared, published=Published.of(kept, prepared.graph), names=new_names(kept))
