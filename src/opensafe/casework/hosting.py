"""Counts what a code host still holds, when a new history has been built."""

from collections.abc import Mapping
from dataclasses import replace

from opensafe.casefile.folder import Case
from opensafe.casefile.hosting import load_hosting
from opensafe.casework.inventory import published_files
from opensafe.git.owned import OwnedRepository
from opensafe.history.reading import History
from opensafe.model.hosting import HostingFacts
from opensafe.model.identifiers import Oid
from opensafe.model.option import Option
from opensafe.model.plan import RewriteSpec
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.text import shown
from opensafe.rewriting.left_behind import lfs_objects, requests_of
from opensafe.rewriting.measures import first_of, surviving

_GIVES_UP = frozenset({Option.SQUASH, Option.NEW_REPOSITORY})
_ID_FILES = frozenset({b".git-blame-ignore-revs", b".gitleaksignore", b".secrets.baseline", b".trufflehogignore"})
"""Files whose purpose is to name commits (facts, history and rewriting, section 10, step 4)."""


def hosting_facts(option: Option, history: History, spec: RewriteSpec, claim: RewriteClaim) -> HostingFacts:
    """What the rewrite leaves behind. What it publishes is added when that is asked for: a release adds a tag."""
    graph, gives_up = history.graph, option in _GIVES_UP
    changed = {old for old, new in claim.commits.items() if new != old}
    if gives_up:
        changed = set(claim.commits)
    requests = requests_of(history.refs.refs, spec, graph, gives_up=gives_up)
    files = frozenset(published_files(history.provenance))
    pointers = lfs_objects(history.view, graph, files)
    kept = {pointers[oid] for _, oid in surviving(option, spec, graph, files) if oid in pointers}
    return HostingFacts(
        option=option,
        commits=len(claim.commits),
        commits_changed=len(changed),
        first_changed=tuple(first_of(graph, changed)),
        requests=requests.total,
        requests_affected=requests.affected,
        lfs_orphaned=tuple(sorted(set(pointers.values()) - kept)),
        lfs_kept=len(kept),
        id_files=_id_files(history, spec),
    )


def present_hosting(case: Case) -> HostingFacts | None:
    """The stored figures with what a push would send now; `None` before the first rewrite."""
    facts = load_hosting(case)
    if facts is None or not case.public_git.is_dir():
        return None
    repository = OwnedRepository(case.public_git)
    refs, head = repository.refs(), repository.run("symbolic-ref", "HEAD").strip()
    return replace(
        facts,
        default_branch=shown(head.removeprefix(b"refs/heads/")),
        branches=_count(refs, b"refs/heads/"),
        tags=_count(refs, b"refs/tags/"),
        notes=_count(refs, b"refs/notes/"),
    )


def _count(refs: Mapping[bytes, Oid], folder: bytes) -> int:
    return sum(name.startswith(folder) for name in refs)


def _id_files(history: History, spec: RewriteSpec) -> tuple[str, ...]:
    """At the top of the default branch, where the tools that read them look."""
    head = history.graph.commits.get(spec.refs.get(spec.head, Oid("")))
    entries = history.graph.trees.get(head.tree, ()) if head else ()
    return tuple(shown(entry.name) for entry in entries if entry.name in _ID_FILES)
