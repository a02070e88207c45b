"""Adversarial lines for each detector: the work grows with the text, and no faster."""

from collections.abc import Callable

import pytest

from fixtures.kit.proportion import in_proportion
from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.engine import Engine
from opensafe.model.detector import Detector, Scope
from opensafe.model.specimen import Specimen

# Texts that set off many triggers and never let a pattern finish.
_UNFINISHED = (
    b"pass", b"password=", b"api_key:a=", b"a@a.", b"://a:b", b"1", b"9 ", b" ", b'password "', b"\\\\a1\\", b"'",
    b'token = b(c("', b"pass: a b c ", b"key [a] = ", b"auth\\\\\\", b"secret is ", b"password a(1) = ", b"key=&key=",
    b"Author: Aa ", b"born ", b"--password ", b"Bearer a1", b"C:/Users/a b ", b"//a.b/:_authToken=", b"AKIA",
)  # fmt: skip
_KEY_EDGES = (b"-----BEGIN PRIVATE" + b" KEY-----", b"-----END PRIVATE" + b" KEY-----", b'"a":9', b'"nhs_number",')


@pytest.mark.parametrize("unit", [*_UNFINISHED, *_KEY_EDGES], ids=repr)
def test_an_endless_line_is_bounded_work(unit: bytes, engine: Engine, specimen_of: Callable[..., Specimen]) -> None:
    assert in_proportion(lambda line: engine.passage(specimen_of(line, "load.py")), unit)
    assert in_proportion(lambda line: engine.content(specimen_of(line, "load.py")), unit)


@pytest.mark.parametrize(
    "detector", [detector for detector in all_detectors() if detector.card.examples], ids=lambda d: d.card.id
)
def test_a_line_full_of_hits_is_bounded_work(
    detector: Detector, engine: Engine, specimen_of: Callable[..., Specimen]
) -> None:
    search = engine.content if detector.card.scope is Scope.CONTENT else engine.passage
    unit = detector.card.examples[0].data.replace(b"\n", b" ")
    assert in_proportion(lambda line: search(specimen_of(line, "load.py")), unit)
