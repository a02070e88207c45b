"""The new content of one blob, and of messages."""

from opensafe.formats.decode import decode
from opensafe.formats.notebook import goes_with_outputs, strip_outputs
from opensafe.formats.reencode import CannotReencode, rewrite
from opensafe.git.graph import ObjectGraph
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, RewriteSpec
from opensafe.model.specimen import Role

WITHHELD = b"(message withheld)\n"
"""Stands in for a message that could not be changed inside."""


def changed_content(data: bytes, change: BlobChange, path: bytes) -> bytes | None:
    """`data` as decided, or `None` where that cannot be done: then the file must go, never stay.

    Edits come before the outputs are stripped, because their spans count in the content as it was audited.
    """
    strips = change.strip_outputs
    edits = [edit for edit in change.edits if not (strips and goes_with_outputs(edit.via))]
    try:
        edited = rewrite(data, edits, path)
    except CannotReencode:
        return None
    return _stripped(edited, path) if strips else edited


def _stripped(data: bytes, path: bytes) -> bytes | None:
    """Without outputs; as it is where a sound notebook has none. `None` where it cannot be read as a notebook."""
    stripped = strip_outputs(data)
    if stripped is not None:
        return stripped
    is_sound = any(part.role is Role.SOURCE for part in decode(data, path).parts)
    return data if is_sound else None


def changed_messages(spec: RewriteSpec, graph: ObjectGraph) -> tuple[dict[Oid, bytes], frozenset[Oid]]:
    """The whole new message of each commit and tag that has edits, and those whose message had to be withheld."""
    messages: dict[Oid, bytes] = {}
    withheld: set[Oid] = set()
    for oid, edits in spec.message_edits.items():
        holder = graph.commits.get(oid) or graph.tags.get(oid)
        if holder is None:
            continue
        try:
            messages[oid] = rewrite(holder.message, edits)
        except CannotReencode:
            messages[oid] = WITHHELD
            withheld.add(oid)
    return messages, frozenset(withheld)
