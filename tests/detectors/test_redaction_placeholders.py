"""What opensafe puts in the place of a value fires no detector: a second audit of the result finds nothing of it."""

import pytest

from opensafe.detectors.engine import Engine
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen

_PLACEHOLDERS = [
    "REDACTED-1",
    "REDACTED-name-3",
    "[REDACTED]",
    "[REDACTED-NHS-NUMBER]",
    "NHS-NUMBER-REDACTED",
    "person-3@example.invalid",
    "Person 3",
    "Analyst 3",
    "person-3",
]
_SURROUNDINGS = [
    ("{}", "notes.md"),
    ('password = "{}"', "a.py"),
    ("DB_PASSWORD={}", ".Renviron"),
    ("password: {}", "a.yml"),
    ("Server=s1;UID=app;PWD={};", "a.R"),
    ("https://app:{}@db.invalid/x", "a.py"),
    ("Authorization: Basic {}", "a.http"),
    ("Authorization: Bearer {}", "a.http"),
    ("?sv=2022-11-02&sig={}", "a.md"),
    ("mysql --password {} db", "a.sh"),
    ("IDENTIFIED BY '{}'", "a.sql"),
    ("# Author: {}", "a.R"),
    ("Seen by Dr {}", "a.md"),
    ("C:/Users/{}/x", "a.R"),
    ("/home/{}/x", "a.R"),
    ("nhs number {}", "a.md"),
    ("tel: {}", "a.md"),
    ("postcode: {}", "a.md"),
    ("dob: {}", "a.md"),
    ("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", "a.pem"),
    ("\\\\{}\\share\\x", "a.md"),
]


@pytest.mark.parametrize("placeholder", _PLACEHOLDERS)
@pytest.mark.parametrize(("surrounding", "path"), _SURROUNDINGS)
def test_placeholder_fires_nothing(engine: Engine, placeholder: str, surrounding: str, path: str) -> None:
    data = surrounding.format(placeholder).encode()
    specimen = Specimen(PlaceKind.BLOB, data, path.encode(), signature="text")
    assert [(w.card.id, w.hit.why) for w in engine.passage(specimen) + engine.content(specimen)] == []
