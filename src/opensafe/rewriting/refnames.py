"""The names that refs will have, checked before anything is built."""

from collections.abc import Iterable, Mapping

from opensafe.errors import OpensafeError
from opensafe.git.treework import folded
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.folders import folders_of


class NamesCollide(OpensafeError):
    """Two things would get one name."""


def new_names(spec: RewriteSpec) -> dict[bytes, bytes]:
    """Old full name to new full name of every published ref. Raises NamesCollide."""
    names = {name: spec.ref_renames.get(name, name) for name in spec.refs}
    if _collide(names.values()) or _fold(names, spec):
        raise NamesCollide(
            "two refs would get the same name (but for case), or one would be the folder of another",
            remedy="choose another name: opensafe decide … --action rename --to …",
        )
    return names


def new_head(spec: RewriteSpec) -> bytes:
    return spec.ref_renames.get(spec.head, spec.head)


def kept_refs(names: Mapping[bytes, bytes], targets: Mapping[bytes, object]) -> dict[bytes, bytes | None]:
    """The names of refs that lead somewhere; `None` for those whose object went."""
    return {old: new if targets[old] is not None else None for old, new in names.items()}


def _collide(names: Iterable[bytes]) -> bool:
    taken = list(names)
    folders = {folder[:-1] for name in taken for folder in folders_of(name)}
    return len(set(taken)) != len(taken) or not folders.isdisjoint(taken)


def _fold(names: Mapping[bytes, bytes], spec: RewriteSpec) -> bool:
    """Whether a new name differs from another one in case or Unicode form alone; names of the source are its own."""
    renamed = {new for old, new in names.items() if old in spec.ref_renames}
    known: dict[str, set[bytes]] = {}
    for new in names.values():
        known.setdefault(folded(new), set()).add(new)
    return any(len(alike) > 1 and alike & renamed for alike in known.values())
