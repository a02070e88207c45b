"""A value that must not be shown: every way out but `reveal()` gives the mask."""

from typing import NoReturn, final

_BUCKETS = (8, 16, 32, 64, 256)


def mask(kind: str, length: int) -> str:
    """The mask of a value: its kind and a bucket of its length in bytes, no character of it (facts: 9.3)."""
    bucket = next((f"up to {limit}" for limit in _BUCKETS if length <= limit), f"over {_BUCKETS[-1]}")
    return f"[{kind}, {bucket} characters]"


@final
class Secret:
    """Wraps plaintext bytes. `str`, `repr`, `format` and logging show the mask; pickling is refused."""

    __slots__ = ("_kind", "_plain")

    def __init__(self, plain: bytes, kind: str = "value") -> None:
        self._plain = plain
        self._kind = kind

    def reveal(self) -> bytes:
        """The plaintext. Search for this word to find every place where one leaves its wrapper."""
        return self._plain

    @property
    def masked(self) -> str:
        return mask(self._kind, len(self._plain))

    def __repr__(self) -> str:
        return self.masked

    def __format__(self, _spec: str) -> str:
        return self.masked

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._plain == other._plain

    def __hash__(self) -> int:
        return hash(self._plain)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: pass its place, and read the value again there")
