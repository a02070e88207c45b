"""Says which groups of expressions a text holds, and nothing of where: with Hyperscan."""

from opensafe.detectors.gates import Groups
from opensafe.detectors.triggers import HAS_HYPERSCAN, packed_database, unpacked_database

if HAS_HYPERSCAN:
    import hyperscan


class HyperscanGate:
    """Says which groups of expressions have a match in a text: `packed`, where these were compiled before.

    Raises ValueError where that is damaged, or of another machine or version, and where an expression is not known.
    """

    def __init__(self, groups: Groups = (), packed: bytes | None = None) -> None:
        if packed is not None:
            self._database = unpacked_database(packed)
            return
        flat = [(index, expression) for index, group in enumerate(groups) for expression in group]
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        try:
            self._database.compile(
                expressions=[expression for _, expression in flat],
                ids=[index for index, _ in flat],
                flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(flat),
            )
        except hyperscan.error as error:
            raise ValueError("an expression that Hyperscan does not know") from error

    def packed(self) -> bytes:
        """The database, for the same version on the same kind of machine."""
        return packed_database(self._database)

    def held(self, data: bytes) -> set[int]:
        found: set[int] = set()

        def matched(group: int, _start: int, _end: int, _flags: int, _context: object) -> None:
            found.add(group)

        if data:
            self._database.scan(data, match_event_handler=matched)
        return found
