"""Digests that bind a plan to exactly what it will do."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from opensafe.model.plan import BlobChange, RewritePlan, RewriteSpec

_PORTION = 10_000  # changes whose text is made at once
_EDIT = "SpanEdit(via=%r, start=%r, end=%r, replacement=%r)"


def spec_digest(spec: RewriteSpec) -> str:
    """SHA-256, in hex, over every change and every published ref. Raw names go in, nothing comes out."""
    total = hashlib.sha256()
    for text in _texts(spec):
        total.update(text.encode())
    return total.hexdigest()


def _texts(spec: RewriteSpec) -> Iterator[str]:
    """Each part of it on a line."""
    yield f"{sorted(spec.refs.items())!r}\n{spec.head!r}\n"
    yield from _listed(spec.blobs)
    for part in (
        sorted(spec.message_edits.items()),
        spec.identities,
        sorted(spec.ref_renames.items()),
        sorted(spec.path_renames.items()),
        sorted(spec.header_drops),
        spec.root_folder,
        sorted(spec.gone.items()),
        spec.new_root,
    ):
        yield f"{part!r}\n"


def _listed(changes: Sequence[BlobChange]) -> Iterator[str]:
    """The text of `repr` for a list of the changes, each a tuple of what is in it: there may be 300,000.

    In portions, and in a third of the time.
    """
    yield "["
    for at in range(0, len(changes), _PORTION):
        texts = ", ".join(map(_told, changes[at : at + _PORTION]))
        yield f", {texts}" if at else texts
    yield "]\n"


def _told(change: BlobChange) -> str:
    oid, paths, edits, strip_outputs, remove = change
    told = ", ".join(map(_EDIT.__mod__, edits)) + ("," if len(edits) == 1 else "")
    where = "[], True" if paths is None else f"{sorted(paths)!r}, False"
    return f"({oid!r}, {where}, ({told}), {strip_outputs}, {remove})"


def sealed(plan: RewritePlan) -> RewritePlan:
    """The plan with its digest: SHA-256 over everything else in it."""
    bare = replace(plan, digest="")
    fields = bare.as_fields()
    # There may be 100,000 replacements, which are plain already.
    plain = {name: value if name == "replacements" else _plain(value) for name, value in fields.items()}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return replace(bare, digest=hashlib.sha256(text.encode()).hexdigest())


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
