"""What the tests of the documents share: where the documents are, and what a run of the demo leaves."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demo:
    """A finished demo: its folder, and everything that it printed."""

    folder: Path
    output: str

    @property
    def case(self) -> Path:
        return self.folder / "ward-occupancy.opensafe"


def documents() -> list[str]:
    """Every Markdown document for people, by its name from the top folder."""
    names = (".", "changelog.d", "docs", "docs/decisions", "docs/example", "playbooks", "playbooks/rotation")
    folders = [ROOT / name for name in names]
    return sorted(file.relative_to(ROOT).as_posix() for folder in folders for file in folder.glob("*.md"))


def prose() -> list[str]:
    """The documents that people write; the others are written by programs of this repository."""
    return [name for name in documents() if name.startswith("docs/decisions/") or not name.startswith("docs/")]
