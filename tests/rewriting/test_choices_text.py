"""The team's own values in files, notes, tags and messages, and the proof that nothing else was changed."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.errors import UsageError
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices, NamedFile
from opensafe.model.plan import BlobChange, SpanEdit
from opensafe.model.replacing import parse_rules
from opensafe.stories.builder import History
from tests.rewriting.choices_kit import choose_in
from tests.rewriting.rewriting_kit import ALICE, PLACEHOLDER, SECRET, World, redact, world

RULES = b"ward-north==>ward-a\n" + rb"regex:bed ([0-9]+)==>bed n\1" + b"\nglob:PILOT-*;\n"
CHOICES = Choices(replace=NamedFile("values.txt"))
CODED = base64.b64encode(b"a long enough text about ward-north to be seen as one")


def wards() -> History:
    told = History(ALICE)
    first = told.commit(b"Beds of ward-north\n", {b"a.py": b"ward = 'ward-north'  # bed 7\n", b"b.py": b"b = 1\n"})
    told.commit(
        b"Coded\n", {b"c.txt": b"k: " + CODED + b"\n", b"wide.sql": "-- PILOT-x; ward-north\n".encode("utf-16")}
    )
    told.commit(b"Key\n", {b"a.py": b"key = '" + SECRET + b"' # ward-north\n"})
    told.tag(b"v1", first, b"For ward-north\n")
    told.note(first, b"Seen on ward-north")
    return told


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("wards"), wards())


def lists(rules: bytes = RULES) -> ChoiceLists:
    return ChoiceLists(rules=parse_rules(rules))


def test_every_file_note_and_message_is_changed_and_proven(seen: World, tmp_path: Path) -> None:
    decided = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    made = choose_in(replace(seen, folder=tmp_path), CHOICES, decided=decided, lists=lists())
    assert made.failed() == {}
    files = made.files()
    assert files[b"a.py"] == b"key = '" + PLACEHOLDER + b"' # ward-a\n"
    assert b"ward-a" in base64.b64decode(files[b"c.txt"].removeprefix(b"k: "))
    assert files[b"wide.sql"].decode("utf-16") == "-- ***REMOVED*** ward-a\n"
    assert made.files("v1")[b"a.py"] == b"ward = 'ward-a'  # bed n7\n"
    repository = made.built.repository
    assert b"Beds of ward-a\n" in repository.run("log", "main", "--format=%s")
    assert b"For ward-a\n" in repository.run("cat-file", "tag", "v1")
    assert repository.run("notes", "show", "v1^{commit}").strip() == b"Seen on ward-a"


def test_the_proof_notices_what_is_left_and_what_nobody_asked_for(seen: World, tmp_path: Path) -> None:
    made = choose_in(replace(seen, folder=tmp_path), CHOICES, lists=lists())
    more = replace(made, lists=lists(RULES + b"Coded\n"))
    assert "1 would change" in more.failed()["text-chosen"]
    fewer = replace(made, lists=lists(RULES.splitlines()[0]))
    assert fewer.failed().keys() == {"text-chosen"}
    plain = next(oid for oid in seen.graph.blobs if seen.data(oid) == b"b = 1\n")
    forged = replace(made.decided, blobs=(BlobChange(plain, None, (SpanEdit((), 0, 1, b"B"),)),))
    spoilt = choose_in(replace(seen, folder=tmp_path / "2"), CHOICES, decided=forged, lists=lists())
    assert replace(spoilt, decided=made.decided).failed().keys() == {"text-chosen"}


def test_what_decisions_put_in_place_is_not_replaced(seen: World) -> None:
    decided = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    with pytest.raises(UsageError, match="what decisions put in place"):
        choose_in(seen, CHOICES, decided=decided, lists=lists(b"regex:RED[A-Z]+-1==>gone\n"))


def test_a_replacement_that_would_be_replaced_again_is_refused(seen: World) -> None:
    with pytest.raises(UsageError, match="replaced again") as refused:
        choose_in(seen, CHOICES, lists=lists(b"ward-north==>ward-south\nward-south==>ward-north\n"))
    assert "ward" not in f"{refused.value.cause} {refused.value.remedy}"
