"""Makes a real repository of everything that is planted, and says what stands where."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.planting.chance import Chance
from benchmarks.planting.credentials import CREDENTIALS, KEY_STORES
from benchmarks.planting.families import NAME, SECRET, Family
from benchmarks.planting.negatives import NEGATIVES
from benchmarks.planting.people import IDENTIFIERS, NAMES
from benchmarks.planting.surfaces import CODE, FILES_OF_LINES, TABLES, comment
from opensafe.stories.builder import DELETED, History, Mark, Person
from opensafe.stories.workshop import Workshop

FAMILIES = (*CREDENTIALS, *IDENTIFIERS, *NAMES)
_TRIES = 40

RULES = r"""
rules:
  - id: trust-number
    title: Number of the trust
    category: data
    severity: high
    pattern: '\bRX[A-Z]\d{6}\b'
    why: It identifies a patient.
    remedy: Redact.
    examples: [{text: 'mrn RXA111222', value: RXA111222}]
    counter-examples: ['mrn RXA11122']
"""
"""What the team knows about its own numbers: `rules.yaml` of the case."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A content or a name in the repository. `oid` is that of its object; of names `text` is the whole name."""

    surface: str
    family: str
    group: str
    text: bytes = field(repr=False)
    values: tuple[str, ...] = field(repr=False)
    accepts: frozenset[str] = frozenset()
    is_name: bool = False
    is_file: bool = False
    mark: Mark | None = None

    @property
    def oid(self) -> str:
        """The id of a blob with this text (messages are found by their mark)."""
        return hashlib.sha1(b"blob %d\0" % len(self.text) + self.text, usedforsecurity=False).hexdigest()


class Planter:
    """Plants `each` values of every family in everything that it can stand in."""

    def __init__(self, seed: str, each: int) -> None:
        self._seed = seed
        self._each = each
        self._used: set[str] = set()
        self._history = History(Person(b"Build Agent", b"build@users.noreply.example.org"))
        self._files: dict[bytes, bytes] = {}
        self._deleted: dict[bytes, bytes] = {}
        self.spots: list[Spot] = []

    def plant(self, path: Path) -> dict[Mark, str]:
        """The repository at `path`; the ids of what was marked in it."""
        self._history.commit(b"Begin\n", {b"README.md": b"# Bed moves\n"})
        for family in self._families():
            for write in (self._in_files, self._in_tables, self._in_messages, self._in_names):
                write(family)
        self._key_stores()
        self._negatives()
        self._history.commit(b"Add what is planted\n", {**self._files, **self._deleted})
        self._history.commit(b"Tidy up\n", dict.fromkeys(self._deleted, DELETED))
        workshop = Workshop.open(path, bare=True)
        return {mark: str(oid) for mark, oid in workshop.tell(self._history).items()}

    def _families(self) -> Iterator[Family]:
        """All families, and the people who worked on the repository: they are authors of commits."""
        yield from FAMILIES
        chance = Chance(f"{self._seed} authors")
        authors = [
            Person(chance.person().encode(), f"{chance.user()}@corp.example".encode()) for _ in range(self._each)
        ]
        for author in authors:
            self._history.commit(b"Read the extract again\n", {b"count.R": b"x <- %d\n" % len(self.spots)}, by=author)
        names = [author.name.decode() for author in authors]
        yield Family(
            "name of an author of the repository",
            NAME,
            lambda c: c.one(names),
            ("asked $v", "$v wrote this", "see $v"),
            "owner",
            frozenset({"name", "data"}),
        )

    def _values(self, family: Family, surface: str) -> tuple[Chance, tuple[str, ...]]:
        chance = Chance(f"{self._seed} {family.id} {surface}")
        return chance, tuple(self._fresh(family, chance) for _ in range(self._each))

    def _fresh(self, family: Family, chance: Chance) -> str:
        """A value that stands nowhere else, where there are enough of them."""
        made = family.make(chance)
        for _ in range(_TRIES):
            if made not in self._used:
                break
            made = family.make(chance)
        self._used.add(made)
        return made

    def _in_files(self, family: Family) -> None:
        for surface, (ending, make) in FILES_OF_LINES.items() if family.lines else ():
            lines, values = self._lines(family, surface)
            self._file(family, surface, ending, make(lines), values)
        if family.lines:
            lines, values = self._lines(family, "deleted file")
            self._file(family, "deleted file", "R", comment("# ")(lines), values)

    def _in_tables(self, family: Family) -> None:
        for surface, (ending, make) in TABLES.items() if family.column else ():
            _, values = self._values(family, surface)
            self._file(family, surface, ending, make(family.column, values), values)

    def _lines(self, family: Family, surface: str) -> tuple[list[str], tuple[str, ...]]:
        chance, values = self._values(family, surface)
        is_code = surface in CODE
        return [family.line(chance, value, is_code=is_code) for value in values], values

    def _file(self, family: Family, surface: str, ending: str, data: bytes, values: Sequence[str]) -> None:
        files = self._deleted if surface == "deleted file" else self._files
        files[f"work/{len(self.spots):04}/moves.{ending}".encode()] = data
        self._spot(family, surface, data, values)

    def _in_messages(self, family: Family) -> None:
        for surface in ("commit message", "tag message", "note") if family.lines else ():
            lines, values = self._lines(family, surface)
            text = ("Read the moves again\n\n" + "\n".join(lines) + "\n").encode()
            self._spot(family, surface, text, values, mark=self._told(surface, text))

    def _told(self, surface: str, text: bytes) -> Mark | None:
        if surface == "commit message":
            return self._history.commit(text)
        commit = self._history.commit(b"Look again\n")
        if surface == "tag message":
            return self._history.tag(b"look-%d" % commit, commit, text)
        self._history.note(commit, text)
        return None

    def _in_names(self, family: Family) -> None:
        for surface in ("path", "ref name") if family.named else ():
            _, values = self._values(family, surface)
            for value in values:
                word = f"{family.column or 'see'}-{value}".replace(" ", "-").encode()
                name = b"refs/heads/fix/%b" % word if surface == "ref name" else b"%b/notes.txt" % word
                if surface == "path":
                    self._files[name] = b"see %d\n" % len(self.spots)
                else:
                    self._history.ref(name, self._history.marks[0])
                self._spot(family, surface, name, [value], is_name=True)

    def _spot(
        self,
        family: Family,
        surface: str,
        text: bytes,
        values: Sequence[str],
        *,
        is_name: bool = False,
        mark: Mark | None = None,
    ) -> None:
        spot = Spot(surface, family.id, family.group, text, tuple(values), family.accepts, is_name=is_name, mark=mark)
        self.spots.append(spot)

    def _key_stores(self) -> None:
        """Files that are credentials as a whole; the value is the file."""
        for kind, (ending, make) in KEY_STORES.items():
            for surface in ["whole file"] * self._each + ["deleted file"] * self._each:
                data = make(Chance(f"{self._seed} {kind} {len(self.spots)}"))
                files = self._deleted if surface == "deleted file" else self._files
                files[f"work/{len(self.spots):04}/etl.{ending}".encode()] = data
                self.spots.append(Spot(surface, kind, SECRET, data, ("",), is_file=True))

    def _negatives(self) -> None:
        for kind, make in NEGATIVES.items():
            for surface, (ending, write) in FILES_OF_LINES.items():
                chance = Chance(f"{self._seed} {kind} {surface}")
                made = [make(chance) for _ in range(self._each)]
                data = write([line for line, _ in made])
                self._files[f"work/{len(self.spots):04}/moves.{ending}".encode()] = data
                values = tuple(value for _, value in made)
                self.spots.append(Spot(surface, kind, "", data, values))
