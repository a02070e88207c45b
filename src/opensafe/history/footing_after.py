"""What is kept of a source that grew: what was kept before, and what is new."""

from opensafe.git.refs import worktree_heads
from opensafe.git.store_files import stored_files
from opensafe.history.footing import REFLOGGED, public_pairs
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth
from opensafe.history.introductions import Introductions
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import DISTANCE, PAIR, Footing
from opensafe.model.packed import Packed


def footing_after(found: Growth, since: Grown, before: Footing, named: Introductions, key: FingerprintKey) -> Footing:
    """As `footing_of` has it of the whole source."""
    old = Packed(before.commits, found.everything.width)
    circles = {entry: before.circles[at] for at, entry in enumerate(old)}
    circles |= {bytes.fromhex(oid): found.rings.of(oid) for oid in found.order}
    commits = sorted(circles)
    logged = {oid for line in found.reflogs for oid in (line.old, line.new) if oid in found.rings.new}
    near = {oid for oid in logged if found.rings.of(oid) & DISTANCE == REFLOGGED}
    return Footing(
        ids=found.everything.data,
        commits=b"".join(commits),
        circles=bytes(circles[entry] for entry in commits),
        pairs=b"".join(sorted({*Packed(before.pairs, PAIR), *public_pairs(since.traced, key)})),
        newest=max([before.newest, *(commit.committer.timestamp for commit in found.graph.commits.values())]),
        aside=tuple(sorted(worktree_heads(found.layout).values())),
        reflogged=tuple(sorted({*before.reflogged, *near})),
        tags=tuple(sorted(found.graph.tags)),
        introduced=named.commits,
        declared=tuple((path.hex(), oid) for path, oid in named.files),
        declarations=named.versions,
        stored=stored_files(found.layout.objects),
    )
