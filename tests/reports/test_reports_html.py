"""The page: structure, safety, colours, and the whole of it."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from opensafe.model.caseview import CaseView
from opensafe.model.readiness import AnswerValue
from opensafe.reports.advice import ADVICE
from opensafe.reports.csv_table import csv_report
from opensafe.reports.html import html_report
from opensafe.reports.outstanding import Duty
from tests.reports import reports_factory as factory

VIEWS = {
    "midway": factory.midway(),
    "crowded": factory.crowded(),
    "large": factory.large(),
    "finished": factory.finished(),
    "unread": factory.unread(),
}
CSS = files("opensafe").joinpath("templates", "report", "report.css").read_text(encoding="utf-8")
VOID = {"meta", "br", "link", "img", "input", "hr", "base"}
KNOWN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "footer"),
    *("h1", "h2", "h3", "p", "div", "ol", "ul", "li", "dl", "dt", "dd", "code", "strong", "span", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"),
}
HOSTILE = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</style><style>*{}</style>",
    "javascript:alert(1)",
    '=HYPERLINK("x")',
    "\x1b[2J\x9b31m\x7f",
    "\u202egnp.exe\u2066\u200b",
    "a%0Ab\r\nc\0",
    "\udc80\ud83d lone",
    "{{ 7 * 7 }}{% raw %}",
    "]]><!--",
)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    inside: tuple[str, ...]
    text: str = ""
    children: list["Element"] = field(default_factory=list)


class Page(HTMLParser):
    """The elements of a page in order; an end tag that closes nothing fails."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(outer.tag for outer in self._open))
        assert len(element.attributes) == len(attrs)
        if self._open:
            self._open[-1].children.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for outer in self._open:
            outer.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def values(self, attribute: str) -> list[str]:
        return [element.attributes[attribute] or "" for element in self.elements if attribute in element.attributes]


@pytest.fixture(scope="module", params=VIEWS)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(html_report(VIEWS[request.param]))


def test_one_heading_one_language_one_title(page: Page) -> None:
    assert len(page.all("h1")) == 1
    assert [element.attributes["lang"] for element in page.all("html")] == ["en-GB"]
    assert page.all("title")[0].text == page.all("h1")[0].text == "Sanitisation report: stroke-pathways"


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_are_in_the_order_for_an_ig_lead(page: Page) -> None:
    sections = [element.attributes["id"] for element in page.all("section")]
    expected = "verdict decisions found done evidence not-read not-checked glossary versions"
    assert sections == expected.split()


def test_every_table_has_a_caption_and_scoped_heads(page: Page) -> None:
    tables = page.all("table")
    assert tables
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text.strip()
    assert {head.attributes.get("scope") for head in page.all("th")} <= {"col", "row"}
    for row in (row for row in page.all("tr") if "tbody" in row.inside):
        assert row.children[0].attributes.get("scope") == "row"


def test_rows_have_as_many_cells_as_heads(page: Page) -> None:
    for table in page.all("table"):
        head, body = table.children[1], table.children[2]
        widths = {len(row.children) for row in (*head.children, *body.children)}
        assert len(widths) == 1, table.attributes


def test_ids_are_unique_and_references_lead_somewhere(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = page.values("href")
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} | set(page.values("aria-labelledby")) <= set(ids)
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#content"}


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    assert {element.tag for element in page.elements} <= KNOWN_TAGS
    attributes = {name for element in page.elements for name in element.attributes}
    assert not {name for name in attributes if name.startswith("on")}
    assert not attributes & {"src", "srcset", "style", "action", "data", "background", "ping"}
    assert "@import" not in CSS
    assert "url(" not in CSS
    assert "@font-face" not in CSS


def test_the_content_policy_allows_exactly_the_one_style(page: Page) -> None:
    styles = page.all("style")
    digest = base64.b64encode(hashlib.sha256(styles[0].text.encode()).digest()).decode()
    policies = [m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes]
    expected = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert (len(styles), policies) == (1, [expected])


def test_nothing_is_called_clean(page: Page) -> None:
    assert not re.search(r"\bclean\b", page.all("main")[0].text, re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_in_every_field_stays_text(text: str) -> None:
    calm = Page(html_report(factory.everywhere(factory.midway(), lambda _: "calm")))
    written = html_report(factory.everywhere(factory.midway(), lambda _: text))
    assert [element.tag for element in Page(written).elements] == [element.tag for element in calm.elements]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]", written)


@given(st.text(st.characters(codec=None), max_size=40))
@settings(deadline=None, max_examples=15)
def test_any_text_stays_text(text: str) -> None:
    view = replace(factory.unread(), name="x" + text, organisation="y" + text, roles={"ig-lead": "z" + text})
    calm = replace(factory.unread(), name="x", organisation="y", roles={"ig-lead": "z"})
    written = html_report(view)
    assert [e.tag for e in Page(written).elements] == [e.tag for e in Page(html_report(calm)).elements]
    assert written.encode()


def test_a_name_of_a_megabyte_is_cut_and_the_cut_is_said() -> None:
    written = html_report(factory.everywhere(factory.midway(), lambda _: "n" * 1_000_000))
    assert "n" * 401 not in written
    assert "… (1,000,000 characters)" in written


def test_people_are_numbers_and_accounts_stay_in_the_case() -> None:
    written = html_report(factory.midway())
    assert "Person 3" in written
    assert "sokafor" not in written


def test_what_was_not_done_is_said() -> None:
    text = re.sub(r"\s+", " ", Page(html_report(factory.unread())).all("main")[0].text)
    for sentence in (
        "The repository has not been read",
        "No finding has been decided yet.",
        "No plan has been made yet.",
        "The new history has not been verified.",
        "The checklist has not been made yet.",
        "Nobody has signed off yet.",
        "Nothing has been read yet.",
    ):
        assert sentence in text


def test_the_verdict_stands_with_its_limits() -> None:
    text = Page(html_report(factory.midway())).all("section")[0].text
    assert "Not ready to open: 1 part could not be read" in text
    assert "Read 12,342 of 12,345 objects; 3 skipped" in text


def _section(page: Page, name: str) -> str:
    (section,) = [element for element in page.all("section") if element.attributes["id"] == name]
    return re.sub(r"\s+", " ", section.text)


def test_values_that_say_the_same_share_a_row_and_ids_are_cut() -> None:
    text = _section(Page(html_report(factory.crowded())), "found")
    assert "Personal or clinical data: 41 findings in 4 rows" in text
    assert text.count("30 values in data/readmissions.csv 30 places") == 1
    assert "4 values in data/readmissions.csv and notebooks/stay.ipynb 8 places" in text
    assert ", and 27 more in the CSV and JSON reports" in text


def test_no_id_that_the_page_cuts_is_lost() -> None:
    view = factory.crowded()
    page = html_report(view)
    cut = [finding.id for finding in view.findings if finding.id not in page]
    assert len(cut) == 27 + 1 + 3
    assert set(cut) <= set(re.findall("F-[a-z2-7]+", csv_report(view)))


def test_what_differs_about_a_person_is_said_and_what_does_not_is_said_once() -> None:
    text = _section(Page(html_report(factory.crowded())), "found")
    row = text[text.index("Person 3") : text.index("By value")]
    assert row.count("E-mail address of a team member") == 1
    assert "E-mail address (2 values): 2 places 2 values in author and committer lines. Medium severity" in row
    assert "Name: 2 places" in row


def test_a_thousand_equal_values_make_no_long_page() -> None:
    numbers = tuple(n for file in range(10) for n in factory.nhs_numbers(200, f"data/{file}.csv"))
    assert len(html_report(replace(factory.unread(), findings=numbers))) < 60_000


def test_places_that_are_not_listed_are_said_to_be_there() -> None:
    numbers = factory.nhs_numbers(2, occurrences=70)
    text = _section(Page(html_report(replace(factory.midway(), findings=numbers))), "found")
    assert "2 values in data/readmissions.csv, among other places 140 places" in text


def test_a_command_is_set_as_code_and_prose_is_not() -> None:
    waiting, ended = (html_report(VIEWS[name]) for name in ("midway", "finished"))
    commands = "<code>opensafe findings --state open</code>, then <code>opensafe decide</code>"
    assert f"<p>2 findings await a decision. Next step for whoever runs opensafe: {commands}</p>" in waiting
    assert "<p>Released. To publish: push public.git to a new, empty repository (git push --mirror).</p>" in ended
    assert "Next step for whoever runs opensafe" not in ended


def test_every_duty_has_advice_that_leads_to_a_part_of_the_page() -> None:
    assert ADVICE.keys() == set(Duty)
    kept_back = html_report(replace(factory.finished(), forbidden=("2 paths in keys/*: Secured: an Act",)))
    assert '<a href="#categories">1 openness category keeps paths back</a>' in kept_back
    assert 'id="categories"' in kept_back


def test_nothing_is_called_attested_before_somebody_attested_it() -> None:
    view = factory.midway()
    assert view.checklist
    row = replace(view.checklist.answers[1], answer=AnswerValue.CANNOT_TELL, evidence=(), stale=False)
    waiting = replace(view, checklist=replace(view.checklist, answers=(row,)))
    assert "To be attested" in _section(Page(html_report(waiting)), "evidence")
    assert "To be attested" not in _section(Page(html_report(view)), "evidence")


def _variables() -> dict[str, str]:
    return dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6});", CSS))


def _pairs() -> Iterator[tuple[str, str, str]]:
    """Selector, text colour and background of every rule; a rule without a background lies on either page colour."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS):
        text = re.search(r"(?<![-\w])color: var\(--([\w-]+)\)", body)
        back = re.search(r"background: var\(--([\w-]+)\)", body)
        if text:
            for on in [back.group(1)] if back else ["paper", "quiet"]:
                yield selector.strip(), text.group(1), on
        assert text or not back or selector.strip().endswith("focus-visible"), f"{selector} sets half a pair"


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_all_text_has_contrast_and_all_graphics_too() -> None:
    colours, pairs = _variables(), list(_pairs())
    assert len(pairs) > 15
    weak = [pair for pair in pairs if _contrast(colours[pair[1]], colours[pair[2]]) < 4.5]
    assert weak == []
    borders = [*re.findall(r"border-color: var\(--([\w-]+)\)", CSS), "line"]
    assert all(_contrast(colours[border], colours[on]) >= 3 for border in borders for on in ("paper", "quiet"))


def test_the_contrast_formula_knows_black_on_white() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_colour_is_a_variable_and_the_style_is_small() -> None:
    after_the_variables = CSS.split("}", 1)[1]
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", after_the_variables)
    assert len(CSS.encode()) <= 12_000


@pytest.mark.parametrize("name", VIEWS)
def test_whole_page(name: str, snapshot: SnapshotAssertion) -> None:
    view: CaseView = VIEWS[name]
    written = html_report(view).replace(CSS, "(the style)")
    assert re.sub("'sha256-[^']+'", "(the style's hash)", written) == snapshot
