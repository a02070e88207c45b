"""Data files that their own programs wrote: see samples/README.md for how."""

from pathlib import Path

from opensafe.formats.decode import Decoding, decode

FOLDER = Path(__file__).parent / "samples"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md")


def sample(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def part(decoding: Decoding, *via: str) -> str:
    """The text under this `via`; fails unless it is there once."""
    (found,) = [part.data.decode() for part in decoding.parts if part.via == via]
    return found


def opened(name: str) -> Decoding:
    return decode(sample(name), name.encode())


def table(decoding: Decoding, *via: str) -> dict[str, list[str]]:
    """The columns of a table by their header."""
    header, *rows = [line.split("\t") for line in part(decoding, *via).splitlines()]
    return {name: [row[at] for row in rows] for at, name in enumerate(header)}
