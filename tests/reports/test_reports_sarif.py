"""SARIF: fingerprints, history places, suppressions and the limits of uploads."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.finding import Finding, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.skip import Skip, SkipReason
from opensafe.reports.json_text import to_json
from opensafe.reports.sarif import ALL_LOCATIONS, MAX_LOCATIONS, MAX_NOTIFICATIONS, MAX_RESULTS, sarif, sarif_report
from tests.reports import reports_factory as factory


def _run(*findings: Finding, **arguments: Any) -> dict[str, Any]:
    coverage = arguments.get("coverage", factory.coverage())
    run: dict[str, Any] = sarif(findings, coverage, "0.1.0")["runs"][0]
    return run


def _uri(path: str) -> str | None:
    result = _run(factory.finding("x", places=(factory.place(path),)))["results"][0]
    physical = result["locations"][0].get("physicalLocation")
    return physical["artifactLocation"]["uri"] if physical else None


def test_a_result_carries_the_finding_and_no_snippet() -> None:
    finding = factory.finding("x")
    result = _run(finding)["results"][0]
    assert result["partialFingerprints"] == {"opensafe/v1": finding.id}
    assert result["message"]["text"] == "Password in an assignment: [token, up to 32 characters]"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "R/load_data.R"},
        "region": {"startLine": 12},
    }
    assert result["locations"][0]["properties"]["firstCommit"] == factory.oid("first")
    assert "snippet" not in to_json(result)


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "note"),
        (Severity.INFO, "note"),
    ],
)
def test_levels(severity: Severity, level: str) -> None:
    assert _run(factory.finding("x", severity=severity))["results"][0]["level"] == level


def test_findings_that_are_counted_only_are_told_as_left_out() -> None:
    run = sarif([factory.finding("x")], factory.coverage(), "0.1.0", total=7)["runs"][0]
    assert run["properties"]["leftOut"] == 6
    assert "6 findings of lower severity left out" in to_json(run["invocations"][0])


def test_each_result_points_at_its_rule() -> None:
    run = _run(*factory.midway().findings)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


@pytest.mark.parametrize("state", State)
def test_only_what_was_kept_or_is_none_is_suppressed(state: State) -> None:
    result = _run(factory.finding("x", state=state))["results"][0]
    assert ("suppressions" in result) is (state in {State.KEEP, State.NOT_A_FINDING})


def test_a_line_of_unpacked_content_is_no_line_of_the_file() -> None:
    packed = factory.finding("x", places=(factory.place("a.docx", 4, via=("zip:word/document.xml",)),))
    assert "region" not in _run(packed)["results"][0]["locations"][0]["physicalLocation"]


def test_a_place_without_a_file_is_named_by_its_kind() -> None:
    message = factory.midway().findings[0].places[2]
    location = _run(factory.finding("x", places=(message,)))["results"][0]["locations"][0]
    assert "physicalLocation" not in location
    assert location["logicalLocations"] == [{"kind": "commit-message", "fullyQualifiedName": message.oid}]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("R/é b.R", "R/%C3%A9%20b.R"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("a%0Ab", "a%250Ab"),
        ("a?b#c", "a%3Fb%23c"),
        ("C:\\x", "C%3A%5Cx"),
        ("../../etc/passwd", None),
        ("//host/share", None),
        ("n" * 1_000_000, None),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_paths_become_relative_references_or_none(path: str, uri: str | None) -> None:
    assert _uri(path) == uri


@given(st.text(st.characters(codec=None), min_size=1, max_size=30))
@settings(deadline=None, max_examples=50)
def test_any_path_gives_a_plain_relative_reference(path: str) -> None:
    uri = _uri(path)
    assert uri is None or (uri.isascii() and ":" not in uri and ".." not in uri.split("/") and uri[0] != "/")


def test_messages_hold_no_links_and_no_placeholders() -> None:
    result = _run(factory.finding("x", title="see [here](https://example.org) {0}"))["results"][0]
    assert result["message"]["text"].startswith("see [here] (https://example.org) {{0}}")


def test_an_incomplete_reading_is_no_success_and_names_its_skips() -> None:
    skip = Skip(factory.KEY.skip(b"1"), None, "a.zip", SkipReason.ENCRYPTED)
    invocation = _run(coverage=factory.coverage((skip,)))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    texts = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert texts == [f"{skip.id} was not read: encrypted; open"]


def test_what_does_not_fit_is_counted_and_the_gravest_stay() -> None:
    low = factory.finding("low", severity=Severity.LOW, places=(factory.place(),) * 12)
    high = factory.finding("high")
    many = [replace(low, id=FindingId(factory.KEY.finding("secret", str(at).encode()))) for at in range(MAX_RESULTS)]
    skips = tuple(Skip(factory.KEY.skip(b"1"), None, None, SkipReason.MISSING) for _ in range(MAX_NOTIFICATIONS + 2))
    run = _run(*many, high, coverage=factory.coverage(skips))
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) == MAX_RESULTS
    assert run["results"][0]["partialFingerprints"]["opensafe/v1"] == high.id
    assert len(run["results"][1]["locations"]) == ALL_LOCATIONS // MAX_RESULTS == 3
    assert run["properties"]["leftOut"] == 1
    assert [note["message"]["text"] for note in notes[-2:]] == [
        "2 further skips are in the case's own report",
        "1 finding of lower severity left out: this format holds no more",
    ]


def test_one_result_has_no_more_locations_than_the_format_allows() -> None:
    result = _run(factory.finding("x", places=(factory.place(),) * (MAX_LOCATIONS + 1)))["results"][0]
    assert len(result["locations"]) == MAX_LOCATIONS


def test_the_report_of_an_unread_case_is_valid_and_no_success() -> None:
    run = json.loads(sarif_report(factory.unread()))["runs"][0]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
