"""What every option leaves in the work repository."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.model.identifiers import Oid
from opensafe.model.rewrite import Reach, RewriteClaim


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the final refs point, the claim about it, and which blob became which.

    `extends` says that it goes on from the history made before and keeps what was added there (`added` refs of ours
    among it), `reach` what of that history goes or changes; `displaced` are files of ours that gave way, `joined` is a
    commit of ours that had to be made for it.
    """

    refs: Mapping[bytes, Oid]
    claim: RewriteClaim
    blob_map: Mapping[Oid, Oid]
    extends: bool = False
    reach: Reach = field(default_factory=Reach)
    added: Mapping[bytes, Oid] = field(default_factory=dict)
    displaced: frozenset[bytes] = frozenset()
    joined: Oid | None = None

    @property
    def all_refs(self) -> dict[bytes, Oid]:
        return {**self.refs, **self.added}
