"""How a step says how far it is, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Told of stages and counts; the command line draws a bar, tests count, `--quiet` ignores."""

    def stage(self, title: str, total: int | None = None) -> None:
        """A new stage begins, of `total` units where that is known."""
        ...

    def advance(self, units: int = 1) -> None: ...


class NoProgress:
    """Listens to nothing."""

    def stage(self, title: str, total: int | None = None) -> None:
        pass

    def advance(self, units: int = 1) -> None:
        pass
