"""Killed anywhere, a write leaves a case that can be read, and the next run finishes the work."""

import random
import time
import zipfile
from pathlib import Path

import pytest

from opensafe.casefile.closing import CLOSED
from opensafe.casefile.config import FORMAT, CaseConfig
from opensafe.casefile.folder import Case
from opensafe.errors import NoCase
from tests.casefile import casefile_children as children
from tests.casefile import casefile_kit as kit

OLD_FINDING = kit.finding("old", kit.place())
OLD_DECISION = kit.decision("F-old")


def prepared(folder: Path) -> Path:
    """A case that was worked on: whatever is killed later must not lose this."""
    folder.mkdir(exist_ok=True)
    case = kit.new_case(folder)
    with case.writing("start"):
        case.decisions.append(OLD_DECISION)
        case.log.append("start", "opened")
        case.index.write(kit.audit(OLD_FINDING))
        case.save_document("plan.json", {"state": "old"})
        case.save_config(kit.config(folder / "analysis", organisation="old"))
    return case.root


def swept(action: str, template: Path, copies: Path) -> list[Path]:
    """The case folders that a kill at each point left; the last one was not killed."""
    child = children.FRESH.Process(target=children.sweep, args=(action, template, copies))
    child.start()
    child.join()
    assert child.exitcode == 0
    return [copies / str(number) / template.name for number in range(len(list(copies.iterdir())))]


def assert_whole(root: Path) -> None:
    """Every file is as it was or as it was to become; the ledger may hold the first of the new lines."""
    case = Case.open(root)
    old, *new = case.decisions.read()
    assert (old, tuple(new)) == (OLD_DECISION, children.ITEMS[: len(new)])
    verdict = case.log.verify()
    assert verdict.ok or "torn" in verdict.reason
    assert [entry.step for entry in case.log.entries()] in (["start"], ["start", "decide"])
    found = case.index.findings()
    assert len(found) == 50 or [finding.id for finding in found] == [OLD_FINDING.id]
    assert case.load_document("plan.json") in ({"state": "old"}, {"state": "new"})
    assert case.config.organisation in {"old", "new"}


@pytest.mark.parametrize("action", ["decide", "configure", "plan", "audit"])
def test_a_kill_at_any_point_leaves_a_whole_case_and_the_next_run_finishes(action: str, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    roots = swept(action, prepared(tmp_path / "template"), tmp_path / "copies")

    assert len(roots) > 10
    for root in roots:
        assert_whole(root)
        children.ACTIONS[action](root)
        assert Case.open(root).log.verify().ok
        assert sorted(root.glob("*.new")) == []


def test_a_kill_between_two_ledgers_and_the_log_is_told_and_the_next_run_finishes(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    roots = swept("rotate", prepared(tmp_path / "template"), tmp_path / "copies")

    assert len(roots) > 10
    noted = 0
    for root in roots:
        case = Case.open(root)
        strangers = sum(found.strangers for found in case.log.verify_ledgers())
        assert not any(found.broken for found in case.log.verify_ledgers())
        children.rotate(root)
        told = [entry for entry in case.log.entries() if "that no command had recorded" in entry.what]
        assert bool(told) == bool(strangers)
        assert not any(found.broken or found.strangers for found in case.log.verify_ledgers())
        assert case.rotations.read()[-2:] == children.ROTATED
        noted += bool(told)
    assert noted > 2


def test_a_kill_while_a_case_is_brought_to_this_format_leaves_one_that_the_next_run_brings_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "template").mkdir()
    template = kit.former_case(tmp_path / "template")
    template.index.write(kit.audit(OLD_FINDING))
    roots = swept("decide", template.root, tmp_path / "copies")

    assert len(roots) > 20
    formats = set()
    for root in roots:
        formats.add(Case.open(root).config.format)
        children.decide(root)
        case = Case.open(root)
        assert case.config.format == FORMAT
        assert case.decisions.read()[-len(children.ITEMS) :] == children.ITEMS
        assert case.log.verify().ok
        assert not any(found.broken or found.strangers for found in case.log.verify_ledgers())
    assert formats == {FORMAT - 1, FORMAT}


def test_a_kill_while_a_case_is_closed_leaves_one_that_the_next_run_closes(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    roots = swept("close", prepared(tmp_path / "template"), tmp_path / "copies")

    assert len(roots) > 10
    for root in roots:
        children.close(root)
        case = Case.open(root)
        assert case.closing is not None
        assert not (root / "key").exists()
        with zipfile.ZipFile(case.reports / "record.zip") as archive:
            assert archive.testzip() is None
            assert set(archive.namelist()) >= {"case.toml", "log.jsonl", "decisions.jsonl", CLOSED}


def test_a_kill_while_a_case_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    (tmp_path / "template").mkdir()
    (tmp_path / "copies").mkdir()
    roots = swept("start", tmp_path / "template" / "analysis.opensafe", tmp_path / "copies")

    assert len(roots) > 20
    for root in roots:
        try:
            case = Case.open(root)
        except NoCase:
            assert not root.exists()
            children.start(root)
            case = Case.open(root)
        assert case.config == CaseConfig(source=case.config.source, name="analysis")
        assert (case.log.entries(), case.decisions.read()) == ((), ())


def test_a_writer_that_is_killed_at_random_times_leaves_a_readable_case(tmp_path: Path) -> None:
    root = prepared(tmp_path)
    chance = random.Random(1)  # noqa: S311 - times, not secrets
    for _ in range(5):
        here, there = children.FRESH.Pipe(duplex=False)
        child = children.FRESH.Process(target=children.write_for_ever, args=(root, there))
        child.start()
        here.recv()
        time.sleep(chance.uniform(0.01, 0.1))
        child.kill()
        child.join()

        case = Case.open(root)
        with case.writing("status"):
            case.log.append("status", "the lock was free")
        assert case.log.verify().ok
        assert case.decisions.read()[0] == OLD_DECISION
        assert len(case.index.findings()) in {1, 50}
