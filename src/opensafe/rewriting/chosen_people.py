"""The names that the team wants on commits and tags, and in the trailers of their messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from opensafe.git.graph import ObjectGraph
from opensafe.model.gitobjects import Identity
from opensafe.model.identifiers import Oid
from opensafe.model.naming import Naming
from opensafe.model.plan import IdentityRename, RewriteSpec, SpanEdit
from opensafe.rewriting.malformed import repaired
from opensafe.rewriting.published import Published


def with_chosen_people(spec: RewriteSpec, naming: Naming, graph: ObjectGraph) -> RewriteSpec:
    """`spec` with every identity renamed. Where a decision edits a name in a message, that edit stands."""
    published = Published.of(spec, graph)
    renames = {(r.old_name, r.old_email): r for r in spec.identities}
    for who in _people(graph, published):
        name, email = naming.new(who.name, who.email)
        if (name, email) != (who.name, who.email):
            renames[who.name, who.email] = IdentityRename(who.name, who.email, name, email)
    return replace(
        spec,
        identities=tuple(rename for _, rename in sorted(renames.items())),
        message_edits=_messages(spec, naming, graph, published),
    )


def _people(graph: ObjectGraph, published: Published) -> Iterator[Identity]:
    """Everybody on a published commit or tag; malformed lines also as they will be repaired."""
    for oid in published.all_commits:
        for who in (graph.commits[oid].author, graph.commits[oid].committer):
            yield who
            yield repaired(who)
    for oid in published.tags:
        tagger = graph.tags[oid].tagger
        if tagger is not None:
            yield tagger
            yield repaired(tagger)


def _messages(
    spec: RewriteSpec, naming: Naming, graph: ObjectGraph, published: Published
) -> Mapping[Oid, tuple[SpanEdit, ...]]:
    edits = dict(spec.message_edits)
    for oid in (*published.all_commits, *published.tags):
        message = (graph.commits.get(oid) or graph.tags[oid]).message
        taken = edits.get(oid, ())
        added = [SpanEdit((), *span) for span in naming.in_message(message) if not _overlaps(span, taken)]
        if added:
            edits[oid] = (*taken, *added)
    return edits


def _overlaps(span: tuple[int, int, bytes], taken: Sequence[SpanEdit]) -> bool:
    start, end, _ = span
    return any(not edit.via and edit.start < end and start < edit.end for edit in taken)
