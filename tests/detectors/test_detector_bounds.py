"""One adversarial line of a megabyte for each detector: bounded work, whatever the text."""

import time
from collections.abc import Callable

import pytest

from opensafe.detectors.catalogue import all_detectors
from opensafe.detectors.engine import Engine
from opensafe.model.detector import Detector, Scope
from opensafe.model.specimen import Specimen

_MEGABYTE = 1_000_000
_SECONDS = 5.0  # the slowest takes about two

# Texts that set off many triggers and never let a pattern finish.
_UNFINISHED = (
    b"pass", b"password=", b"api_key:a=", b"a@a.", b"://a:b", b"1", b"9 ", b" ", b'password "', b"\\\\a1\\", b"'",
    b'token = b(c("', b"pass: a b c ", b"key [a] = ", b"auth\\\\\\", b"secret is ", b"password a(1) = ", b"key=&key=",
    b"Author: Aa ", b"born ", b"--password ", b"Bearer a1", b"C:/Users/a b ", b"//a.b/:_authToken=", b"AKIA",
)  # fmt: skip
_KEY_EDGES = (b"-----BEGIN PRIVATE" + b" KEY-----", b"-----END PRIVATE" + b" KEY-----", b'"a":9', b'"nhs_number",')


def _line(unit: bytes) -> bytes:
    return (unit.replace(b"\n", b" ") * (_MEGABYTE // len(unit) + 1))[:_MEGABYTE]


def _takes(work: Callable[[], object]) -> float:
    start = time.process_time()  # of this process alone: other work on the machine does not count
    work()
    return time.process_time() - start


@pytest.mark.parametrize("unit", [*_UNFINISHED, *_KEY_EDGES], ids=repr)
def test_an_endless_line_is_bounded_work(unit: bytes, engine: Engine, specimen_of: Callable[..., Specimen]) -> None:
    specimen = specimen_of(_line(unit), "load.py")
    assert _takes(lambda: engine.passage(specimen)) < _SECONDS
    assert _takes(lambda: engine.content(specimen)) < _SECONDS


@pytest.mark.parametrize(
    "detector", [detector for detector in all_detectors() if detector.card.examples], ids=lambda d: d.card.id
)
def test_a_line_full_of_hits_is_bounded_work(
    detector: Detector, engine: Engine, specimen_of: Callable[..., Specimen]
) -> None:
    specimen = specimen_of(_line(detector.card.examples[0].data), "load.py")
    search = engine.content if detector.card.scope is Scope.CONTENT else engine.passage
    assert _takes(lambda: search(specimen)) < _SECONDS
