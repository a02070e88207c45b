"""The profile of a data file: what a person needs for a decision, and nothing out of the file."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

from fixtures.kit.containers import workbook
from opensafe.detectors.data.data_file import DETECTOR
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.detectors.smallnumbers import PRESETS, gives_away, small_cells
from opensafe.formats.signature import signature
from opensafe.model.context import Context
from opensafe.model.disclosure import DisclosureRule
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen

Profile = Callable[..., tuple[str, ...]]


@pytest.fixture(name="profile", scope="module")
def _profile() -> Profile:
    def make(data: bytes, path: str = "data/a.csv", rule: DisclosureRule | None = None) -> tuple[str, ...]:
        raw = path.encode()
        specimen = Specimen(PlaceKind.BLOB, data, raw, signature=signature(data, raw))
        (hit,) = DETECTOR.detect(specimen, Context(small_numbers=rule))
        return hit.profile

    return make


def written(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


NUMBERS = sample_numbers(999_400_000, 6)
PATIENTS = [
    ["nhs_number", "surname", "dob", "postcode", "note", "ward"],
    *(
        [
            number,
            f"Farrow{at}",
            f"19{50 + at}-03-14",
            "LS1 4AP",
            f"was seen in the clinic on a wet day, at {at}",
            "A",
        ]
        for at, number in enumerate(NUMBERS)
    ),
]


LOOKS = (
    "look like, by number of the column: NHS numbers (1); names (2); dates of birth (3); postcodes (4); free text (5)"
)
READING = (
    "looks like one row a person (score 4): age or birth, where somebody lives, name, an identifier, free text"
    ", NHS numbers"
)


@pytest.mark.parametrize(("delimiter", "path"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("|", "a.psv")])
def test_rows_about_people_are_described_by_the_number_of_the_column(
    delimiter: str, path: str, profile: Profile
) -> None:
    assert profile(written(PATIENTS, delimiter), path) == (
        "6 rows, 6 columns",
        READING,
        "columns: 4 of text, 1 of numbers, 1 of dates",
        LOOKS,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encoding_does_not_matter(encoding: str, profile: Profile) -> None:
    text = written(PATIENTS).decode()
    assert profile(text.encode(encoding)) == profile(text.encode())


def test_no_profile_holds_a_header_or_a_value(profile: Profile) -> None:
    told = " ".join(profile(written(PATIENTS)) + profile(written(PATIENTS[1:])))
    assert not [cell for row in PATIENTS[1:] for cell in row if len(str(cell)) > 1 and str(cell) in told]


COUNTS = [["ward", "patients"], *([f"W{at}", 3 * at + 1] for at in range(12))]
ROUNDED = [["ward", "patients"], *([f"W{at}", 5 * at] for at in range(12))]


@pytest.mark.parametrize(
    ("rows", "rule", "small"),
    [
        (
            COUNTS,
            None,
            "small numbers: 3 counts from 1 to 7 in 1 columns, not rounded to 5 (rule hes: the organisation's own",
        ),
        (COUNTS, PRESETS["nes"], "small numbers: 3 counts from 1 to 9 in 1 columns (rule nes: the organisation's own"),
        (
            COUNTS,
            DisclosureRule.own("30/5"),
            "small numbers: 10 counts from 1 to 30 in 1 columns, not rounded to 5 (rule custom",
        ),
        (ROUNDED, None, ""),
        (ROUNDED, PRESETS["acro"], ""),
    ],
)
def test_small_numbers_go_by_the_rule_that_is_set(
    rows: list[list[object]], rule: DisclosureRule | None, small: str, profile: Profile
) -> None:
    lines = [line for line in profile(written(rows), rule=rule) if line.startswith("small numbers")]
    assert lines == [] if not small else lines[0].startswith(small)


def test_one_suppressed_cell_beside_a_total_is_warned_about(profile: Profile) -> None:
    rows: list[list[object]] = [["group", "deaths"], ["a", 20], ["b", "*"], ["c", 35], ["Total", 60]]
    assert "secondary disclosure" in profile(written(rows))[-1]
    assert not gives_away(["a", "b", "c", "Total"], ["20", "*", "*", "60"])
    assert not gives_away(["a", "b", "c", "d"], ["20", "*", "35", "60"])


@pytest.mark.parametrize("header", ["learning_rate", "depth", "year"])
def test_columns_that_count_nobody_have_no_small_numbers(header: str) -> None:
    assert small_cells(header, ["1", "2", "3", "4"], PRESETS["hes"]) == 0


def test_synthetic_data_is_hinted_at_but_not_cleared(profile: Profile) -> None:
    assert profile(written(PATIENTS), "tests/synthetic.csv")[-1].endswith("look at it")


@pytest.mark.parametrize(
    ("data", "path", "line"),
    [
        (b'{"resourceType": "Bundle", "entry": [{"resourceType": "Patient"}, {"resourceType": "Patient"}]}', "b.json",
         "FHIR resources: Patient (2)"),
        (b"MSH|^~\\&|A|B\rPID|1||X\rPV1|1\r", "m.hl7", "segments of HL7 messages: MSH (1), PID (1), PV1 (1)"),
        (b"\0" * 128 + b"DICM" + b"\0" * 40, "scan.dcm", "a medical picture: its header names the patient"),
        (b"\x80\x04\x95\x20\x00\x00\x00\x00\x00\x00\x00\x8c\x0bpandas.core\x94.", "m.pkl",
         "holds objects of pandas: data"),
    ],
)  # fmt: skip
def test_files_without_tables_say_what_they_are(data: bytes, path: str, line: str, profile: Profile) -> None:
    assert line in profile(data, path)


def test_hidden_sheets_are_named(profile: Profile) -> None:
    lines = profile(workbook({"one": [["ward", "beds"], ["A", "3"]], "two": [["staff"]]}, hidden=["two"]), "a.xlsx")
    assert [line for line in lines if "rows" in line and line.startswith("table")] == [
        "table 1 of 2: 1 rows, 2 columns",
        "table 2 of 2: 0 rows, 1 columns (a hidden sheet)",
    ]


def test_records_behind_a_pivot_table_are_named(profile: Profile) -> None:
    out = io.BytesIO(workbook({"one": [["ward"]]}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords/>")
    assert any("pivot table" in line for line in profile(out.getvalue(), "a.xlsx"))


CONCEPTS = ["22298006", "44054006", "73211009", "195967001", "38341003", "84114007"]  # of SNOMED CT, all public
TERMS = [f"a disorder of some kind that is written at length, {at}" for at in range(6)]


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (["id", "term"], CONCEPTS),
        (["CTV3ID", "CTV3PreferredTermDesc"], [f"14A{at}." for at in range(6)]),
        (["diagnosis_code", "diagnosis_description"], [f"A0{at}.1" for at in range(6)]),
    ],
)
def test_a_list_of_clinical_codes_is_a_lookup(profile: Profile, header: list[str], codes: list[str]) -> None:
    (reading,) = [line for line in profile(written([header, *zip(codes, TERMS, strict=True)])) if "looks like" in line]
    assert reading == "looks like a lookup or a list, not like rows about people"


def test_rows_about_people_that_have_codes_stay_rows_about_people(profile: Profile) -> None:
    rows = [[f"P{at}77", code, term] for at, (code, term) in enumerate(zip(CONCEPTS, TERMS, strict=True))]
    assert _is_of_people(profile(written([["patient_id", "snomed_code", "note"], *rows])))
    assert _is_of_people(profile(written([["id", "sex", "age"], *([code, "F", 40] for code in CONCEPTS)])))
    other = [f"{int(code) + 1}" for code in CONCEPTS]  # the last digit is no check digit: no concepts
    assert _is_of_people(profile(written([["id", "diagnosis", "note"], *zip(other, other, TERMS, strict=True)])))


def _is_of_people(lines: Sequence[str]) -> bool:
    return any("looks like one row a person" in line for line in lines)


def test_a_title_over_notes_is_no_header(profile: Profile) -> None:
    notes = [[term] for term in TERMS]
    assert not _is_of_people(profile(written([["Notes on hospital mortality and outcomes"], *notes])))
    assert _is_of_people(profile(written([["outcome"], *notes])))
    paragraph = "a duty to prevent illness, by diagnosis and treatment, " * 4
    assert not _is_of_people(profile(written([["1", paragraph], *([at, term] for at, term in enumerate(TERMS))])))
