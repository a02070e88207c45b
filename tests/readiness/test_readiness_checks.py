"""Every check, as twins: met, and not met with its reason."""

import json
from dataclasses import replace

import pytest

from opensafe.model.finding import Category, Form, State
from opensafe.model.place import PlaceKind
from opensafe.model.readiness import AnswerValue
from opensafe.model.verification import Check, Verification
from opensafe.readiness.checks import all_checks
from opensafe.readiness.documents import Answers
from opensafe.readiness.facts import Facts
from opensafe.readiness.licences import licence_text
from tests.readiness.readiness_builders import (
    COMMIT,
    OTHER_COMMIT,
    PROOF,
    PYTHON_PROJECT,
    READY_FACTS,
    finding,
    scaffolded,
    with_files,
)

MET, NOT_MET = AnswerValue.MET, AnswerValue.NOT_MET
CANNOT_TELL, NOT_APPLICABLE = AnswerValue.CANNOT_TELL, AnswerValue.NOT_APPLICABLE

# Checks that leave the last word to a person even when all is well.
_LAST_WORD = {"secrets_and_data.sensitive-data": CANNOT_TELL, "secrets_and_data.stored-data": CANNOT_TELL}
_ABSENT = {"notebooks.outputs": NOT_APPLICABLE}


@pytest.mark.parametrize("check_id", sorted(all_checks()))
def test_a_ready_project_passes(check_id: str) -> None:
    outcome = all_checks()[check_id](READY_FACTS)
    assert outcome.answer is {**_LAST_WORD, **_ABSENT}.get(check_id, MET), outcome.evidence
    assert outcome.evidence


def _unanswered() -> Facts:
    return replace(READY_FACTS, files=scaffolded(PYTHON_PROJECT, Answers(project="Beds", year=2026)))


def _holding(*findings: object, **changes: object) -> Facts:
    return replace(READY_FACTS, findings=findings, **changes)  # type: ignore[arg-type]  # keywords of Facts


_NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "outputs": [{"text": "1"}]}]}).encode()
_CLEAN_NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "outputs": []}, {"cell_type": "markdown"}]}).encode()
_MIT = licence_text("MIT").encode()
_SIGNED_MIT = _MIT.replace(b"<year> <copyright holders>", b"2026 Example Trust")
_FAILED = Verification((Check("values-gone", passed=False, figure="1"),), {}, {}, (), COMMIT)


def _notebook(data: bytes, *findings: object) -> Facts:
    return replace(_holding(*findings), files={**READY_FACTS.files, "a/model.ipynb": data})


CASES = [
    ("ownership.licence", with_files(LICENCE=None), NOT_MET, "no licence file"),
    ("ownership.licence", with_files(LICENCE=_MIT), NOT_MET, "placeholder"),
    ("ownership.licence", with_files(LICENCE=_SIGNED_MIT), MET, "MIT"),
    (
        "ownership.licence",
        with_files(LICENCE=_SIGNED_MIT + b"\nNot for use in any country without asking the trust first.\n"),
        CANNOT_TELL,
        "not one known licence text",
    ),
    (
        "ownership.licence",
        with_files(LICENCE=licence_text("GPL-3.0-only").encode()),
        NOT_MET,
        "pyproject.toml names another",
    ),
    (
        "ownership.licence",
        with_files(LICENCE=_SIGNED_MIT.replace(b"Copyright (c) 2026 Example Trust", b"")),
        NOT_MET,
        "whose it is",
    ),
    ("ownership.readme", with_files(README_md=None), NOT_MET, "no README"),
    ("ownership.readme", _unanswered(), NOT_MET, "to be completed"),
    ("ownership.readme", with_files(README_md=b"# Beds\n\nCounts.\n"), NOT_MET, "no section on: the licence"),
    ("ownership.intended-purpose", _unanswered(), NOT_MET, "intended for"),
    ("ownership.intended-purpose", with_files(README_md=b"# Beds\n\n## Licence\n\nMIT\n"), NOT_MET, "intended for"),
    ("ownership.versions", with_files(VERSION=b"1.0.0\n"), NOT_MET, "VERSION says 1.0.0"),
    ("ownership.versions", replace(READY_FACTS, tags=("v0.3.0", "january")), NOT_MET, "january"),
    ("ownership.versions", replace(READY_FACTS, files={}, tags=()), NOT_MET, "neither"),
    ("ownership.contribution", with_files(CONTRIBUTING_md=None), NOT_MET, "no document"),
    ("ownership.contribution", _unanswered(), NOT_MET, "to be completed"),
    ("ownership.responsible", _unanswered(), NOT_MET, "maintainer"),
    ("ownership.responsible", with_files(README_md=b"# Beds\n\n## Contact\n\nAsk somebody.\n"), NOT_MET, "no address"),
    (
        "ownership.responsible",
        with_files(README_md=b"# Beds\n\n## Contact\n\nperson-1@example.invalid\n"),
        NOT_MET,
        "no address",
    ),
    ("ownership.responsible", with_files(README_md=b"# Beds\n\n## Contact\n\na@example.org\n"), MET, "an address"),
    ("ownership.security-policy", with_files(SECURITY_md=None), NOT_MET, "no SECURITY.md"),
    ("ownership.security-policy", with_files(SECURITY_md=b"Write to a@example.org.\n"), NOT_MET, "number of days"),
    ("ownership.security-policy", _unanswered(), NOT_MET, "to be completed"),
    ("secrets_and_data.credentials", _holding(finding()), NOT_MET, "F-1"),
    ("secrets_and_data.credentials", _holding(finding(state=State.REDACT)), NOT_MET, "F-1"),
    ("secrets_and_data.credentials", _holding(finding(state=State.NOT_A_FINDING)), MET, "by decision"),
    ("secrets_and_data.credentials", _holding(finding(form=Form.PRIVATE_KEY)), MET, "no undecided"),
    (
        "secrets_and_data.credentials",
        _holding(finding(state=State.KEEP), unrotated=1, credentials=1),
        NOT_MET,
        "rotated",
    ),
    ("secrets_and_data.credentials", _holding(finding(state=State.KEEP), credentials=1), MET, "1 of 1"),
    (
        "secrets_and_data.credentials",
        _holding(finding(state=State.KEEP), credentials=1, risked={"F-1"}),
        NOT_MET,
        "may still work: 1 (F-1)",
    ),
    (
        "secrets_and_data.credentials",
        _holding(finding(state=State.KEEP), credentials=2, risked={"F-2"}),
        MET,
        "2 of 2 credentials of the source are settled, 1 of them as an accepted risk",
    ),
    ("secrets_and_data.credentials", _holding(unsettled_skips=2, coverage_complete=False), CANNOT_TELL, "2 things"),
    ("secrets_and_data.credentials", _holding(coverage_complete=False), MET, "accepted by name"),
    ("secrets_and_data.secret-keys", _holding(finding(form=Form.PRIVATE_KEY)), NOT_MET, "F-1"),
    ("secrets_and_data.secret-keys", _holding(finding()), MET, "no undecided"),
    ("secrets_and_data.sensitive-data", _holding(finding(Category.DATA)), NOT_MET, "F-1"),
    ("secrets_and_data.sensitive-data", _holding(finding()), CANNOT_TELL, "no undecided"),
    ("secrets_and_data.history", replace(READY_FACTS, undecided=(finding().id,)), NOT_MET, "await a decision: 1 (F-1)"),
    ("secrets_and_data.history", READY_FACTS, MET, "no undecided"),
    ("secrets_and_data.history", replace(READY_FACTS, verification=None), CANNOT_TELL, "opensafe verify"),
    (
        "secrets_and_data.history",
        replace(READY_FACTS, verification=replace(PROOF, head=OTHER_COMMIT)),
        CANNOT_TELL,
        "no proof",
    ),
    ("secrets_and_data.history", replace(READY_FACTS, verification=_FAILED), NOT_MET, "failed"),
    ("secrets_and_data.history", _holding(finding(Category.NAME)), NOT_MET, "F-1"),
    ("secrets_and_data.unreleased-policy", with_files(notes__a_md=b"Embargoed until May.\n"), NOT_MET, "notes/a.md"),
    ("secrets_and_data.stored-data", with_files(data__wards=b""), CANNOT_TELL, "data/wards.csv"),
    ("secrets_and_data.stored-data", replace(READY_FACTS, files={"main.R": b""}), NOT_APPLICABLE, "no file"),
    ("secrets_and_data.automated-review", replace(READY_FACTS, verification=None), CANNOT_TELL, "not finished"),
    ("commits.informative", replace(READY_FACTS, messages=("wip", "fix", "update")), NOT_MET, "0 of 3"),
    ("commits.informative", replace(READY_FACTS, messages=("wip",), files={"NEWS.md": b"x"}), MET, "NEWS.md"),
    (
        "commits.informative",
        replace(READY_FACTS, messages=("Read the counts by day", "Merge branch 'x'")),
        MET,
        "1 of 1",
    ),
    ("commits.sensitive", _holding(finding(kind=PlaceKind.COMMIT_MESSAGE)), NOT_MET, "F-1"),
    ("commits.sensitive", _holding(finding(kind=PlaceKind.IDENTITY, state=State.KEEP)), MET, "by decision"),
    ("commits.sensitive", _holding(finding(kind=PlaceKind.BLOB)), MET, "no undecided"),
    ("notebooks.outputs", _notebook(_NOTEBOOK), NOT_MET, "a/model.ipynb"),
    ("notebooks.outputs", _notebook(_CLEAN_NOTEBOOK), MET, "1 notebook"),
    ("notebooks.outputs", _notebook(b"not JSON"), NOT_MET, "a/model.ipynb"),
    (
        "notebooks.outputs",
        replace(_notebook(_NOTEBOOK), kept_files=frozenset({"a/model.ipynb"})),
        MET,
        "with outputs kept by decision",
    ),
    (
        "notebooks.outputs",
        _notebook(_NOTEBOOK, finding(Category.FILE, form=Form.FILE, state=State.KEEP, path="a/model.ipynb")),
        MET,
        "kept",
    ),
    ("notebooks.outputs", _holding(finding(path="old.ipynb")), NOT_MET, "to be decided in notebooks: 1 finding"),
    ("notebooks.outputs", with_files(**{"report.nb.html": b""}), NOT_MET, "report.nb.html"),
    ("components.known", replace(READY_FACTS, files={"a.R": b"library(dplyr)\n"}), NOT_MET, "dplyr"),
    ("components.known", replace(READY_FACTS, files={"a.R": b"library(stats)\nutils::head(1)\n"}), MET, "none is used"),
    (
        "components.known",
        replace(READY_FACTS, files={"a.py": b"import numpy\n", "Pipfile": b""}),
        CANNOT_TELL,
        "Pipfile",
    ),
    (
        "components.data-transfers",
        with_files(**{"get.R": b"url <- 'ftp://files.trust.org/a'"}),
        NOT_MET,
        "ftp://files.trust.org",
    ),
    ("components.data-transfers", with_files(**{"get.R": b"url <- 'http://localhost:80'"}), MET, "no host"),
    ("components.data-transfers", with_files(**{"get.R": b"url <- 'https://api.trust.org/a'"}), MET, "api.trust.org"),
    (
        "components.account",
        replace(READY_FACTS, remote="git@github.com:someone-else/beds.git"),
        CANNOT_TELL,
        "someone-else",
    ),
    (
        "components.account",
        replace(READY_FACTS, remote="ssh://git@host.org:22/example-hospitals/beds"),
        MET,
        "example-hospitals",
    ),
    ("components.account", replace(READY_FACTS, remote=""), CANNOT_TELL, "no address"),
]


@pytest.mark.parametrize(("check_id", "facts", "answer", "reason"), CASES, ids=[f"{c[0]}: {c[3]}" for c in CASES])
def test_each_check_tells_its_cases_apart(check_id: str, facts: Facts, answer: AnswerValue, reason: str) -> None:
    outcome = all_checks()[check_id](facts)
    assert outcome.answer is answer, outcome.evidence
    assert reason in " | ".join(outcome.evidence)


def test_every_check_has_a_case_that_is_not_all_well() -> None:
    assert {check_id for check_id, *_ in CASES} == set(all_checks())


def test_evidence_holds_no_control_character_of_a_hostile_path() -> None:
    facts = replace(READY_FACTS, files={"a\x1b[31m\n.csv": b"", "b\x1b.ipynb": b"{}"})
    for check_id in ("secrets_and_data.stored-data", "notebooks.outputs"):
        assert "\x1b" not in "".join(all_checks()[check_id](facts).evidence)


def test_stored_data_is_met_by_a_permission_for_every_file() -> None:
    check = all_checks()["secrets_and_data.stored-data"]
    facts = replace(READY_FACTS, files={"a.csv": b"", "b.csv": b""}, permissions={"a.csv": "allowed by the bed team"})
    some = check(facts)
    assert (some.answer, some.evidence) == (CANNOT_TELL, ("data files without a permission on record: b.csv",))
    every = check(replace(facts, permissions={**facts.permissions, "b.csv": "open or synthetic source: ONS"}))
    assert (every.answer, every.evidence) == (
        MET,
        ("a.csv: allowed by the bed team", "b.csv: open or synthetic source: ONS"),
    )
