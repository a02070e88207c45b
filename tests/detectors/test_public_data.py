"""Numbers and postcodes of nobody, and the same ones where they may be somebody's."""

from collections.abc import Callable

import pytest

from opensafe.detectors.nhsnumbers import MADE_UP, sample_numbers
from opensafe.detectors.publicdata import DOCUMENTED, DOCUMENTED_NUMBER, OF_ORGANISATION
from opensafe.model.finding import Form, Hit, Severity

Sees = Callable[..., list[Hit]]
_BORN = sample_numbers(120_357_110, 1)[0]
_POSTCODE = "ZE" + "9 9ZZ"


def _judged(hits: list[Hit], form: Form) -> set[tuple[Severity, str]]:
    return {(hit.severity, hit.why) for hit in hits if hit.form is form}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("chi <- c('{}')", "vignettes/chi.Rmd"),
        ('"""Checks a CHI.\n\n    >>> chi_check("{}")\n"""', "chi.py"),
    ],
)
def test_a_valid_number_that_a_package_shows_stays_medium(judged_by: Sees, text: str, path: str) -> None:
    assert _judged(judged_by(text.format(_BORN), path), Form.NHS_NUMBER) == {(Severity.MEDIUM, DOCUMENTED_NUMBER)}


@pytest.mark.parametrize(
    ("text", "path"),
    [("chi_check('{}')", "man/chi_check.Rd"), ("#' @examples\n#' chi_check('{}')", "R/chi_check.R")],
)
def test_a_valid_number_in_a_manual_is_low(judged_by: Sees, text: str, path: str) -> None:
    assert _judged(judged_by(text.format(_BORN), path), Form.NHS_NUMBER) == {(Severity.LOW, DOCUMENTED)}


def test_a_column_of_them_in_a_vignette_is_no_less_than_one(judged_by: Sees) -> None:
    rows = "".join(f"#> {number}\n" for number in sample_numbers(420_317_000, 1) + sample_numbers(433_317_000, 6))
    severities = {severity for severity, _ in _judged(judged_by(rows, "vignettes/out.Rmd"), Form.NHS_NUMBER)}
    assert Severity.MEDIUM in severities


def test_a_postcode_in_documentation_is_low_unless_a_valid_number_stands_beside_it(judged_by: Sees) -> None:
    example = f"format_address(patient = 1, address = '{_POSTCODE}')\n"
    of_somebody = example + f"nhs_number {sample_numbers(420_317_000, 1)[0]}\n"
    shown, beside = (
        {hit.why for hit in judged_by(text, "vignettes/a.Rmd") if hit.form is Form.POSTCODE}
        for text in (example, of_somebody)
    )
    assert shown == {DOCUMENTED}
    assert DOCUMENTED not in beside


@pytest.mark.parametrize(
    ("text", "path"),
    [("# chi {}", "R/chi.R"), ("chi <- '{}'", "analysis.Rmd"), ("chi\n{}\n", "man/chi.csv"), ("chi {}", "notes.md")],
)
def test_elsewhere_it_is_somebodys(judged_by: Sees, text: str, path: str) -> None:
    assert Severity.HIGH in {severity for severity, _ in _judged(judged_by(text.format(_BORN), path), Form.NHS_NUMBER)}


def test_the_postcode_of_an_organisation_is_low(judged_by: Sees) -> None:
    text = f'{{"post_code": "{_POSTCODE}", "org_id": "RXX", "name": "THE ROYAL"}}'
    assert _judged(judged_by(text, "sites.geojson"), Form.POSTCODE) == {(Severity.LOW, OF_ORGANISATION)}
    of_patient = text.replace('"name"', '"patient"')
    assert Severity.MEDIUM in {
        severity for severity, _ in _judged(judged_by(of_patient, "sites.geojson"), Form.POSTCODE)
    }


@pytest.mark.parametrize(
    ("row", "is_low"),
    [
        ("INSERT INTO s (code, name, postcode) VALUES (N'RT204', N'ST MARY''S HOSPITAL [LEEDS]', N'{}')", True),
        ('A81001,"HILL SURGERY",1 MILL LANE,{},postcode', True),
        ("('RT204', 'HILL HOSPITAL', 'x'), ('8410', 'Gareth', '{}') -- postcode", False),
        ("4010,A81001,HILL SURGERY,{},postcode", False),
        ("A81001,HILL SURGERY,14/03/1957,{},postcode", False),
        ("A81001,Gareth Hughes,{},postcode", False),
    ],
)
def test_a_row_that_begins_with_an_organisation_is_its_own(judged_by: Sees, row: str, is_low: bool) -> None:
    assert (_judged(judged_by(row.format(_POSTCODE), "a.sql"), Form.POSTCODE) == {(Severity.LOW, OF_ORGANISATION)}) is (
        is_low
    )


def test_numbers_that_are_counted_up_are_made_up(judged_by: Sees) -> None:
    path, numbers = "docs/out.txt", sample_numbers(420_317_000, 12)
    rows = "".join(f"{number}\n" for number in numbers)
    apart = "".join(f"{sample_numbers(420_317_000 + 1_000_000 * at, 1)[0]}\n" for at in range(12))
    one_block = "".join(f"{sample_numbers(420_317_000 + 37 * at, 1)[0]}\n" for at in range(12))
    for_tests = "".join(f"{number}\n" for number in sample_numbers(999_317_000, 12))
    sparse_for_tests = "".join(f"{sample_numbers(969_363_000 + 37 * at, 1)[0]}\n" for at in range(12))
    assert {hit.severity for hit in judged_by(f"id\n{rows}", path) if hit.why == MADE_UP} == {Severity.LOW}
    assert {hit.why for hit in judged_by(f"id\n{sparse_for_tests}", path) if hit.form is Form.NHS_NUMBER} >= {MADE_UP}
    assert {hit.severity for hit in judged_by(f"id\n{for_tests}", path) if hit.why == MADE_UP} == {Severity.INFO}
    assert Severity.CRITICAL in {hit.severity for hit in judged_by(f"id,n\n{rows}", "out.csv")}
    assert Severity.CRITICAL in {hit.severity for hit in judged_by(f"id\n{apart}", path)}
    assert Severity.CRITICAL in {hit.severity for hit in judged_by(f"id\n{one_block}", path)}


def test_names_of_an_example_are_low_and_an_author_is_not(judged_by: Sees) -> None:
    text = "#' @examples\n#' data.frame(surname = c('Hughes', 'Patel'))\n"
    assert _judged(judged_by(text, "R/a.R"), Form.PERSON_NAME) == {(Severity.LOW, DOCUMENTED)}
    assert Severity.MEDIUM in {hit.severity for hit in judged_by(text.replace("#' ", ""), "R/a.R")}
    assert Severity.MEDIUM in {hit.severity for hit in judged_by("#' @author Gareth Hughes\n", "R/a.R")}


@pytest.mark.parametrize("text", ["#' patient_birth_date = '1957-03-14'\n", "#' hospital_number = c('B7654321')\n"])
def test_dates_and_numbers_of_an_example_are_low(judged_by: Sees, text: str) -> None:
    assert {(hit.severity, hit.why) for hit in judged_by(text, "R/a.R")} == {(Severity.LOW, DOCUMENTED)}
    assert {(hit.severity, hit.why) for hit in judged_by(text[3:], "man/a.Rd")} == {(Severity.LOW, DOCUMENTED)}
    assert {(hit.severity, hit.why) for hit in judged_by(text[3:], "docs/reference/a.html")} == {
        (Severity.LOW, DOCUMENTED)
    }
    assert Severity.MEDIUM in {hit.severity for hit in judged_by(text[3:], "R/a.R")}
    beside = f"{text[3:]} # nhs number {sample_numbers(420_317_000, 1)[0]}"
    assert Severity.MEDIUM in {hit.severity for hit in judged_by(beside, "reference/a.html") if hit.form is Form.OTHER}


def test_of_the_dates_about_one_patient_the_first_is_told(judged_by: Sees) -> None:
    number, other = sample_numbers(420_317_000, 2)
    dates = {"1957-03-14", "2021-02-03", "2021-11-05"}

    def told(line: str) -> set[str]:
        hits = judged_by(line, "run.log")
        return {line[hit.start : hit.end] for hit in hits if hit.severity is Severity.MEDIUM}

    row = " ".join(("x", *sorted(dates, reverse=True)))
    assert told(f"{number} {row}") & dates == {"1957-03-14"}
    assert told(f"{number} {other} {row}") >= dates
    assert told(f"{number} x 2021-02-03 2021-11-05") >= {"2021-02-03", "2021-11-05"}
