"""Holds the specification against the team's own choices: everything that they ask for is in it, and nothing more.

The other checks hold the result against the specification. Here the choices are applied again, from the source.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from opensafe.formats.signature import DATA_SIGNATURES, signature
from opensafe.git.graph import peel, walk_tree
from opensafe.git.stream import read_objects
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices, FileChoices
from opensafe.model.gitobjects import RawObject
from opensafe.model.globs import matches_path, matches_ref, raw_glob
from opensafe.model.identifiers import Oid
from opensafe.model.naming import Naming
from opensafe.model.plan import RewriteSpec
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase
from opensafe.proof.commit_choices import check_commits
from opensafe.proof.naming import check_people
from opensafe.proof.notebooks import check_notebooks
from opensafe.proof.replaced import check_replaced

_CHOSEN_FROM = (b"refs/heads/", b"refs/tags/")
_DATA = "data"

Spot = tuple[Oid, bytes]
"""A blob at a path."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the team chose, what its lists hold, and the specification that its decisions alone give."""

    choices: Choices
    lists: ChoiceLists
    decided: RewriteSpec


def check_choices(case: ProofCase, wanted: Wanted) -> list[Check]:
    """One check for each kind of choice that was made."""
    choices = wanted.choices
    checks: list[Check] = []
    if choices.refs.keep or choices.refs.drop or choices.commits.squash_before:
        checks.append(_refs(case, wanted))
    if choices.commits.changes:
        checks.append(check_commits(case, choices.commits))
    if choices.files.removes:
        checks.append(_files(case, wanted))
    if choices.files.strip_notebooks:
        checks.append(check_notebooks(case, wanted.decided))
    naming = Naming.of(choices.people, wanted.lists.mailmap, wanted.lists.people, wanted.decided.identities)
    anew = frozenset(map(Oid, choices.commits.reword)) | ({case.spec.new_root} if case.spec.new_root else frozenset())
    if choices.people.renames:
        checks.append(check_people(case, wanted.decided, naming, anew))
    if wanted.lists.rules:
        checks.append(check_replaced(case, wanted.decided, naming, wanted.lists.rules, anew))
    return checks


def _refs(case: ProofCase, wanted: Wanted) -> Check:
    keep, drop = ([raw_glob(glob) for glob in globs] for globs in (wanted.choices.refs.keep, wanted.choices.refs.drop))
    before = wanted.decided.refs
    left_out = {
        name
        for name in before
        if matches_ref(name, drop) or (keep and name.startswith(_CHOSEN_FROM) and not matches_ref(name, keep))
    }
    left_out |= {name for name, oid in before.items() if peel(case.source_graph, oid) in case.spec.gone}
    expected = {name: oid for name, oid in before.items() if name not in left_out}
    return Check(
        "refs-chosen",
        dict(case.spec.refs) == expected,
        f"{len(before):,} refs of the source held against the choice: {len(left_out):,} left out",
    )


def _files(case: ProofCase, wanted: Wanted) -> Check:
    """Every file that a choice matches goes, and no file goes that neither a choice nor a decision names."""
    standing = frozenset(_standing(case))
    chosen = _chosen(case, standing, wanted.choices.files)
    decided = _removed(wanted.decided, standing)
    removed = _removed(case.spec, standing)
    missing, extra = chosen - removed, removed - chosen - decided
    folder = wanted.choices.files.only_path if wanted.choices.files.to_root else ""
    is_moved = case.spec.root_folder == raw_glob(folder)
    return Check(
        "files-chosen",
        not missing and not extra and is_moved,
        f"{len(standing):,} files of the source held against the choice, at every path: {len(chosen):,} chosen,"
        f" {len(missing):,} of them kept, {len(extra):,} others removed",
    )


def _standing(case: ProofCase) -> Iterator[Spot]:
    graph = case.source_graph
    targets = {graph.tags[oid].target for oid in case.tags} | set(case.spec.refs.values())
    tagged = [walk_tree(graph.trees, oid) for oid in targets if oid in graph.trees]
    for path, entry in chain(case.files, *tagged):
        yield entry.oid, path


def _removed(spec: RewriteSpec, standing: frozenset[Spot]) -> set[Spot]:
    everywhere = {change.oid for change in spec.blobs if change.remove and change.paths is None}
    narrowed = {(change.oid, path) for change in spec.blobs if change.remove for path in change.paths or ()}
    return {spot for spot in standing if spot[0] in everywhere} | (narrowed & standing)


def _chosen(case: ProofCase, standing: frozenset[Spot], choices: FileChoices) -> set[Spot]:
    globs = [raw_glob(glob) for glob in choices.remove_paths]
    folder = raw_glob(choices.only_path) + b"/"
    limit = choices.remove_larger or max(case.source_graph.sizes.values(), default=0)
    types = _typed(case, standing, choices)
    return {
        (oid, path)
        for oid, path in standing
        if matches_path(path, globs)
        or (choices.only_path and not path.startswith(folder))
        or case.source_graph.sizes.get(oid, 0) > limit
        or (oid, path) in types
    }


def _typed(case: ProofCase, standing: frozenset[Spot], choices: FileChoices) -> set[Spot]:
    """The files of a chosen type, told by their contents."""
    if not choices.remove_types:
        return set()
    named = frozenset(choices.remove_types)
    wanted = named | DATA_SIGNATURES if _DATA in named else named
    paths: dict[Oid, list[bytes]] = {}
    for oid, path in standing:
        paths.setdefault(oid, []).append(path)
    return {
        (item.oid, path)
        for item in read_objects(case.source, sorted(paths))
        if isinstance(item, RawObject)
        for path in paths[item.oid]
        if signature(item.data, path) in wanted
    }
