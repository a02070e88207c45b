"""The report for people: one page that needs nothing else, on screen and on paper.

Rules (facts, interfaces 3): no script, no outside resource, a content policy that forbids both, autoescape on,
every datum cleared of control and bidi characters, WCAG 2.2 AA.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from opensafe.model.caseview import CaseView
from opensafe.model.finding import Form, Severity, State
from opensafe.model.readiness import AnswerValue, How, Level
from opensafe.model.text import printable
from opensafe.reports import wording
from opensafe.reports.advice import ADVICE
from opensafe.reports.glossary import TERMS
from opensafe.reports.grouping import by_person, by_value, decided, in_batches, tallies, unlisted
from opensafe.reports.json_findings import object_counts
from opensafe.reports.next_step import next_step_of
from opensafe.reports.outstanding import missing_signoffs
from opensafe.reports.proof_statements import proof_statement
from opensafe.reports.recommendation import reasons
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.rotation_table import rotation_rows
from opensafe.reports.scope_limits import UNCHECKED
from opensafe.reports.verdict import verdict

_LONGEST = 400  # characters of one datum: a name of a megabyte stays readable
LISTED = 5  # places, files or reasons of one row; the JSON report lists more
IDS_LISTED = 3  # of one row; the CSV and JSON reports list all
MOST_FINDINGS = 1000  # of people, and as many others: more rows are no page to read, and are counted instead
LISTED_CREDENTIALS = 500  # in the order of work


def html_report(view: CaseView) -> str:
    """The whole page. Text is cut at 400 characters a datum, lists in a row at 5 (ids at 3); every cut says so."""
    return page_of("report.html.j2", view=view, **_parts(view))


def page_of(template: str, **parts: Any) -> str:
    """A whole page from a template of this folder, with the style and its policy; every datum is cleared."""
    css = _file("report.css")
    return _environment().get_template(template).render(css=css, style_hash=_policy_hash(css), **parts)


def _parts(view: CaseView) -> dict[str, Any]:
    return {
        "verdict": verdict(view),
        "advice": ADVICE,
        "tallies": tallies(view.counts),
        "people": by_person(view.findings),
        "values": by_value(view.findings),
        "decided": decided(view.counts),
        "unlisted": unlisted(view.unlisted),
        "batches": in_batches(view.decisions),
        "rotations": rotation_rows(view.rotations, (*view.findings, *view.credentials), view.today, view.exposures),
        "kinds": object_counts(view.audit.coverage) if view.audit else {},
        "missing_signoffs": missing_signoffs(view.checklist, view.signoffs) if view.checklist else (),
        "reasons": reasons(view.plan) if view.plan and view.plan.numbers else (),
        "unchecked": UNCHECKED,
        "terms": TERMS,
        "next_step": next_step_of(view.next_step),
    }


def shown_datum(value: Any) -> Any:
    """Every value that a template prints passes here, before it is escaped."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    if len(value) <= _LONGEST:
        return printable(value)
    return f"{printable(value[:_LONGEST])}… ({wording.count(len(value), 'character')})"


def _policy_hash(style: str) -> str:
    """The source expression with which a content policy allows exactly this style block (CSP level 3)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")


def _file(name: str) -> str:
    return files("opensafe").joinpath("templates", "report", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown_datum,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        label=wording.label,
        texts=wording.texts,
        capital=wording.capital,
        sentence=wording.sentence,
        number=wording.number,
        day=wording.day,
        moment=wording.moment,
        size=wording.size,
        proof_statement=proof_statement,
    )
    environment.globals.update(
        count=wording.count,
        Severity=Severity,
        State=State,
        Level=Level,
        Form=Form,
        How=How,
        AnswerValue=AnswerValue,
        LISTED=LISTED,
        LISTED_CREDENTIALS=LISTED_CREDENTIALS,
        IDS_LISTED=IDS_LISTED,
    )
    return environment


FORMAT = ReportFormat("html", ".html", html_report, most=MOST_FINDINGS)
