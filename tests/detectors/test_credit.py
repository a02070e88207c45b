"""A name that stands where credit belongs is low and says why; the same name elsewhere is not."""

from collections.abc import Callable

import pytest

from opensafe.detectors.canonicalnames import canonical_name
from opensafe.detectors.credit import IN_BIBLIOGRAPHY, IN_CHANGES, IN_CREDITS, OF_A_PAPER, OF_IMAGE, UNDER_HEADING
from opensafe.detectors.engine import Engine, Witnessed
from opensafe.detectors.foreigncode import VALUE, WHY, is_foreign, told_of
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.detectors.publications import LINK, REFERENCE, WORK
from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.specimen import Specimen

Judges = Callable[[str, str], list[Witnessed]]
_NAME = "Gareth Hughes"
_PAGE = "https://hughes.example/notes"
(_NUMBER,) = sample_numbers(420_317_000, 1)


@pytest.fixture(scope="module")
def judges(engine: Engine, specimen_of: Callable[..., Specimen]) -> Judges:
    """What all detectors of names see in the text of a file."""

    def look(text: str, path: str) -> list[Witnessed]:
        specimen = specimen_of(text.encode(), path)
        seen = [*engine.passage(specimen), *engine.content(specimen)]
        return [witnessed for witnessed in seen if witnessed.card.category is Category.NAME]

    return look


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        (f"{_NAME} wrote it", "AUTHORS", IN_CREDITS),
        (f"{_NAME} wrote it", "docs/CONTRIBUTORS.md", IN_CREDITS),
        (f'  person("{_NAME}", role = "ctb")', "DESCRIPTION", IN_CREDITS),
        (f"title = {{On {_NAME}}}", "doc/references.bib", IN_BIBLIOGRAPHY),
        (f"# Tool\n\n## Authors\n\n* {_NAME} (analyst)", "README.md", UNDER_HEADING),
        (f"Contact\n=======\n\n{_NAME}, of the team", "README.rst", UNDER_HEADING),
        (f"<h2>Acknowledgements</h2>\n<p>{_NAME}</p>", "about.html", UNDER_HEADING),
        (f"## 🧑🏽‍🤝‍🧑🏽 Contributors ✨\n\n* {_NAME}", "README.md", UNDER_HEADING),
        (f"**Authors**\n\n{_NAME}", "README.md", UNDER_HEADING),
        (f"see {_NAME} et al. for the method", "notes.md", REFERENCE),
        ('author = "Hughes, Gareth and Patel, Priya",', "README.md", REFERENCE),
        (f"{_NAME}, Nature, doi:10.1000/182", "method.R", REFERENCE),
        ("as [Gareth Hughes](https://forge.example/gh) says", "notes.md", LINK),
        (f"a practice which {_NAME} calls [refactoring]({_PAGE})", "notes.md", LINK),
        (f'<img src="https://avatars.forge.example/u/1"/><b>{_NAME}</b>', "README.md", LINK),
        (f"{_NAME} in [The Book](https://books.example/1)", "notes.md", WORK),
        (f"* Fix the count (#12, {_NAME})", "CHANGELOG.md", IN_CHANGES),
        (f"## 0.2.0\n\n* Dates are kept. Thanks to {_NAME}.", "NEWS.md", IN_CHANGES),
        (f"trusts.\n7 Acknowledgements\nThank you to {_NAME}", "paper.pdf", UNDER_HEADING),
        (f"FROM x\nMAINTAINER {_NAME} <g@firm.example>\n", "Dockerfile", OF_IMAGE),
        (f'LABEL maintainer="{_NAME}"', "app/Dockerfile.dev", OF_IMAGE),
        (f"/Author (Ann Jones; {_NAME}; Priya Patel)", "paper.pdf", OF_A_PAPER),
        (f"<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>{_NAME}</rdf:li><rdf:li>B</rdf:li>", "paper.pdf", OF_A_PAPER),
        (f"[a course](https://books.example/1) by {_NAME}", "notes.md", WORK),
    ],
)
def test_where_credit_belongs_a_name_is_low(judges: Judges, text: str, path: str, why: str) -> None:
    found = judges(text, path)
    assert found
    assert {(seen.hit.severity, seen.hit.confidence, seen.hit.why) for seen in found} == {
        (Severity.LOW, Confidence.LOW, why)
    }


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{_NAME} was seen on the ward", "notes.md"),
        (f"# Author: {_NAME}", "load.R"),
        (f"# Authors\n# {_NAME}", "load.R"),
        (f"## Authors\n\nus\n\n## Results\n\n{_NAME} did not attend", "README.md"),
        (f"{_NAME} and {_PAGE.replace('hughes', 'ward')}", "notes.md"),
        (f"[complaint of {_NAME}](https://trust.sharepoint.com/hughes)", "notes.md"),
        (f"[{_NAME}](https://jira.trust.example/browse/A-1)", "notes.md"),
        (f"{_NAME} [ticket](https://tickets.example/1)", "notes.md"),
        (f"id,surname\n1,{_NAME}\n", "p.csv"),
        (f"* Patient ({_NAME}) was left out", "NEWS.md"),
        (f"# Author: Ann; {_NAME}; Bob; Cy", "load.R"),
        (f"print:\n  {_NAME}\n", "authors.R"),
        (f"7 Acknowledgements\nThank you to {_NAME}", "feedback.txt"),
        (f"7 Acknowledgements\npatient {_NAME} was seen", "paper.pdf"),
        (f"7 Results\nThank you to {_NAME}", "paper.pdf"),
        (f"RUN echo maintainer {_NAME}\n", "Dockerfile"),
        (f"MAINTAINER {_NAME} <g@firm.example>\n", "notes.txt"),
    ],
)
def test_elsewhere_it_is_not(judges: Judges, text: str, path: str) -> None:
    assert Severity.MEDIUM in {seen.hit.severity for seen in judges(text, path)}


@pytest.mark.parametrize(
    ("text", "path", "severity"),
    [
        ("Gareth <g.hughes@firm.co.uk>", "AUTHORS", Severity.LOW),
        ("Copyright (c) 2015 Gareth Hughes <g.hughes@gmail.com>", "hotp.go", Severity.LOW),
        ("Gareth <g.hughes@nhs.net>", "AUTHORS", Severity.HIGH),
        ("MAINTAINER Gareth <g.hughes@firm.co.uk>", "Dockerfile", Severity.LOW),
        ("MAINTAINER Gareth <g.hughes@nhs.net>", "Dockerfile", Severity.HIGH),
        ("Gareth <g.hughes@gmail.com>", "patients.txt", Severity.HIGH),
    ],
)
def test_addresses_are_low_where_credit_is_given(
    engine: Engine, specimen_of: Callable[..., Specimen], text: str, path: str, severity: Severity
) -> None:
    found = engine.passage(specimen_of(text.encode(), path))
    assert {seen.hit.severity for seen in found if seen.hit.form is Form.EMAIL} == {severity}


def test_authors_of_foreign_programs_are_one_finding(judges: Judges) -> None:
    text = '"Author": "Gareth Hughes <g@firm.example>, Priya Patel <p@firm.example>"'
    found = judges(text, "app/manifest.json")
    assert {(seen.hit.value.reveal(), seen.hit.form, seen.hit.severity, seen.hit.why) for seen in found} == {
        (VALUE, Form.OTHER, Severity.LOW, WHY)
    }
    assert len({(seen.hit.start, seen.hit.end) for seen in found}) > 1
    assert VALUE not in {seen.hit.value.reveal() for seen in judges(text, "app/people.json")}


def test_whoever_made_the_file_is_no_author_of_a_foreign_program(judges: Judges) -> None:
    found = judges('"RemoteUrl": "/home/ghughes/x"', "renv.lock")
    assert [(seen.card.id, seen.hit.severity) for seen in found] == [("names.user-paths", Severity.MEDIUM)]


def test_people_of_the_repository_stay_people(judges: Judges) -> None:
    assert {seen.hit.person for seen in judges("Zoë Quillfeather", "AUTHORS")} == {1}
    assert VALUE not in {seen.hit.value.reveal() for seen in judges("Zoë Quillfeather", "renv.lock")}


def test_in_a_page_the_author_of_what_tools_copy_into_it_is_told(judges: Judges) -> None:
    text = " * @author Aidan Lister <aidan@firm.co.uk>"
    assert {seen.hit.value.reveal() for seen in judges(text, "report.html")} == {VALUE}
    assert VALUE not in {seen.hit.value.reveal() for seen in judges(text, "report.R")}


def test_in_a_page_the_address_of_such_an_author_is_told_with_the_name(
    engine: Engine, specimen_of: Callable[..., Specimen]
) -> None:
    def addresses(text: str, path: str) -> set[bytes]:
        seen = engine.passage(specimen_of(text.encode(), path))
        return {one.hit.value.reveal() for one in seen if b"@" in text.encode()[one.hit.start : one.hit.end]}

    assert addresses(" * @author Aidan Lister <aidan@firm.co.uk>", "report.html") == {VALUE}
    assert VALUE not in addresses(" * @author Gareth Hughes <gareth@firm.co.uk>", "report.html")
    assert VALUE not in addresses(" * @author Aidan Lister <aidan@firm.co.uk>", "report.R")


@pytest.mark.parametrize(
    ("path", "foreign"),
    [
        (b"manifest.json", True),
        (b"renv.lock", True),
        (b"docs/deps/jquery-3.6.0/jquery-3.6.0.js", True),
        (b"site/deps/bootstrap-5.2.2/bootstrap.bundle.min.js.map", True),
        (b"assets/bundle.19047be9.min.js", True),
        (b"x_files/accessible-code-block-0.0.1/empty-anchor.js", True),
        (b"node_modules/left.js", True),
        (b"site/node_modules/left/lib/deep/left.js", True),
        (b"tool/_vendor/left/parts/left.py", True),
        (b"env/lib/python3.11/site-packages/left/left.py", True),
        (b"left-1.2.dist-info/METADATA", True),
        (b"packrat/src/left/left_1.2.tar.gz", True),
        (b"tool/vendor/forge.example/left/left.go", True),
        (b"wwwroot/lib/left/dist/left.js", True),
        (b"talks/deck_files/libs/revealjs/plugin/left.js", True),
        (b"talks/reveal.js/plugin/search/left.js", True),
        (b"talks/deck_files/notes.js", False),
        (b"my_node_modules/left/left.js", False),
        (b"vendors/2021/left.txt", False),
        (b"fonts/some-font.woff2", True),
        (b"app.js", False),
        (b"R/anchor_patients.R", False),
        (b"data/manifest.csv", False),
        (b"release-1.0.0/patients.csv", False),
        (b"src/main.css.py", False),
    ],
)
def test_files_that_others_made(path: bytes, foreign: bool) -> None:
    text = b' * @author Gareth Hughes, "Maintainer": "x"'
    assert is_foreign(path, text, 11, 24) == foreign


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("beds at Dr Quillen's Hospital", Severity.LOW),
        ("made by Dr Quillen Intelligence", Severity.LOW),
        ("beds of Dr Quillen, Leeds Hospital", Severity.MEDIUM),
        ("patient of Dr Quillen's hospital clinic", Severity.MEDIUM),
    ],
)
def test_what_is_called_after_a_doctor_is_low(judges: Judges, text: str, severity: Severity) -> None:
    assert {seen.hit.severity for seen in judges(text, "notes.md")} == {severity}


def test_detectors_are_told_in_whose_folder_a_file_lies() -> None:
    assert told_of(b"a/b/c/d.py") == b"c/d.py"
    assert told_of(b"app/node_modules/x/node_modules/y/lib/z.js") == b"node_modules/lib/z.js"
    assert told_of(b"a/node_modules/z.js") == b"node_modules/z.js"
    assert told_of(b"z.js") == b"z.js"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("vendor/extracts/2021/notes.txt", f"patient seen by {_NAME}"),
        ("manifest.json", f'{{"note": "the ward of {_NAME}"}}'),
        ("wards.min.js", f"const lead = '{_NAME}';\n"),
        ("d3-wards.js", f"label('{_NAME}')\n"),
        ("release-1.0.0/notes.md", f"rang {_NAME} about it\n"),
        ("vendor/notes.txt", f"rang {_NAME} about it\n"),
        ("wards.min.js", f"const rows = [{{nhs_number: '{_NUMBER}', name: '{_NAME}'}}];\n"),
    ],
)
def test_a_path_alone_makes_nobody_an_author_of_a_program(judges: Judges, path: str, text: str) -> None:
    found = judges(text, path)
    assert found
    assert Severity.MEDIUM in {seen.hit.severity for seen in found}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("lib.min.js", "!function(){" + "var a=1;" * 80 + f"x('{_NAME}')}}\n"),
        ("d3-wards.js", f" * with help from {_NAME}\n"),
        ("vendor/notes.txt", f"(c) 2019 {_NAME}\n"),
    ],
)
def test_a_program_that_was_made_small_and_a_note_of_credit_do(judges: Judges, path: str, text: str) -> None:
    assert {seen.hit.value.reveal() for seen in judges(text, path)} == {VALUE}


@pytest.mark.parametrize(
    "name",
    ["Gareth Hughes", "GARETH  HUGHES", "Hughes, Gareth", "HUGHES,Gareth", "Dr Gareth Hughes", "Mr. Gareth Hughes"],
)
def test_spellings_of_a_name_are_one(name: str) -> None:
    assert canonical_name(name.encode()) == b"gareth hughes"


@pytest.mark.parametrize(("name", "kept"), [("Dr Hughes", "dr hughes"), ("Sir", "sir"), ("Ann, B, C", "ann, b, c")])
def test_what_is_no_full_name_stays(name: str, kept: str) -> None:
    assert canonical_name(name.encode()) == kept.encode()


@pytest.mark.parametrize("path", ["renv/library/audit/rows.csv", "rows.csv"])
def test_people_of_rows_stay_what_they_are_in_a_package_too(path: str, judges: Judges) -> None:
    rows = "Hughes,Gareth,14/03/1957\nPatel,Priya,02/11/1961\nKhan,Imran,30/07/1949\n"
    found = [w.hit.severity for w in judges(rows, path) if w.card.id == "names.rows-of-people"]
    assert found == [Severity.MEDIUM] * 6
