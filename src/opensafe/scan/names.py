"""How paths and refs are shown: a name that holds a finding is never shown or stored as it is."""

from collections.abc import Iterable

from opensafe.model.text import shown


class Names:
    """The names of one repository, masked where they hold a finding."""

    def __init__(self, masked: Iterable[tuple[bytes, str]] = ()) -> None:
        self._masked = dict(masked)

    def shown(self, raw: bytes) -> str:
        """The name for display and for the case: controls escaped, findings masked."""
        return self._masked.get(raw) or shown(raw)

    def is_masked(self, raw: bytes) -> bool:
        return raw in self._masked
