"""Measures how many planted names are found, by the way in which they are told and by the form that they stand in.

Run with: python -m benchmarks.names [--names N] [--source REPO …] [--output docs/measured.md]

The names are those of Faker's list for the United Kingdom, which is no source of the detectors' own. With `--source`
it also counts the distinct names that titles, announcements and lists tell in every text of a repository, by megabyte
of different lines: where no names are to be expected, that is what somebody has to look through in vain.
"""

import argparse
import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from faker import Faker

from benchmarks.document import with_section
from fixtures.kit.containers import workbook
from fixtures.samples import samples
from opensafe.detectors.engine import Engine
from opensafe.git.layout import read_layout
from opensafe.git.stream import list_ids, read_objects
from opensafe.git.view import open_view
from opensafe.model.context import Context, Person, PersonSource
from opensafe.model.finding import Category
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings
from opensafe.scan.values import Contents

_SEED = 28
_ROWS = 8  # names of one table
_WINDOW = 1 << 20  # bytes of text that are looked at together


@dataclass(frozen=True, slots=True)
class Name:
    given: str
    surname: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.surname}"


Tells = Callable[[Name], tuple[str, str]]
"""What is written of somebody, and what of it has to be found."""

_TOLD: dict[str, Tells] = {
    "on the roster": lambda name: (f"as {name.full} said", name.full),
    "on the roster, reversed": lambda name: (f"as {name.surname}, {name.given} said", f"{name.surname}, {name.given}"),
    "announced": lambda name: (f"Reviewed by {name.full}", name.full),
    "behind a title": lambda name: (f"as Mrs {name.surname} said", name.surname),
    "on a list": lambda name: (f"as {name.full} said", name.full),
}
_KNOWN = frozenset({"on the roster", "on the roster, reversed"})


def _delimited(mark: str, encoding: str) -> Callable[[Sequence[Sequence[str]]], bytes]:
    def make(rows: Sequence[Sequence[str]]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=mark).writerows(rows)
        return text.getvalue().encode(encoding)

    return make


def _inserts(rows: Sequence[Sequence[str]]) -> bytes:
    header, *values = rows
    lines = ("(" + ", ".join("'" + cell.replace("'", "''") + "'" for cell in row) + ")" for row in values)
    return f"INSERT INTO dbo.people ({', '.join(header)}) VALUES\n{', '.join(lines)};\n".encode()


def _page(rows: Sequence[Sequence[str]]) -> bytes:
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<!doctype html><html><body><table>{''.join(lines)}</table></body></html>".encode()


def _records(rows: Sequence[Sequence[str]]) -> bytes:
    header, *values = rows
    return json.dumps([dict(zip(header, row, strict=True)) for row in values], indent=1).encode()


def _database(rows: Sequence[Sequence[str]]) -> bytes:
    header, *values = rows
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE people ({', '.join(header)})")
    connection.executemany(f"INSERT INTO people VALUES ({', '.join('?' * len(header))})", values)  # noqa: S608
    return connection.serialize()


_TABLES: dict[str, tuple[str, Callable[[Sequence[Sequence[str]]], bytes]]] = {
    "CSV": ("p.csv", _delimited(",", "utf-8")),
    "CSV, semicolons, UTF-16": ("p.csv", _delimited(";", "utf-16")),
    "tabs, Windows code page": ("p.tsv", _delimited("\t", "cp1252")),
    "hidden sheet of a workbook": ("p.xlsx", lambda rows: workbook({"A": [["x"]], "B": rows}, hidden=["B"])),
    "SQLite": ("p.sqlite", _database),
    "SQL inserts": ("load.sql", _inserts),
    "HTML": ("p.html", _page),
    "JSON records": ("p.json", _records),
}
_HEADERS = {"forename and surname": ("id", "forename", "surname"), "no word for names": ("id", "who", "whom")}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--names", type=int, default=40)
    asked.add_argument("--source", type=Path, nargs="*", default=[])
    asked.add_argument("--output", type=Path)
    given = asked.parse_args()
    names = _invented(given.names)
    section = "\n".join([*_head(given.names), *_told(names), *_in_columns(names), *_in_sources(given.source), ""])
    if given.output:
        given.output.write_text(with_section(given.output.read_text(encoding="utf-8"), section), encoding="utf-8")
    else:
        print(section)


def _head(count: int) -> list[str]:
    return [
        "## Names that were planted",
        "",
        f"Made by `python -m benchmarks.names --names {count}`: so many names of Faker's list for the United Kingdom,",
        "in every form that is read. The shares are of names that were found with the right span.",
        "",
    ]


def _invented(count: int) -> list[Name]:
    faker = Faker("en_GB")
    faker.seed_instance(_SEED)
    return [Name(faker.first_name(), faker.last_name()) for _ in range(count)]


def _scanner(people: Iterable[Name] = ()) -> ContentScanner:
    known = tuple(
        Person(number, PersonSource.ROSTER, frozenset({name.full.encode()}), frozenset(), frozenset())
        for number, name in enumerate(people, 1)
    )
    return ContentScanner(ScanSettings(Context(known), FingerprintKey(bytes(KEY_BYTES)), workers=1))


def _found(scanner: ContentScanner, data: bytes, path: str) -> set[str]:
    """The texts of all names in a content."""
    scan, contents = scanner.scan(Oid(""), data, path.encode(), PlaceKind.BLOB), Contents(data)
    names = (match for match in scan.matches if match.verdict.category is Category.NAME)
    values = (contents.value(match.via, match.start, match.end) for match in names)
    return {value.reveal().decode("utf-8", "replace") for value in values if value is not None}


def _told(names: Sequence[Name]) -> Iterator[str]:
    yield from ("| told | found | forms with fewer than 95 in 100 |", "| --- | --- | --- |")
    stranger, acquainted = _scanner(), _scanner(names)
    for told, tells in _TOLD.items():
        scanner = acquainted if told in _KNOWN else stranger
        shares = {form: _share(scanner, names, tells, sample.make) for form, sample in samples().items()}
        weak = ", ".join(f"{form} {share:.2f}" for form, share in shares.items() if share < 0.95)  # noqa: PLR2004
        yield f"| {told} | {sum(shares.values()) / len(shares):.3f} | {weak or 'none'} |"
    yield ""


def _share(scanner: ContentScanner, names: Sequence[Name], tells: Tells, make: Callable[[bytes], bytes]) -> float:
    hits = 0
    for name in names:
        text, wanted = tells(name)
        hits += wanted in _found(scanner, make(text.encode()), "load.txt")
    return hits / len(names)


def _in_columns(names: Sequence[Name]) -> Iterator[str]:
    yield from (f"| cells of a table with {_ROWS} rows | {' | '.join(_HEADERS)} |", "| --- | --- | --- |")
    scanner = _scanner()
    for title, (path, make) in _TABLES.items():
        shares = (_share_of_cells(scanner, names, header, path, make) for header in _HEADERS.values())
        yield f"| {title} | {' | '.join(f'{share:.3f}' for share in shares)} |"
    yield ""


def _share_of_cells(
    scanner: ContentScanner,
    names: Sequence[Name],
    header: Sequence[str],
    path: str,
    make: Callable[[Sequence[Sequence[str]]], bytes],
) -> float:
    hits = 0
    for at in range(0, len(names), _ROWS):
        rows = [(str(number), name.given, name.surname) for number, name in enumerate(names[at : at + _ROWS])]
        found = _found(scanner, make([header, *rows]), path)
        hits += sum((row[1] in found) + (row[2] in found) for row in rows)
    return hits / (2 * len(names))


def _in_sources(sources: Sequence[Path]) -> Iterator[str]:
    if not sources:
        return
    yield from ("| repository | different lines, MB | names | by MB |", "| --- | --- | --- | --- |")
    engine = Engine(Context())
    for source in sources:
        text = b"\n".join(_lines(source))
        names = {hit for at in range(0, len(text), _WINDOW) for hit in _names(engine, text[at : at + _WINDOW])}
        size = len(text) / 1e6
        yield f"| {source.name} | {size:.1f} | {len(names)} | {len(names) / size:.1f} |"
    yield ""


def _lines(source: Path) -> Iterator[bytes]:
    """Every different line of every file that holds text, once."""
    seen: set[bytes] = set()
    with TemporaryDirectory() as folder:
        view = open_view(read_layout(source), Path(folder) / "view")
        for item in read_objects(view, list_ids(view)):
            if isinstance(item, RawObject) and item.kind == "blob" and b"\0" not in item.data:
                seen.update(item.data.split(b"\n"))
    yield from sorted(seen)


def _names(engine: Engine, text: bytes) -> Iterator[bytes]:
    specimen = Specimen(PlaceKind.BLOB, text, b"text.txt", signature="text")
    for seen in engine.passage(specimen):
        if seen.card.id in {"names.known-names", "names.author-triggers"}:
            yield seen.hit.value.reveal()


if __name__ == "__main__":
    main()
