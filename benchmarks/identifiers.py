"""Plants invented UK identifiers on every surface, audits, and counts what was found; then counts strays on clean text.

    python -m benchmarks.identifiers --output docs/measured.md [--people 20] [--clean FOLDER …]

The generator is this file's own: it shares no code and no word list with the detectors. Check digits are worked out by
the published definitions. NHS numbers are of the 999 range; the others exist by their form only. A value counts as
found where a finding of exactly that value has a place on that surface. `--clean` names folders with
text of other projects.
"""

import argparse
import base64
import csv
import gzip
import io
import json
import pickle
import random
import sqlite3
import struct
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from benchmarks.document import with_section
from benchmarks.journey import table
from fixtures.kit.containers import workbook, zipped
from opensafe.git.layout import read_layout
from opensafe.history.people import identities, people_of
from opensafe.history.reading import read_history
from opensafe.model.context import Context
from opensafe.model.finding import Category, Finding, Severity
from opensafe.model.fingerprint import KEY_BYTES, FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.progress import NoProgress
from opensafe.scan.audit import audit_history
from opensafe.scan.content import ContentScanner
from opensafe.scan.contents import NoMemory
from opensafe.scan.settings import ScanSettings
from opensafe.stories.builder import DELETED, Content, History, Person
from opensafe.stories.workshop import Workshop

_TITLE = "Identifiers of people"
_KEY = FingerprintKey(bytes(range(KEY_BYTES)))
_LARGEST = 2_000_000
_MEGABYTE = 1_000_000
_DOMAINS = ("nhs" + ".net", "gmail" + ".com", "btinternet" + ".com")
_SEED = 20_261_122


@dataclass(frozen=True)
class Subject:
    """One invented person; the names of the fields are the headers of the tables."""

    nhs_number: str
    chi_number: str
    hcn: str
    ni_number: str
    dob: str
    postcode: str
    mobile: str
    email: str
    gmc_number: str
    nmc_pin: str
    passport_no: str
    driving_licence: str
    hospital_number: str


class Inventor:
    """Invented people, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing here is secret: repeatable is the point

    def subject(self) -> Subject:
        born = date(1930, 1, 1) + timedelta(days=self._below(28_000))
        surname = self._letters(6)
        return Subject(
            nhs_number=self._modulus_eleven("999", 6),
            chi_number=self._modulus_eleven(born.strftime("%d%m%y"), 3),
            hcn=self._modulus_eleven(f"3{2 + self._below(8)}", 7),
            ni_number=self._pick("JG", "SK", "TY", "WL", "CE") + self._digits(6) + self._pick("A", "B", "C", "D"),
            dob=born.isoformat() if self._below(2) else born.strftime("%d/%m/%Y"),
            postcode=f"{self._pick('LS', 'BS', 'NE', 'CF', 'M', 'EH')}{1 + self._below(19)} "
            f"{1 + self._below(9)}{self._pick('AB', 'DE', 'FG', 'HJ', 'LN')}",
            mobile=f"07{4 + self._below(5)}{self._digits(2)} {self._digits(6)}",
            email=f"{surname.lower()}.{self._letters(5).lower()}@{self._pick(*_DOMAINS)}",
            gmc_number=f"{4 + self._below(4)}{self._digits(6)}",
            nmc_pin=f"{self._digits(2)}{self._pick('A', 'D', 'I', 'L')}{self._digits(4)}{self._pick('E', 'S', 'W')}",
            passport_no=f"5{self._digits(8)}",
            driving_licence=f"{surname[:5].upper()}{born:%y}"[:6]
            + f"{born.month:02d}{born.day:02d}{born.year % 10}{self._letters(2).upper()}9{self._letters(2).upper()}",
            hospital_number=f"RX{self._digits(6)}",
        )

    def _below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def _pick(self, *choices: str) -> str:
        return choices[self._below(len(choices))]

    def _digits(self, count: int) -> str:
        return "".join(str(self._below(10)) for _ in range(count))

    def _letters(self, count: int) -> str:
        return "".join(self._pick(*"Abcdefghklmnoprstw") for _ in range(count)).capitalize()

    def _modulus_eleven(self, prefix: str, more: int) -> str:
        while True:
            nine = prefix + self._digits(more)
            check = -sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11
            if check < 10:  # noqa: PLR2004 - ten is no digit: such numbers are not given out
                return f"{nine}{check}"


def canonical(name: str, value: str) -> bytes:
    """How a value is compared: by its digits and letters, an address in small letters."""
    if name == "email":
        return value.lower().encode()
    return value.encode() if name == "dob" else value.replace(" ", "").encode()


def rows_of(people: Sequence[Subject]) -> list[list[str]]:
    header = [field.name for field in fields(Subject)]
    return [header, *([getattr(person, name) for name in header] for person in people)]


def separated(people: Sequence[Subject], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows_of(people))
    return out.getvalue()


def statements(people: Sequence[Subject]) -> str:
    header, *rows = rows_of(people)
    tuples = ",\n".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in rows)
    return f"CREATE TABLE people (id int);\nINSERT INTO people ({', '.join(header)})\nVALUES\n{tuples};\n"


def sentences(people: Sequence[Subject], prefix: str) -> str:
    """Each value behind its word, a line each: how people write them in comments and messages."""
    header, *rows = rows_of(people)
    pairs = (
        f"{prefix}{name.replace('_', ' ')}: {cell}\n" for row in rows for name, cell in zip(header, row, strict=True)
    )
    return "".join(pairs)


def frame(people: Sequence[Subject]) -> str:
    """As pandas prints a table: right-aligned, with an index."""
    header, *rows = rows_of(people)
    widths = [max(len(row[at]) for row in (header, *rows)) for at in range(len(header))]
    lines = [" " * 4 + "  ".join(name.rjust(width) for name, width in zip(header, widths, strict=True))]
    for number, row in enumerate(rows):
        cells = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        lines.append(f"{number:<4}" + "  ".join(cells))
    return "\n".join(lines) + "\n"


def page(people: Sequence[Subject]) -> str:
    header, *rows = rows_of(people)
    head = "".join(f"<th>{name}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    inside = f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"
    return f"<!DOCTYPE html>\n<html><body>{inside}</body></html>"


def notebook(people: Sequence[Subject]) -> bytes:
    data = {"text/plain": frame(people).splitlines(keepends=True), "text/html": page(people).splitlines(keepends=True)}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["df"], "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def database(people: Sequence[Subject]) -> bytes:
    header, *rows = rows_of(people)
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute(f"CREATE TABLE people ({', '.join(f'{name} TEXT' for name in header)})")
        made.executemany(f"INSERT INTO people VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608 - own names
        made.commit()
        return made.serialize()


def r_frame(people: Sequence[Subject]) -> bytes:
    """A data frame of character columns as saveRDS writes it: version 2, XDR, gzip."""
    header, *rows = rows_of(people)
    out = bytearray(b"X\n" + struct.pack(">III", 2, 0x040201, 0x020300))

    def text(value: str) -> bytes:
        raw = value.encode()
        return struct.pack(">II", 0x00040009, len(raw)) + raw

    def texts(values: Sequence[str]) -> bytes:
        return struct.pack(">II", 16, len(values)) + b"".join(map(text, values))

    def attribute(name: str, value: bytes) -> bytes:
        return struct.pack(">II", 0x402, 1) + text(name) + value

    out += struct.pack(">II", 0x313, len(header))
    out += b"".join(texts([row[at] for row in rows]) for at in range(len(header)))
    out += attribute("names", texts(header)) + attribute("class", texts(["data.frame"]))
    out += attribute("row.names", struct.pack(">IIiI", 13, 2, -(2**31), 2**32 - len(rows))) + struct.pack(">I", 254)
    return gzip.compress(bytes(out), mtime=0)


def sheets(people: Sequence[Subject]) -> bytes:
    """A workbook of two sheets; the second one, with the people, is hidden."""
    return workbook({"Cover": [["Bed moves"]], "Data": rows_of(people)}, hidden=["Data"])


def records(people: Sequence[Subject]) -> list[dict[str, str]]:
    header, *rows = rows_of(people)
    return [dict(zip(header, row, strict=True)) for row in rows]


Make = Callable[[Sequence[Subject]], bytes]
SURFACES: dict[str, tuple[str, Make]] = {
    "csv": ("data/people.csv", lambda people: separated(people, ",").encode()),
    "csv with semicolons, Windows-1252": ("data/wide.csv", lambda people: separated(people, ";").encode("cp1252")),
    "tsv, UTF-16": ("data/people.tsv", lambda people: separated(people, "\t").encode("utf-16")),
    "xlsx, hidden sheet": ("data/moves.xlsx", sheets),
    "notebook output": ("explore.ipynb", notebook),
    "SQL insert": ("load.sql", lambda people: statements(people).encode()),
    "SQL insert, UTF-16": ("load16.sql", lambda people: statements(people).encode("utf-16")),
    "R comment": ("model.R", lambda people: b"x <- 1\n" + sentences(people, "# ").encode()),
    "sqlite": ("data/people.db", database),
    "pickle of records": ("data/people.pkl", lambda people: pickle.dumps(records(people))),
    "pickle of columns": ("data/columns.pkl", lambda people: pickle.dumps(dict(zip(*_turned(people), strict=True)))),
    "rds": ("data/people.rds", r_frame),
    "html": ("report.html", lambda people: page(people).encode()),
    "json": ("data/people.json", lambda people: json.dumps(records(people), indent=1).encode()),
    "json in base64": ("blob.txt", lambda people: base64.b64encode(json.dumps(records(people)).encode())),
    "zip": ("data/people.zip", lambda people: zipped({"people.csv": separated(people, ",").encode()})),
    "printed table": ("run.log", lambda people: frame(people).encode()),
}
_MESSAGE = "commit message"


def _turned(people: Sequence[Subject]) -> tuple[list[str], list[list[str]]]:
    header, *rows = rows_of(people)
    return header, [list(column) for column in zip(*rows, strict=True)]


@dataclass(frozen=True)
class Planted:
    """What stands where: people by surface, and the paths of the surfaces."""

    people: dict[str, list[Subject]]
    paths: dict[str, str]


def plant(folder: Path, count: int) -> Planted:
    """A repository in which every surface has people of its own, deleted again in the last commit."""
    inventor = Inventor(_SEED)
    names = (*SURFACES, _MESSAGE)
    people = {name: [inventor.subject() for _ in range(count)] for name in names}
    history = History(Person(b"Ana Lyst", b"ana@example.org"))
    history.commit(b"Begin\n", {b"README.md": b"# Beds\n"})
    for name, (path, make) in SURFACES.items():
        files: dict[bytes, Content] = {path.encode(): make(people[name])}
        history.commit(f"Add {path}\n".encode(), files)
    history.commit(b"Notes\n\n" + sentences(people[_MESSAGE], "").encode(), {b"NOTES": b"none\n"})
    history.commit(b"Tidy up\n", dict.fromkeys((path.encode() for path, _ in SURFACES.values()), DELETED))
    Workshop.with_history(folder, history)
    return Planted(people, {name: path for name, (path, _) in SURFACES.items()})


def audited(folder: Path, view: Path) -> tuple[Finding, ...]:
    history = read_history(read_layout(folder), view, NoProgress())
    context = Context(people_of(identities(history.graph)))
    return audit_history(history, ScanSettings(context, _KEY), NoMemory(), NoProgress()).findings


def measured(planted: Planted, findings: Sequence[Finding]) -> dict[str, Counter[str]]:
    """By surface: how many values of each kind were found on it."""
    stands: dict[str, set[str]] = {}
    for finding in findings:
        stands[finding.id] = {p.path or "" if p.kind is PlaceKind.BLOB else _MESSAGE for p in finding.places}
    found: dict[str, Counter[str]] = {}
    for surface, people in planted.people.items():
        where = planted.paths.get(surface, _MESSAGE)
        found[surface] = Counter(
            field.name
            for person in people
            for field in fields(Subject)
            if where in stands.get(_KEY.finding(Category.DATA, canonical(field.name, getattr(person, field.name))), ())
        )
    return found


def strays(folder: Path) -> tuple[float, dict[str, int]]:
    """Megabytes of distinct text below a folder, and distinct values by detector in it."""
    scanner = ContentScanner(ScanSettings(Context(), _KEY, workers=1))
    seen: set[str] = set()
    values: dict[str, set[str]] = {}
    size = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        data = file.read_bytes() if file.stat().st_size < _LARGEST else b""
        digest = _KEY.digest("seen", data)
        if digest in seen:
            continue
        seen.add(digest)
        size += len(data)
        for match in scanner.scan(Oid(digest), data, file.name.encode(), PlaceKind.BLOB).matches:
            verdict = match.verdict
            if verdict.category is Category.DATA:
                grave = "medium and above" if verdict.severity.rank <= Severity.MEDIUM.rank else "low"
                values.setdefault(f"{verdict.detector}, {grave}", set()).add(verdict.finding)
    return size / _MEGABYTE, {name: len(found) for name, found in sorted(values.items())}


def section(people: int, found: Mapping[str, Counter[str]], clean: Sequence[tuple[str, float, dict[str, int]]]) -> str:
    kinds = [field.name for field in fields(Subject)]
    head = ("Surface", *(kind.replace("_", " ") for kind in kinds), "all")
    rows = [
        (surface, *(f"{counts[kind] / people:.2f}" for kind in kinds), f"{counts.total() / people / len(kinds):.3f}")
        for surface, counts in found.items()
    ]
    everything = sum(counts.total() for counts in found.values()) / people / len(kinds) / len(found)
    front = _FRONT.format(title=_TITLE, people=people)
    return f"{front}\n{table([head, *rows])}\nAll surfaces and kinds together: {everything:.3f}.\n{_clean(clean)}"


def _clean(clean: Sequence[tuple[str, float, dict[str, int]]]) -> str:
    if not clean:
        return ""
    rows = [
        (name, f"{size:.1f}", detector, str(count), f"{count / size:.2f}")
        for name, size, counts in clean
        for detector, count in counts.items()
    ]
    return f"\n{_STRAYS}\n{table([('Text', 'MB', 'Detector, severity', 'Values', 'per MB'), *rows])}"


_FRONT = """\
## {title}

Made by `python -m benchmarks.identifiers`. {people} invented people stand on each surface, and are deleted in the last
commit. The figures are the share of their values that the audit found there. The generator shares no code and no word
list with the detectors.
"""
_STRAYS = """\
On text of other projects, each distinct file read once: distinct values by detector, and how many that is per megabyte.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--clean", type=Path, nargs="*", default=[])
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        planted = plant(Path(folder) / "source", told.people)
        found = measured(planted, audited(Path(folder) / "source", Path(folder) / "view"))
    clean = [(path.name, *strays(path)) for path in told.clean]
    text = section(told.people, found, clean)
    print(text)
    if told.output:
        former = told.output.read_text(encoding="utf-8") if told.output.exists() else ""
        told.output.write_text(with_section(former, text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
