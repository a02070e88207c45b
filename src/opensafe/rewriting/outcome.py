"""What every option leaves in the work repository."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.model.identifiers import Oid
from opensafe.model.rewrite import RewriteClaim


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the final refs point, the claim about it, and which blob became which."""

    refs: Mapping[bytes, Oid]
    claim: RewriteClaim
    blob_map: Mapping[Oid, Oid]
