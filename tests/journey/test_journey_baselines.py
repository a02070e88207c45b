"""Files of other tools suggest; they decide nothing, and nothing of them is kept."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from opensafe.errors import ExitCode
from opensafe.stories.demo_files import Cast
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

CAST = Cast.chosen()
TOKEN = CAST.token.decode()
UNKNOWN = "kT7" + "vq9" + "-Lm2x"


@pytest.fixture
def trip(stage: Stage) -> Trip:
    return stage("audited")


def _import(trip: Trip, content: object, encoding: str = "utf-8") -> tuple[dict[str, Any], Ran]:
    """What the file suggests, as a document and as lines."""
    file = trip.case.parent / "other-tool.json"
    text = content if isinstance(content, str) else json.dumps(content)
    file.write_bytes(text.encode(encoding))
    return trip.ask("findings", "--import", str(file)), trip.say("findings", "--import", str(file))


def _token(trip: Trip) -> dict[str, Any]:
    """The finding of the token, which three detectors see."""
    return max(trip.findings(category="secret"), key=lambda finding: len(finding["witnesses"]))


def _gitleaks(**fields: object) -> dict[str, object]:
    return {"RuleID": "github-pat", "File": "R/upload.R", "StartLine": 3, "Secret": TOKEN, "Match": TOKEN, **fields}


def test_a_report_of_gitleaks_is_matched_by_value(trip: Trip) -> None:
    """Wherever it says that the value stands."""
    made, told = _import(trip, [_gitleaks(File="elsewhere.R"), _gitleaks(Secret=UNKNOWN, File="elsewhere.R")])
    assert made["suggestions"] == [
        {
            "finding": _token(trip)["id"],
            "action": "redact",
            "evidence": "gitleaks reports it as well (github-pat)",
            "strength": "weak",
        }
    ]
    assert made["unmatched"] == 1
    assert "holds values in clear. Delete it when you are done." in told.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_powershell_made_of_a_report_is_read(trip: Trip, encoding: str) -> None:
    made, _ = _import(trip, [_gitleaks()], encoding)
    assert [one["finding"] for one in made["suggestions"]] == [_token(trip)["id"]]


@pytest.mark.parametrize("path", ["R/upload.R", "R\\upload.R", "./R/upload.R"])
def test_what_gitleaks_passes_over_is_matched_by_line(trip: Trip, path: str) -> None:
    place = _token(trip)["places"][0]
    lines = f"# ours\nno fingerprint\n{'ab' * 20}:{path}:github-pat:{place['line']}\nnone.R:generic-api-key:7  # gone\n"
    made, told = _import(trip, lines)
    assert made["suggestions"] == [
        {
            "finding": _token(trip)["id"],
            "action": "not-a-finding",
            "evidence": "gitleaks was told to pass over this line (.gitleaksignore)",
            "strength": "weak",
        }
    ]
    assert "match no finding: 2." in told.out
    assert "Delete it" not in told.err


@pytest.mark.parametrize(
    ("judged", "action"), [({"is_secret": False}, "not-a-finding"), ({"is_secret": True}, "redact"), ({}, "redact")]
)
def test_a_baseline_of_detect_secrets_is_matched_by_hash(trip: Trip, judged: dict[str, bool], action: str) -> None:
    hashed = hashlib.sha1(TOKEN.encode(), usedforsecurity=False).hexdigest()
    one = {"type": "GitHub Token", "filename": "x.R", "hashed_secret": hashed, "line_number": 1, **judged}
    made, told = _import(trip, {"version": "1.5.0", "results": {"x.R": [one]}})
    assert [(s["finding"], s["action"], s["strength"]) for s in made["suggestions"]] == [
        (_token(trip)["id"], action, "weak")
    ]
    assert "bare hashes" in told.err


@pytest.mark.parametrize("as_lines", [True, False])
def test_a_report_of_betterleaks_is_matched_by_value(trip: Trip, *, as_lines: bool) -> None:
    """As version 2 writes it; version 1 wrote what gitleaks writes."""
    where = {"path": "elsewhere.R", "start_line": 3, "end_line": 3}
    one = {"rule_id": "github-pat", "match": {"full": TOKEN, "value": TOKEN}, "location": where}
    other = {**one, "match": {"full": UNKNOWN, "value": UNKNOWN}}
    lines = "".join(json.dumps({"schema_version": "1", "finding": found}) + "\n" for found in (one, other))
    made, _ = _import(trip, lines if as_lines else {"schema_version": "1", "findings": [one, other]})
    assert [(s["finding"], s["evidence"]) for s in made["suggestions"]] == [
        (_token(trip)["id"], "betterleaks reports it as well (github-pat)")
    ]
    assert made["unmatched"] == 1


@pytest.mark.parametrize("form", ["lines", "one line", "document", "document and summary"])
def test_a_report_of_kingfisher_says_what_was_active(trip: Trip, form: str) -> None:
    one = {
        "rule": {"id": "kingfisher.github.1", "name": "GitHub Token"},
        "finding": {"snippet": TOKEN, "path": "R/upload.R", "line": 3, "validation": {"status": "Active Credential"}},
    }
    summary = json.dumps({"findings": 1, "kingfisher": {}})
    whole = json.dumps({"findings": [one]})
    written = {
        "lines": f"{json.dumps(one)}\n{summary}\n",
        "one line": json.dumps(one) + "\n",
        "document": whole,
        "document and summary": whole + "\n" + summary,
    }
    made, _ = _import(trip, written[form])
    assert [s["evidence"] for s in made["suggestions"]] == ["Kingfisher found it to be active (kingfisher.github.1)"]


def test_nothing_is_decided_kept_or_shown(trip: Trip) -> None:
    before = {file.name: file.read_bytes() for file in trip.case.glob("*.json*")}
    made, told = _import(trip, [_gitleaks(), _gitleaks(Secret=UNKNOWN, RuleID=f"rule {TOKEN} \x1b[31m")])
    assert {file.name: file.read_bytes() for file in trip.case.glob("*.json*")} == before
    printed = json.dumps(made) + told.out + told.err
    assert TOKEN not in printed
    assert UNKNOWN not in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    "content",
    [
        "",
        "hello",
        "{}",
        "[1]",
        '{"results": 3}',
        '{"findings": [{"rule": 1}]}',
        '{"schema_version": "1", "findings": [{"rule_id": "x"}]}',
        '[{"schema_version": "1", "finding": {"match": {}}}]',
        "3",
        "[" * 100_000,
        "a:b\nx.R:rule\n",
        "null",
    ],
)
def test_what_is_no_baseline_is_refused(trip: Trip, content: str) -> None:
    file = trip.case.parent / "other-tool.json"
    file.write_text(content, encoding="utf-8")
    refused = run("--no-input", "--case", str(trip.case), "findings", "--import", str(file))
    assert_refused(refused, ExitCode.USAGE, "no baseline or report that opensafe knows")


@pytest.mark.parametrize(
    "content",
    [
        [],
        [{"RuleID": 7, "File": None, "StartLine": "x", "Secret": 3}],
        {"results": {"a": [3, {"hashed_secret": 7, "line_number": True, "is_secret": "no"}], "b": 3}},
        {"findings": [{"rule": {}, "finding": {"validation": 3, "snippet": "\ud800"}}]},
    ],
)
def test_strange_entries_match_nothing(trip: Trip, content: object) -> None:
    made, _ = _import(trip, content)
    assert made["suggestions"] == []


def test_a_file_that_is_not_there(trip: Trip, tmp_path: Path) -> None:
    refused = run("--no-input", "--case", str(trip.case), "findings", "--import", str(tmp_path / "none.json"))
    assert_refused(refused, ExitCode.USAGE, "cannot be read")
