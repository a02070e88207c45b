"""Gives git-filter-repo exactly the commits that change, and reads back what became of them."""

from collections.abc import Mapping

from opensafe.errors import GitFailed
from opensafe.git.child import run_child
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles
from opensafe.rewriting.instructions import Instructions
from opensafe.rewriting.malformed import repaired
from opensafe.rewriting.topology import parents_after, root_people

_TIPS = b"refs/opensafe/tip/"
_BOUNDARY = b"refs/opensafe/boundary/"
_REVISIONS = ("--date-order", f"--glob={_TIPS.decode()}*", "--not", f"--glob={_BOUNDARY.decode()}*")
"""By date: an id in a message that names an earlier commit of another branch is known when it is met, and what comes
later does not change the order of what is there."""


def filter_commits(
    work: OwnedRepository,
    graph: ObjectGraph,
    changed: frozenset[Oid],
    broken: frozenset[Oid],
    changes: Changes,
    clean: CleanFiles,
    messages: Mapping[Oid, bytes],
) -> dict[Oid, Oid]:
    """Old id to new id of every commit in `changed` (which holds the descendants too).

    `broken` have been repaired in `work`. The commits before the first change are not in the stream: they keep
    their ids, signatures and encodings. Refs have neutral names of ours, so no name of the source matters here.
    """
    if not changed:
        return {}
    commits = graph.commits
    inner = {parent for oid in changed for parent in parents_after(changes.spec, commits[oid])}
    work.set_refs(_numbered(_TIPS, changed - inner) | _numbered(_BOUNDARY, inner - changed))
    told = Instructions(
        revisions=_REVISIONS,
        files=clean.files,
        paths=changes.spec.path_renames,
        messages=dict(messages) | _whole_messages(commits, changed, messages),
        lines={oid: _lines(commits[oid]) for oid in changed if oid in broken or _is_misread(commits[oid])}
        | _root(changes.spec, commits),
        people=changes.people,
        root=changes.spec.root_folder,
    )
    run_child("opensafe.rewriting.filter_child", work.git_dir, told.to_json())
    return _commit_map(work, changed)


def _root(spec: RewriteSpec, commits: Mapping[Oid, Commit]) -> dict[Oid, tuple[Identity, Identity]]:
    return {spec.new_root: root_people(commits[spec.new_root])} if spec.new_root else {}


def _whole_messages(
    commits: Mapping[Oid, Commit], changed: frozenset[Oid], messages: Mapping[Oid, bytes]
) -> dict[Oid, bytes]:
    """Messages with a NUL byte: fast-export ends them there, fast-import does not."""
    return {oid: commits[oid].message for oid in changed if oid not in messages and b"\0" in commits[oid].message}


def _is_misread(commit: Commit) -> bool:
    """An author without name and e-mail: filter-repo would put the committer there."""
    return not commit.author.name and not commit.author.email


def _lines(commit: Commit) -> tuple[Identity, Identity]:
    return repaired(commit.author), repaired(commit.committer)


def _numbered(folder: bytes, oids: frozenset[Oid] | set[Oid]) -> dict[bytes, Oid]:
    return {folder + b"%d" % number: oid for number, oid in enumerate(sorted(oids))}


def _commit_map(work: OwnedRepository, changed: frozenset[Oid]) -> dict[Oid, Oid]:
    lines = (work.git_dir / "filter-repo" / "commit-map").read_text("ascii").splitlines()[1:]
    pairs = (line.split() for line in lines)
    mapped = {Oid(old): Oid(new) for old, new in pairs}
    if mapped.keys() != changed or not all(new.strip("0") for new in mapped.values()):
        raise GitFailed(
            f"git-filter-repo mapped {len(mapped)} of {len(changed)} commits",
            remedy="nothing was switched; report this with the version of git",
        )
    return mapped
