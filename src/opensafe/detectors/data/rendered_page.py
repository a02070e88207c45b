"""Pages that a program rendered from an analysis: they hold its tables, and widgets hold whole data frames."""

from collections.abc import Iterator

from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.pagetables import tables_in, told
from opensafe.detectors.smallnumbers import PRESETS
from opensafe.detectors.tableprofile import profile_of
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_WIDGET = rb'type="application/json" data-for="htmlwidget|Plotly\.newPlot|application/vnd\.(?:jupyter|vega)'
_RENDERED = expression(
    rb'(?i)<meta name="generator" content="(?:pandoc|quarto|distill)|class="dataframe|jp-RenderedHTML|nbconvert|'
    + _WIDGET
)
_HOLDS_WIDGET = expression(rb"(?i)" + _WIDGET)


def _prepare(context: Context) -> Look:
    rule = context.small_numbers or PRESETS["hes"]

    def look(specimen: Specimen) -> Iterator[Hit]:
        data = specimen.data
        if specimen.via or specimen.signature != "html" or not _RENDERED.search(data):
            return
        tables = tables_in(data)
        widget = _HOLDS_WIDGET.search(data) is not None
        if tables or widget:
            people = any(profile_of(table).record_level for table in tables)
            yield Hit(
                start=0,
                end=0,
                value=Secret(b"rendered-page", "rendered page"),
                form=Form.FILE,
                severity=Severity.HIGH if people else Severity.MEDIUM,
                confidence=Confidence.MEDIUM,
                why="a page rendered from an analysis, with " + ("tables" if tables else "a widget"),
                profile=(*told(tables, rule), *(["a widget keeps the data that it shows"] if widget else [])),
            )

    return look


_HEAD = '<!DOCTYPE html><html><head><meta name="generator" content="pandoc"></head><body>'

DETECTOR = ContentDetector(
    Card(
        id="data.rendered-page",
        title="Page rendered from an analysis",
        category=Category.FILE,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="R Markdown, Quarto and notebooks are rendered to pages that keep every table that was printed. Widgets "
        "keep the whole data behind a chart.",
        remedy="Remove it from the whole history: it can be rendered again. Or look at it, and keep it with a reason.",
        reference="facts: data 7, rendered HTML; data 8",
        examples=(
            Example((_HEAD, "<table><tr><th>ward</th></tr><tr><td>A</td></tr></table>"), path="report.html"),
            Example((_HEAD, '<script type="application/json" data-for="htmlwidget-1">{}</script>'), path="map.html"),
        ),
        non_examples=(
            Example(
                ("<html><body><table><tr><th>a</th></tr><tr><td>1</td></tr></table></body></html>",), path="a.html"
            ),
            Example((_HEAD, "<p>Words only.</p>"), path="b.html"),
        ),
    ),
    _prepare(Context()),
    (rb'(?i:<meta name="generator"|class="dataframe|nbconvert|htmlwidget|Plotly\.newPlot|jp-Rendered)',),
    _prepare,
)
