"""The raw names of a source by the keys that the case holds, for the steps that change names."""

from collections.abc import Iterator

from opensafe.history.comings import arrivals
from opensafe.history.people import identities
from opensafe.history.provenance import Provenance
from opensafe.history.reading import History
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.rewriting.compile import Inventory


def inventory_of(history: History, key: FingerprintKey) -> Inventory:
    """Everything that a decision may name, read from the source."""
    files: dict[bytes, set[Oid]] = {}
    for oid, path in history.provenance.files():
        files.setdefault(path, set()).add(oid)
    people = {(identity.name, identity.email): identity for identity in identities(history.graph)}
    return Inventory(
        paths={key.name(path): path for path in files},
        refs={key.name(name): name for name in history.refs.refs},
        identities={key.name(identity.line): names for names, identity in people.items()},
        published={ref.source: (ref.public, ref.oid) for ref in history.published},
        head=history.head_branch,
        files={path: frozenset(oids) for path, oids in files.items()},
    )


def published_files(provenance: Provenance) -> Iterator[tuple[bytes, Oid]]:
    """Every file version that will be published, with each path at which it stands. Notes are files too."""
    if provenance.traced is not None:
        yield from _published_in_commits(provenance.traced)
    for oid, standings in provenance.beside.items():
        yield from ((standing.path, oid) for standing in standings if standing.published and standing.path)


def _published_in_commits(traced: Traced) -> Iterator[tuple[bytes, Oid]]:
    for oid in traced.comings.blobs:
        for path, codes in traced.comings.blobs.of(oid).items():
            if any(traced.distances[position] == 0 for position, _ in arrivals(codes)):
                yield path, oid
