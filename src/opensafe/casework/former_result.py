"""The history that a case has made before: as a rewrite goes on from it, and switched safely for a new one."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from opensafe.casefile.disk import disk_failures, remove_tree, switch
from opensafe.casefile.folder import Case
from opensafe.casefile.plans import drop_next_claim, load_claim, load_next_claim, take_next_claim
from opensafe.casefile.proofs import added_paths, forget_added, note_commit
from opensafe.casework.public import PublicRepository, read_public
from opensafe.errors import OutOfOrder
from opensafe.git.graph import ancestors
from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.text import counted
from opensafe.rewriting.former import Former

_TAGS = "refs/tags/"


def former_of(case: Case) -> Former | None:
    """What a rewrite goes on from; `None` before the first. Raises OutOfOrder where somebody else has changed it."""
    stored = load_claim(case)
    if stored is None or not case.public_git.is_dir():
        return None
    public = read_public(case.public_git)
    refs = {bytes.fromhex(name): Oid(oid) for name, oid in stored["public_refs"].items()}
    added = added_paths(case)["commits"].keys() & public.graph.commits.keys()
    _refuse_strangers(public, refs, added)
    return Former(
        objects=case.public_git / "objects",
        commits=stored["commits"],
        plain=stored.get("plain", {}),
        refs=refs,
        head=public.branch,
        tip=public.head,
        added=len(added),
        tags={name: oid for name, oid in public.refs.items() if name in our_tags(case)},
        option=Option(stored.get("option", Option.REWRITE)),
    )


def our_tags(case: Case) -> frozenset[bytes]:
    """The full names of the tags that opensafe made in the new history."""
    return frozenset((_TAGS + str(tag)).encode() for tag in added_paths(case)["tags"])


def without_our_tags(case: Case, spec: RewriteSpec) -> RewriteSpec:
    """The specification of what the new history took from the source: a tag that we had made there was not taken."""
    ours = our_tags(case)
    return replace(spec, refs={n: oid for n, oid in spec.refs.items() if spec.ref_renames.get(n, n) not in ours})


def _refuse_strangers(public: PublicRepository, refs: Mapping[bytes, Oid], added: set[Oid]) -> None:
    known = ancestors(public.graph.commits, refs.values())
    strange = ancestors(public.graph.commits, public.refs.values()) - known - added
    if strange or public.branch not in refs:
        raise OutOfOrder(
            f"public.git holds {counted(len(strange), 'commit')} that opensafe did not make"
            f" (one is {min(strange, default='')})",
            remedy="bring such work into the source; to build the new history anew, delete public.git in the case",
        )


def switch_history(case: Case, built: Path) -> None:
    """Put the new history in the place of the former one, with the claim about it that was saved beside.

    A kill at any moment leaves the one with its claim or the other: `recover` ends what was begun.
    """
    with disk_failures(case.public_git, "replace"):
        if case.public_git.exists():
            switch(case.public_git, _aside(case))
        switch(built, case.public_git)
    _finish(case)


def recover(case: Case) -> None:
    """After a switch that was killed: back to the former history, or on to the new one. Needs the lock."""
    with disk_failures(case.public_git, "replace"):
        if _aside(case).exists() and not case.public_git.exists():
            switch(_aside(case), case.public_git)
    found = load_next_claim(case)
    if found is not None and case.public_git.is_dir() and _refs(case) == found["all_refs"]:
        _finish(case)
        return
    drop_next_claim(case)
    _drop(_aside(case))


def _finish(case: Case) -> None:
    afresh, joined = take_next_claim(case)
    if afresh:
        forget_added(case)
    if joined is not None:
        note_commit(case, joined, [])
    drop_next_claim(case)
    _drop(_aside(case))


def _refs(case: Case) -> dict[str, str]:
    return {name.hex(): oid for name, oid in OwnedRepository(case.public_git).refs().items()}


def _aside(case: Case) -> Path:
    """Not in `work`, which every writer sweeps: documents that were added can be in no other place."""
    return case.root / "former.git"


def _drop(folder: Path) -> None:
    with disk_failures(folder, "delete"):
        if folder.exists():
            remove_tree(folder)
