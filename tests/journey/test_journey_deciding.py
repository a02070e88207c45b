"""What a decision touches is said before it is taken; what runs out is open again; decisions outlive every commit."""

from datetime import UTC, date, datetime, timedelta

import pytest

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import public_index
from opensafe.errors import ExitCode
from opensafe.model.decision import Action, Decision
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_git import in_source
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

TODAY = datetime.now(UTC).date()


def _states(trip: Trip) -> dict[str, str]:
    return {finding["id"]: finding["state"] for finding in trip.findings()}


def _touched(trip: Trip, *filters: str) -> dict[str, int]:
    words = ("decide", "--all", *filters, "--action", "redact", "--dry-run")
    details = trip.ask(*words)["details"]
    return {name: details[name] for name in ("places", "files", "commits")} | {"findings": len(details["findings"])}


def test_a_dry_run_says_what_would_be_touched_and_writes_nothing(stage: Stage) -> None:
    trip = stage("audited")
    before = {file.name: file.read_bytes() for file in trip.case.glob("*.jsonl")}
    chosen = trip.findings(category="secret")
    expected = {
        "findings": len(chosen),
        "places": sum(finding["occurrences"] for finding in chosen),
        "files": len({place["path"] for finding in chosen for place in finding["places"]}),
        "commits": len({place["first_commit"] for finding in chosen for place in finding["places"]}),
    }
    assert _touched(trip, "--category", "secret") == expected
    told = trip.say("decide", "--all", "--category", "secret", "--action", "redact", "--dry-run").out
    assert f"Would decide redact for {len(chosen)} findings." in told
    assert f"{expected['places']} places in {expected['files']} files, brought by" in told
    assert {file.name: file.read_bytes() for file in trip.case.glob("*.jsonl")} == before


def test_a_narrowed_decision_touches_the_places_that_it_names(stage: Stage) -> None:
    trip = stage("audited")
    narrowed = _touched(trip, "--category", "data", "--path", "data/*")
    assert narrowed["files"] == 1
    assert 0 < narrowed["places"] < _touched(trip, "--category", "data")["places"]
    assert _touched(trip, "--category", "data", "--path", "nowhere/*")["places"] == 0


def test_a_dry_run_checks_what_the_decision_would(stage: Stage) -> None:
    trip = stage("audited")
    refused = run("--case", str(trip.case), "decide", "--all", "--category", "file", "--action", "redact", "--dry-run")
    assert_refused(refused, ExitCode.USAGE, "a question about a whole file")


@pytest.mark.parametrize("group", ["person", "path", "detector"])
def test_groups_hold_every_finding_once(stage: Stage, group: str) -> None:
    trip = stage("audited")
    told = trip.say("findings", "--covered", "--group", group).out
    assert sorted(line.split()[0] for line in told.splitlines() if line.startswith("  F-")) == sorted(_states(trip))


def test_a_long_list_is_cut_and_says_so(stage: Stage) -> None:
    trip = stage("audited")
    told = trip.say("findings", "--covered", "--group", "detector", "--limit", "3").out.splitlines()
    total = len(_states(trip))
    assert sum(line.startswith("  F-") for line in told) == 3
    assert f"… and {total - 3:,} more (--limit 0 lists all)" in told
    heads = [line for line in told if line.endswith(")") and not line.startswith((" ", "…"))]
    assert sum(int(head.rpartition("(")[2].rstrip(")")) for head in heads) == total


def test_an_expired_decision_is_open_blocks_and_is_told(stage: Stage) -> None:
    """Also where an older one without an end stands before it: what was replaced does not come back."""
    trip = stage("decided")
    secret = next(f["id"] for f in trip.findings(category="secret") if f["places"][0]["published"])
    trip.say("decide", secret, "--action", "keep", "--reason", "for good", "--by", LEAD)
    yesterday = TODAY - timedelta(days=1)
    Case.open(trip.case).decisions.append(
        Decision(secret, Action.KEEP, LEAD, date(2026, 1, 5), reason="until the move", expires=yesterday)
    )
    assert _states(trip)[secret] == "open"
    step = next(step for step in trip.ask("status")["steps"] if step["name"] == "decide")
    assert step["detail"] == "To be decided: 1 finding (1 decided before, which has run out)."
    assert "open, ran out" in trip.say("findings", "--state", "open").out
    trip.say("plan")
    refused = run("--no-input", "--case", str(trip.case), "plan", "--approve", "--by", LEAD)
    assert_refused(refused, ExitCode.FINDINGS_OPEN, "1 finding")
    trip.say("decide", secret, "--action", "redact", "--by", LEAD)
    trip.plan()


def test_decisions_hang_on_the_value_whatever_becomes_of_its_commits(stage: Stage) -> None:
    """A new commit, another message, a rebase and a squash: what was decided holds, and what is new is open."""
    trip = stage("decided")
    before = _states(trip)
    work = trip.source
    (work / "copied.R").write_text(in_source(work, "show", "HEAD:R/weekly.R"), encoding="utf-8", newline="\n")
    (work / "late.R").write_text("# written by Wanda Newcomer\n", encoding="utf-8")
    in_source(work, "add", "-A")
    in_source(work, "commit", "-q", "-m", "Copy a script")
    in_source(work, "commit", "-q", "--amend", "-m", "Copy a script, said better")
    in_source(work, "checkout", "-q", "-b", "squashed")
    in_source(work, "reset", "-q", "--soft", "HEAD~3")
    in_source(work, "commit", "-q", "-m", "Three in one")
    trip.audit("--since-last")
    after = _states(trip)
    assert {id_: state for id_, state in after.items() if id_ in before} == {
        id_: state for id_, state in before.items() if id_ in after
    }
    assert before.keys() <= after.keys()
    assert {after[id_] for id_ in after.keys() - before.keys()} == {"open"}
    new = {place["path"] for f in trip.findings(state="open") for place in f["places"]}
    assert "late.R" in new


def test_decisions_hold_for_the_new_history_as_well(stage: Stage) -> None:
    """The audit of the rewritten history gives what was kept the same id; what was redacted is not there."""
    trip = stage("decided")
    kept = next(f for f in trip.findings(category="name") if f["masked"].endswith("(name)"))
    trip.say("decide", kept["id"], "--action", "keep", "--reason", "wants the credit", "--by", LEAD)
    trip.plan()
    trip.rewrite()
    before = _states(trip)
    found = [finding.id for finding in public_index(Case.open(trip.case)).findings() if finding.id in before]
    assert kept["id"] in found
    assert {before[id_] for id_ in found} == {"keep"}
