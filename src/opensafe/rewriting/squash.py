"""One commit in place of the history: a new root with the cleaned files of the default branch.

A later run puts one more on top of it, with the files as they are then, in place of all commits that came since.
"""

from collections import Counter
from dataclasses import replace

from opensafe.errors import OpensafeError
from opensafe.git.graph import ObjectGraph, peel
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import Reach, RewriteClaim
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.extending import extended, gone_on, without_tags
from opensafe.rewriting.former import Former, reach_of
from opensafe.rewriting.line import line_to
from opensafe.rewriting.line_writer import LineWriter, WrittenLine
from opensafe.rewriting.losses import GIVEN_UP, as_lost, lost_headers
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.published import NOTES, Published
from opensafe.rewriting.refnames import new_head


def squash(
    option: Option,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    work: OwnedRepository,
    progress: Progress,
    former: Former | None = None,
) -> Outcome:
    """The new commit in `work`: on top of what the same option has published before, or else a root.

    Its date is the head's committer date, so that the same source gives the same id. A decision that changes a state
    which is public already, or a branch that was bent, leads to a new root.
    """
    head = _head(spec, graph)
    writer = LineWriter(option, Changes.of(spec), source, graph, work, progress)
    if former is None:
        return _outcome(spec, graph, writer.write(line_to(head, graph, frozenset())))
    line = writer.write(line_to(head, graph, _public(former) if former.option is option else frozenset()))
    found = extended(work, _as_line(graph, line), spec, line.commits, list(line.commits), former)
    if found is not None and _public(former) <= line.commits.keys():
        extension, joined = found
        done = replace(line, commits=extension.final)
        return gone_on(_outcome(without_tags(spec, former), graph, done, former), extension, joined)
    return _outcome(spec, graph, writer.write(line_to(head, graph, frozenset())), former)


def _public(former: Former) -> frozenset[Oid]:
    return frozenset(oid for oid, new in former.commits.items() if new is not None)


def _head(spec: RewriteSpec, graph: ObjectGraph) -> Oid:
    head = peel(graph, spec.refs[spec.head]) if spec.head in spec.refs else None
    if head is None or head not in graph.commits:
        raise OpensafeError(
            "the default branch has no commit, so there is nothing to publish as one",
            remedy="name the branches to publish: opensafe start REPO --publish REF…",
        )
    return head


def _as_line(graph: ObjectGraph, line: WrittenLine) -> ObjectGraph:
    """The commits of the source whose files are published, each the only parent of the next."""
    heads = list(line.commits)
    parents = [(), *((head,) for head in heads[:-1])]
    return replace(
        graph,
        commits={head: replace(graph.commits[head], parents=above) for head, above in zip(heads, parents, strict=True)},
    )


def _outcome(spec: RewriteSpec, graph: ObjectGraph, line: WrittenLine, former: Former | None = None) -> Outcome:
    published = Published.of(spec, graph)
    head = new_head(spec)
    tip = list(line.commits.values())[-1]
    claim = RewriteClaim(
        commits=dict.fromkeys(published.all_commits) | dict(line.commits),
        tags=dict.fromkeys(published.tags),
        refs=dict.fromkeys(spec.refs) | {spec.head: head},
        lost=as_lost(_losses(spec, graph, published, line)),
        blobs_changed=len(line.clean.blob_map()),
        files_removed=sum(new is None for new in line.clean.files.values()),
    )
    reach = Reach() if former is None else reach_of(former, graph, claim.commits, {head: tip})
    return Outcome({head: tip}, claim, line.clean.blob_map(), reach=reach)


def _losses(spec: RewriteSpec, graph: ObjectGraph, published: Published, line: WrittenLine) -> Counter[str]:
    others = spec.refs.keys() - {spec.head}
    return lost_headers(graph, published.all_commits) + Counter(
        {
            "commit": len(published.all_commits) - len(line.commits),
            "tag": len(published.tags),
            "note": sum(name.startswith(NOTES) for name in others),
            "ref": len(others),
            GIVEN_UP: len(line.clean.given_up),
        }
    )
