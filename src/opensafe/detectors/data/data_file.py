"""Every data file is a question: it is left out of the published history unless somebody allows it, with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.smallnumbers import PRESETS
from opensafe.detectors.tableprofile import Profile, description, profile_of
from opensafe.detectors.unlisteddata import peculiarities
from opensafe.formats.signature import DATA_SIGNATURES
from opensafe.formats.tables import Table, read_tables
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.disclosure import DisclosureRule
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

DEFAULT_RULE = PRESETS["hes"]

_PROFILED_BYTES = 8_000_000  # larger files are a question all the same, without a profile
_LINES = (b".jsonl", b".ndjson")
_YAML = (b".yml", b".yaml")
_ABOUT_PEOPLE, _LISTED = 2, 5  # records from which JSON is taken for data: rows about people, and any list
_SHOWN = 3  # tables that are described
_DRAWING = expression(rb"\s{0,8}\{\s{0,8}\"type\":\s{0,4}\"excalidraw\"")  # its rows are shapes
_SYNTHETIC = expression(rb"(?i)synthetic|dummy|fake|example|test|mock|synthea|simulated|toy")


def _prepare(context: Context) -> Look:
    rule = context.small_numbers or DEFAULT_RULE

    def look(specimen: Specimen) -> Iterator[Hit]:
        if not specimen.via and specimen.signature in DATA_SIGNATURES:
            tables = _tables(specimen)
            yield _question(specimen, tables, [*map(profile_of, tables)], rule)
        elif not specimen.via and specimen.signature == "json" and (tables := _tables(specimen)):
            profiles = [*map(profile_of, tables)]
            if _are_records(specimen, tables, profiles):
                yield _question(specimen, tables, profiles, rule)
        elif not specimen.via and specimen.path.lower().endswith(_YAML):
            yield from _of_yaml(specimen, rule)

    return look


def _tables(specimen: Specimen, signature: str = "") -> Sequence[Table]:
    size = len(specimen.data)
    return read_tables(specimen.data, signature or specimen.signature) if size <= _PROFILED_BYTES else ()


def _of_yaml(specimen: Specimen, rule: DisclosureRule) -> Iterator[Hit]:
    """The question about YAML that lists people: of lists in settings none has several attributes of a person."""
    listed = [table for table in _tables(specimen, "yaml") if table.rows >= _ABOUT_PEOPLE]
    tables = [table for table in listed if profile_of(table).people]
    if tables:
        yield _question(replace(specimen, signature="yaml"), tables, [*map(profile_of, tables)], rule)


def _are_records(specimen: Specimen, tables: Sequence[Table], profiles: Sequence[Profile]) -> bool:
    """JSON is settings more often than data: data is a list as a whole, or holds rows about people."""
    if _DRAWING.match(specimen.data):
        return False
    listed = specimen.data[:256].lstrip().startswith(b"[") or specimen.path.lower().endswith(_LINES)
    return any(
        table.rows >= (_ABOUT_PEOPLE if profile.record_level else _LISTED)
        for table, profile in zip(tables, profiles, strict=True)
        if listed or profile.record_level
    )


def _question(specimen: Specimen, tables: Sequence[Table], profiles: Sequence[Profile], rule: DisclosureRule) -> Hit:
    record_level = any(profile.record_level for profile in profiles)
    return Hit(
        start=0,
        end=0,
        value=Secret(b"data-file", "data file"),
        form=Form.FILE,
        severity=Severity.HIGH if record_level else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why=_why(specimen.signature, tables, profiles),
        profile=tuple(_lines(specimen, tables, profiles, rule)),
    )


def _why(signature: str, tables: Sequence[Table], profiles: Sequence[Profile]) -> str:
    described = [_described(table, profile) for table, profile in list(zip(tables, profiles, strict=True))[:_SHOWN]]
    more = [f"{len(tables) - _SHOWN} more tables"] if len(tables) > _SHOWN else []
    return "; ".join([f"data file ({signature})", *described, *more])


def _described(table: Table, profile: Profile) -> str:
    size = f"{table.rows} rows, {len(table.header)} columns"
    looks = "looks like one row a person" if profile.record_level else ""
    return ", ".join(part for part in (size, looks, *profile.reasons) if part)


def _lines(
    specimen: Specimen, tables: Sequence[Table], profiles: Sequence[Profile], rule: DisclosureRule
) -> Iterator[str]:
    for number, (table, profile) in enumerate(list(zip(tables, profiles, strict=True))[:_SHOWN], 1):
        which = f"table {number} of {len(tables)}: " if len(tables) > 1 else ""
        hidden = " (a hidden sheet)" if table.hidden else ""
        yield f"{which}{table.rows:,} rows, {len(table.header):,} columns{hidden}"
        yield from description(table, profile, rule)
    hidden_more = sum(table.hidden for table in tables[_SHOWN:])
    if hidden_more:
        yield f"{hidden_more:,} more of the sheets are hidden"
    yield from peculiarities(specimen.data, specimen.signature)
    if len(specimen.data) > _PROFILED_BYTES:
        yield "too large for a profile: look at it with the program that made it"
    if _SYNTHETIC.search(specimen.path):
        yield "the path speaks of examples, tests or synthetic data: real data often stands in such places, look at it"


DETECTOR = ContentDetector(
    Card(
        id="data.data-file",
        title="Data file",
        category=Category.FILE,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Data in a code repository may be about people, and no rule can clear it. High where a table looks "
        "like one row a person; that only sets the order of review.",
        remedy="Remove it from the whole history, or keep it by path: with the data's owner, the date and "
        "evidence of the "
        "permission, or the name of an open or synthetic source.",
        reference="facts: data 7, default deny; data 8, small numbers",
        examples=(
            Example(("ward,beds,month\n", *("A,12,May\n" * 6)), path="data/wards.csv"),
            Example(
                ("[", *(f'{{"ward": "A", "beds": {beds}}},' for beds in range(5)), '{"beds": 9}]'), path="wards.json"
            ),
            Example(
                ("".join(f"- age: 4{row}\n  sex: F\n  date_of_birth: 19{row}0-01-02\n" for row in range(3)),),
                path="p.yml",
            ),
            Example(("patient_id,age,sex\n", *(f"{row},4{row},F\n" for row in range(8))), path="data/p.csv"),
        ),
        non_examples=(
            Example(("x <- 1\ny <- 2\n",), path="analysis.R"),
            Example(('{"setting": true}',), path="settings.json"),
            Example(
                ("".join(f"- id: hook{row}\n  name: a hook\n  stages: [commit]\n" for row in range(9)),), path="a.yml"
            ),
            Example(("- name: age\n  type: int\n- name: sex\n  type: str\n",), path="schema.yml"),
            Example(
                ('{"type": "excalidraw", "elements": [', *('{"id": "a", "age": 1, "sex": 2},' * 8), '{"id": "b"}]}'),
                path="flow.excalidraw",
            ),
            Example(('[{"key": "a", "command": "b"}, {"key": "c", "command": "d"}]',), path="keybindings.json"),
            Example(('{"rules": [', *('{"match": "a"},' for _ in range(8)), '{"match": "b"}]}'), path="rules.json"),
        ),
    ),
    _prepare(Context()),
    prepare=_prepare,
)
