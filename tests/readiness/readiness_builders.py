"""Facts, findings and attestations with sensible values, so that each test names only what it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from opensafe.model.finding import Category, Confidence, Finding, Form, Severity, State
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.place import Place, PlaceKind
from opensafe.model.readiness import AnswerValue, Attestation, Role
from opensafe.model.verification import Check, Verification
from opensafe.readiness.documents import Answers, missing_documents
from opensafe.readiness.facts import Facts

COMMIT = "a" * 40
OTHER_COMMIT = "b" * 40

PROOF = Verification((Check("values-gone", passed=True, figure="0 of 3 values found"),), {}, {}, (), COMMIT)

FULL_ANSWERS = Answers(
    project="Bed occupancy",
    year=2026,
    description="Estimates how many beds a hospital needs next week.",
    intended_use="For analysts of hospitals who plan beds. It runs on a laptop and is not used for clinical decisions.",
    holder="Example Hospitals NHS Foundation Trust",
    contact="analytics@example.org",
    organisation="Example Hospitals NHS Foundation Trust",
    maintainer="the analytics team of the trust",
    data_description="It reads counts of beds by ward and day. No data comes with it.",
    regulation="No medical device and no clinical use; the information governance lead checked this in January 2026.",
)

PYTHON_PROJECT: Mapping[str, bytes] = {
    "pyproject.toml": b'[project]\nname = "beds"\nversion = "0.3.1"\nrequires-python = ">=3.10"\nlicense = "MIT"\n'
    b'dependencies = ["pandas>=2", "requests==2.32.0"]\n[project.scripts]\nbeds = "beds.main:run"\n',
    "src/beds/__init__.py": b'"""Beds."""\n\n__version__ = "0.3.1"\n',
    "src/beds/main.py": b"import pandas as pd\nimport json\nfrom beds import __version__\n",
    "data/wards.csv": b"ward,beds\n",
    "sql/wards.sql": b"select * from wards\n",
    "run_model.py": b"import beds\n",
}

R_PROJECT: Mapping[str, bytes] = {
    "DESCRIPTION": b"Package: beds\nTitle: Beds\nVersion: 0.2.0.9000\nLicense: MIT + file LICENCE\n"
    b"Depends: R (>= 4.1)\nImports:\n    dplyr (>= 1.1.0),\n    DBI,\n    stats\n",
    "NAMESPACE": b"",
    "R/forecast.R": b"forecast <- function(x) dplyr::lag(x)\n",
    "R/read.R": b"library(DBI)\n",
    "report.Rmd": b"---\ntitle: Beds\n---\n",
    "NEWS.md": b"# beds (development version)\n\n* First forecasts.\n",
}


def scaffolded(files: Mapping[str, bytes], answers: Answers = FULL_ANSWERS) -> dict[str, bytes]:
    """The files with the documents that opensafe adds."""
    return {**files, **{new.path: new.data for new in missing_documents(files, answers)}}


READY_FACTS = Facts(
    files=scaffolded(PYTHON_PROJECT),
    commit=COMMIT,
    messages=("Estimate beds by ward and day", "Read the counts from the warehouse"),
    tags=("v0.3.0",),
    findings=(),
    undecided=(),
    kept_files=frozenset(),
    coverage_complete=True,
    unsettled_skips=0,
    unrotated=0,
    credentials=0,
    verification=PROOF,
    organisation="Example Hospitals",
    remote="https://github.com/example-hospitals/beds.git",
)


def with_files(**files: bytes | None) -> Facts:
    """The ready project with other files: `README_md=b"..."` for README.md; None takes the file away."""
    changed = {name.replace("__", "/").replace("_md", ".md"): data for name, data in files.items()}
    kept = {path: data for path, data in READY_FACTS.files.items() if path not in changed}
    return replace(READY_FACTS, files={**kept, **{path: data for path, data in changed.items() if data is not None}})


def finding(
    category: Category = Category.SECRET,
    *,
    state: State = State.OPEN,
    form: Form = Form.TOKEN,
    kind: PlaceKind = PlaceKind.BLOB,
    path: str | None = "main.py",
    number: int = 1,
) -> Finding:
    place = Place(kind, Oid("c" * 40), path, None, None, None, 1, 1, 0, 1, (), None, None, in_head=True, published=True)
    return Finding(
        id=FindingId(f"F-{number}"),
        category=category,
        detector="test.detector",
        witnesses=("test.detector",),
        title="something",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        form=form,
        masked="[value, up to 8 characters]",
        why="because",
        person=None,
        occurrences=1,
        published=True,
        in_head=True,
        state=state,
        places=(place,),
    )


def attestation(
    row: str, answer: AnswerValue, profile_digest: str, commit: str = COMMIT, evidence: str = "seen"
) -> Attestation:
    return Attestation(row, answer, "A. Lead", Role.IG_LEAD, date(2026, 1, 31), evidence, commit, profile_digest)
