"""Commits that the team wants to drop, reword, or squash into a new beginning."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from opensafe.errors import UsageError
from opensafe.git.graph import ObjectGraph, ancestors, peel
from opensafe.model.choices import CommitChoices
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec, SpanEdit
from opensafe.rewriting.line import message_of_many
from opensafe.rewriting.published import Published

_SHORTEST_ID = 7


def with_full_ids(choices: CommitChoices, graph: ObjectGraph) -> CommitChoices:
    """The choices with whole commit ids. Raises UsageError for an id that means no commit, or several."""
    return replace(
        choices,
        drop=tuple(dict.fromkeys(_full(oid, "--drop-commit", graph) for oid in choices.drop)),
        reword={_full(oid, "--reword", graph): message for oid, message in choices.reword.items()},
    )


def with_chosen_commits(spec: RewriteSpec, choices: CommitChoices, graph: ObjectGraph) -> RewriteSpec:
    """`spec` without the commits that go. Raises UsageError where one cannot go, or nothing would change."""
    published = Published.of(spec, graph)
    chosen = _folded(spec, choices.squash_before, graph) if choices.squash_before else spec
    if choices.drop:
        chosen = replace(chosen, gone={**chosen.gone, **_dropped(chosen, choices, graph, published)})
    edits = {oid: _whole(graph, oid, text) for oid, text in _reworded(chosen, choices, published)}
    return replace(chosen, message_edits={**chosen.message_edits, **edits})


def _full(given: str, flag: str, graph: ObjectGraph) -> str:
    text = given.lower()
    found = [oid for oid in graph.commits if oid.startswith(text)] if len(text) >= _SHORTEST_ID else []
    if len(found) != 1:
        raise UsageError(
            f"{flag} {given} means {'several commits' if found else 'no commit of the source'}",
            remedy=f"give the whole id, at least {_SHORTEST_ID} characters of it",
        )
    return found[0]


def _dropped(
    spec: RewriteSpec, choices: CommitChoices, graph: ObjectGraph, published: Published
) -> Mapping[Oid, Oid | None]:
    """Each goes and what it changed is in the commits that come after it, whose files stay as they are."""
    followed = {parent for oid in published.commits for parent in graph.commits[oid].parents}
    named = {peel(graph, oid) for oid in spec.refs.values()}
    gone: dict[Oid, Oid | None] = {}
    for oid in map(Oid, choices.drop):
        commit = graph.commits[oid]
        if oid not in published.commits or oid in spec.gone or oid == spec.new_root:
            raise _cannot_drop(oid, "it is not among the commits that would be published one by one", "leave it out")
        if len(commit.parents) > 1:
            raise _cannot_drop(oid, "it is a merge", "drop the commits that it merged, or reword it")
        if oid in named or oid not in followed:
            raise _cannot_drop(
                oid,
                "a branch or a tag names it, so no commit would take up its changes",
                "leave that ref out with --drop-ref, or reword the commit",
            )
        gone[oid] = next(iter(commit.parents), None)
    return gone


def _cannot_drop(oid: Oid, why: str, remedy: str) -> UsageError:
    return UsageError(f"commit {oid} cannot be dropped: {why}", remedy=remedy)


def _folded(spec: RewriteSpec, before: str, graph: ObjectGraph) -> RewriteSpec:
    """One new root with the files of the last commit before the date; refs on older commits are not published."""
    boundary = _boundary(spec, before, graph)
    folded = ancestors(graph.commits, [boundary]) - {boundary}
    if not folded:
        raise UsageError(
            f"--squash-before {before}: one commit of the default branch is older, so there is nothing to squash",
            remedy="name a later date",
        )
    text = message_of_many({*folded, boundary}, graph)
    return replace(
        spec,
        refs={name: oid for name, oid in spec.refs.items() if peel(graph, oid) not in folded},
        gone=dict.fromkeys(sorted(folded), boundary),
        new_root=boundary,
        message_edits={**spec.message_edits, boundary: _whole(graph, boundary, text)},
    )


def _boundary(spec: RewriteSpec, before: str, graph: ObjectGraph) -> Oid:
    """The newest commit before the date (00:00 UTC) along the first parents of the default branch."""
    limit = datetime.fromisoformat(before).replace(tzinfo=UTC).timestamp()
    at: Oid | None = peel(graph, spec.refs.get(spec.head, Oid("")))
    while at in graph.commits:
        if graph.commits[at].committer.timestamp < limit:
            return at
        at = next(iter(graph.commits[at].parents), None)
    raise UsageError(f"no commit of the default branch is older than {before}", remedy="name a later date")


def _reworded(spec: RewriteSpec, choices: CommitChoices, published: Published) -> Iterator[tuple[Oid, str]]:
    for text, message in choices.reword.items():
        oid = Oid(text)
        if oid not in published.commits or oid in spec.gone or oid == spec.new_root:
            raise UsageError(f"commit {oid} cannot be reworded: it would not be published", remedy="leave it out")
        yield oid, message


def _whole(graph: ObjectGraph, oid: Oid, text: str) -> tuple[SpanEdit, ...]:
    return (SpanEdit((), 0, len(graph.commits[oid].message), text.encode()),)
