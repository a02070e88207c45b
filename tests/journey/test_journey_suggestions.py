"""What opensafe would decide, on which evidence; accepted in bulk where no judgement is left, else one by one."""

from pathlib import Path
from typing import Any

import pytest

from opensafe.casework.documented_values import documented_values
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.errors import ExitCode
from opensafe.model.fingerprint import FingerprintKey
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_git import in_source
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

NEVER_ISSUED = sample_numbers(999_555_111, 1)[0]
ISSUED = sample_numbers(450_557_710, 1)[0]
EMULATOR = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1" + "OUzFT50uSRZ6IFsuFq2UVErCz4I6tq" + "/K1SZFPTOtr/KBHBeksoGMGw=="
OWN_KEY = "kT7" + "vq9" + "Lm2x" * 8 + "Qd81" * 10 + "=="

FILES = {
    "numbers.R": f'test <- "nhs number {NEVER_ISSUED}"\nreal <- "nhs number {ISSUED}"\n',
    "mail.R": "# jo.bloggs@mail.example.com, 12345+jo@users.noreply.github.com\n# jo.bloggs@" + "nhs.net\n",
    "store.py": f'account_key = "{EMULATOR}"\nother_account_key = "{OWN_KEY}"\n',
    "data/beds.csv": "ward,beds,month\n" + "A,12,May\n" * 6,
}


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    source = tmp_path / "source"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8", newline="\n")
    in_source(source, "init", "-q", "-b", "main")
    in_source(source, "add", "-A")
    in_source(source, "commit", "-q", "-m", "Begin")
    trip = Trip.start(source)
    trip.audit()
    return trip


def _suggested(trip: Trip) -> dict[tuple[str, int], dict[str, Any]]:
    """The suggestions by path and line of the first place."""
    places = {f["id"]: (f["places"][0]["path"], f["places"][0]["line"]) for f in trip.findings()}
    return {places[one["finding"]]: one for one in trip.ask("findings", "--suggest")["suggestions"]}


def _refused(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), *words)


def test_each_suggestion_names_its_evidence(trip: Trip) -> None:
    told = {at: (one["action"], one["strength"], one["evidence"]) for at, one in _suggested(trip).items()}
    assert told["numbers.R", 1] == (
        "not-a-finding",
        "strong",
        "an NHS number of the range that is never issued (9…)",
    )
    assert told["numbers.R", 2] == ("redact", "weak", "personal data, found with high confidence")
    assert told["mail.R", 1][:2] == ("not-a-finding", "strong")
    assert told["mail.R", 2] == ("redact", "weak", "personal data, found with high confidence")
    assert told["store.py", 1] == (
        "not-a-finding",
        "strong",
        "printed as an example in the manual of Azurite, the storage emulator",
    )
    assert told["store.py", 2] == ("redact", "strong", "a credential, found with high confidence")
    assert told["data/beds.csv", 0] == (
        "remove-file",
        "strong",
        "a data file stays out unless somebody allows it by name",
    )


def test_addresses_that_are_nobodys(trip: Trip) -> None:
    evidence = {one["evidence"] for one in trip.ask("findings", "--suggest")["suggestions"]}
    assert "an address of a domain that is reserved for examples (RFC 2606)" in evidence
    assert "an address that takes no mail (noreply)" in evidence


def test_strong_suggestions_are_accepted_together_and_weak_ones_by_id(trip: Trip) -> None:
    suggested = _suggested(trip)
    listed = trip.ask("findings", "--suggest")["suggestions"]
    strong = {one["finding"]: one["action"] for one in listed if one["strength"] == "strong"}
    trip.say("decide", "--suggested", "--by", LEAD)
    assert {f["id"]: f["state"] for f in trip.findings() if f["state"] != "open"} == strong
    weak = suggested["numbers.R", 2]["finding"]
    assert_refused(_refused(trip, "decide", "--suggested", "--by", LEAD), ExitCode.USAGE, "on strong evidence")
    trip.say("decide", weak, "--suggested", "--by", LEAD)
    assert next(f["state"] for f in trip.findings() if f["id"] == weak) == "redact"
    reasons = {d["subject"]: d["reason"] for d in trip.ask("report")["decisions"]}
    assert reasons[weak] == "suggested: personal data, found with high confidence"
    assert_refused(_refused(trip, "decide", weak, "--suggested", "--by", LEAD), ExitCode.USAGE, "nothing is suggested")


def test_filters_and_a_dry_run_narrow_what_is_accepted(trip: Trip) -> None:
    words = ("decide", "--suggested", "--category", "secret")
    would = trip.ask(*words, "--dry-run")["details"]
    assert {f["state"] for f in trip.findings()} == {"open"}
    assert len(would["findings"]) == 2
    trip.say(*words, "--by", LEAD)
    assert [f["id"] for f in trip.findings() if f["state"] != "open"] == [
        f["id"] for f in trip.findings() if f["id"] in would["findings"]
    ]


def test_what_is_grave_waits_for_a_second_person_however_strong_the_evidence(stage: Stage) -> None:
    trip = stage("audited")
    numbers = [one for one in trip.ask("findings", "--suggest")["suggestions"] if one["action"] == "not-a-finding"]
    told = trip.say("decide", "--suggested", "--by", LEAD)
    waiting = {f["id"] for f in trip.findings(state="open")} & {one["finding"] for one in numbers}
    assert bool(waiting) == ("once a second person confirms it" in told.err)
    if waiting:
        trip.say("decide", "--all", "--second", IG_LEAD)
    assert {f["state"] for f in trip.findings() if f["id"] in waiting} <= {"not-a-finding"}


def test_a_source_that_has_gone_suggests_less_and_breaks_nothing(trip: Trip) -> None:
    whole = _suggested(trip)
    trip.source.rename(trip.source.with_name("elsewhere"))
    left = trip.ask("findings", "--suggest")["suggestions"]
    assert 0 < len(left) < len(whole) + 1
    assert "an NHS number of the range that is never issued (9…)" not in {one["evidence"] for one in left}


def test_documented_values_are_known_by_their_fingerprint() -> None:
    key = FingerprintKey(bytes(range(32)))
    assert documented_values(key)[key.finding("secret", EMULATOR.encode())].startswith("the manual of Azurite")
    assert key.finding("secret", OWN_KEY.encode()) not in documented_values(key)
