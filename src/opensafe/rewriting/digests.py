"""Digests that bind a plan to exactly what it will do."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from opensafe.model.plan import RewritePlan, RewriteSpec


def spec_digest(spec: RewriteSpec) -> str:
    """SHA-256, in hex, over every change and every published ref. Raw names go in, nothing comes out."""
    total = hashlib.sha256()
    for part in (
        sorted(spec.refs.items()),
        spec.head,
        [(c.oid, sorted(c.paths or ()), c.paths is None, c.edits, c.strip_outputs, c.remove) for c in spec.blobs],
        sorted(spec.message_edits.items()),
        spec.identities,
        sorted(spec.ref_renames.items()),
        sorted(spec.path_renames.items()),
        sorted(spec.header_drops),
        spec.root_folder,
        sorted(spec.gone.items()),
        spec.new_root,
    ):
        total.update(repr(part).encode() + b"\n")
    return total.hexdigest()


def sealed(plan: RewritePlan) -> RewritePlan:
    """The plan with its digest: SHA-256 over everything else in it."""
    bare = replace(plan, digest="")
    text = json.dumps(_plain(bare.as_fields()), sort_keys=True, separators=(",", ":"))
    return replace(bare, digest=hashlib.sha256(text.encode()).hexdigest())


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
