"""A case of the format before: read as it is, brought to this one by the first command that writes."""

from dataclasses import replace
from pathlib import Path

from opensafe.casefile.config import FORMAT
from opensafe.casefile.folder import Case
from tests.casefile import casefile_kit as kit


def test_a_case_of_the_format_before_is_read_without_being_touched(tmp_path: Path) -> None:
    case = kit.former_case(tmp_path)
    before = {path.name: path.read_bytes() for path in case.root.iterdir() if path.is_file()}
    assert (case.checks.read(), case.risks.read(), case.categories.read()) == ((), (), ())
    assert case.decisions.read() == (kit.decision("F-old"),)
    assert case.log.verify().ok
    assert {path.name: path.read_bytes() for path in case.root.iterdir() if path.is_file()} == before


def test_the_first_command_that_writes_brings_it_to_this_format(tmp_path: Path) -> None:
    case = kit.former_case(tmp_path)
    with case.writing("decide"):
        case.decisions.append(kit.decision("F-new"))
        case.log.append("decide", "decided another")
    opened = Case.open(case.root)
    assert opened.config == replace(case.config, format=FORMAT)
    assert [entry.what for entry in opened.log.entries()] == [
        "decided one",
        f"Brought the case from format {FORMAT - 1} to format {FORMAT}",
        "decided another",
    ]
    assert opened.decisions.read() == (kit.decision("F-old"), kit.decision("F-new"))
    assert not any(found.broken or found.strangers for found in opened.log.verify_ledgers())


def test_it_is_brought_there_once(tmp_path: Path) -> None:
    case = kit.former_case(tmp_path)
    for _ in range(2):
        with Case.open(case.root).writing("decide"):
            pass
    assert [entry.step for entry in Case.open(case.root).log.entries()] == ["decide", "upgrade"]
