"""Tables of counts in Markdown and in pages that hold small numbers: one question a file."""

from collections.abc import Iterator

from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.pagetables import tables_in
from opensafe.detectors.smallnumbers import PRESETS, speaks_of_people
from opensafe.detectors.tableprofile import small_numbers
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen


def _prepare(context: Context) -> Look:
    rule = context.small_numbers or PRESETS["hes"]

    def look(specimen: Specimen) -> Iterator[Hit]:
        if specimen.via or specimen.signature not in {"text", "html"}:
            return
        path = specimen.path.decode("utf-8", "replace")
        counted = [table for table in tables_in(specimen.data) if speaks_of_people((*table.header, path))]
        lines = tuple(dict.fromkeys(line for table in counted for line in small_numbers(table, rule)))
        if lines:
            yield Hit(
                start=0,
                end=0,
                value=Secret(b"small-numbers", "small numbers"),
                form=Form.FILE,
                severity=Severity.LOW,
                confidence=Confidence.MEDIUM,
                why=f"a table that counts people holds small numbers (rule {rule.name})",
                profile=lines,
            )

    return look


_TABLE = "| ward | patients |\n|---|---|\n| A | 41 |\n| B | {} |\n| C | 38 |\n"

DETECTOR = ContentDetector(
    Card(
        id="data.small-numbers",
        title="Small numbers in a table",
        category=Category.FILE,
        severity=Severity.LOW,
        scope=Scope.CONTENT,
        why="A count of few people can single one of them out. The rule is the organisation's own: it is set in "
        "case.toml. Without one, counts from 1 to 7 that are not rounded to 5 are asked about.",
        remedy="Suppress and round the table in the whole history, remove the file, or keep it with a reason.",
        reference="facts: data 8; Hospital Episode Statistics analysis guide",
        examples=(
            Example((_TABLE.format(3),), path="README.md"),
            Example(
                (
                    "<table><tr><th>group<th>deaths</tr><tr><td>a<td>12</tr><tr><td>b<td>2</tr><tr><td>c<td>9</tr></table>",
                ),
                path="page.html",
            ),
        ),
        non_examples=(
            Example(("| ward | patients |\n|---|---|\n| A | 40 |\n| B | 5 |\n| C | 35 |\n",), path="README.md"),
            Example(("| depth | value |\n|---|---|\n| 1 | 3 |\n| 2 | 4 |\n| 3 | 8 |\n",), path="tuning.md"),
            Example(("patients: 3\n",), path="README.md"),
        ),
    ),
    _prepare(Context()),
    (rb"(?i:<table)", rb"\|[ \t]{0,3}:?-{3,80}"),
    _prepare,
)
