"""A case of the repository: what was decided there passes by its value, wherever the value comes to stand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.guard.guard_kit import FAKES, OpenRepository, assignment
from tests.journey.journey_commands import assert_refused, run

_REASON = ("--reason", "an example that opens nothing", "--by", "Dana Tester")


def _audit(repository: OpenRepository, *options: str) -> dict[str, str]:
    """The findings of a new audit: path of the first place → id."""
    document = run("audit", str(repository.path), "--json", *options).document()
    return {finding["places"][0]["path"]: finding["id"] for finding in document["findings"]}


def _case(repository: OpenRepository) -> str:
    return str(repository.path.with_name(repository.path.name + ".opensafe"))


def _decide(repository: OpenRepository, *words: str) -> None:
    ran = run("--case", _case(repository), "decide", *words, *_REASON)
    assert ran.code == 0, ran.err


def test_a_value_that_was_let_pass_passes_in_another_line_and_file(repository: OpenRepository) -> None:
    example, other = assignment(FAKES.password()), assignment(FAKES.password())
    repository.stage({"example.R": example})
    stopped = repository.guard("--staged")
    assert stopped.code == ExitCode.FINDINGS_OPEN
    assert "opensafe audit" in stopped.err
    found = _audit(repository)
    assert found["example.R"] in repository.guard("--staged").out
    _decide(repository, found["example.R"], "--action", "not-a-finding")
    assert repository.guard("--staged").code == ExitCode.DONE
    repository.stage({"example.R": b"\n\n" + example, "copy/of.R": b"y <- 2\n" + example})
    assert repository.guard("--staged").code == ExitCode.DONE
    repository.stage({"copy/of.R": example + other})
    ran = repository.guard("--staged")
    assert (ran.code, ran.out.count("Password")) == (ExitCode.FINDINGS_OPEN, 1)
    assert ran.out.startswith("copy/of.R:2: ")


def test_a_decision_for_some_paths_holds_for_those(repository: OpenRepository) -> None:
    example = assignment(FAKES.password())
    repository.stage({"tests/a.R": example, "R/a.R": b"x <- 2\n"})
    found = _audit(repository)
    _decide(repository, found["tests/a.R"], "--action", "keep", "--path", "tests/*")
    assert repository.guard("--staged").code == ExitCode.DONE
    repository.stage({"R/a.R": example})
    ran = repository.guard("--staged", "--json")
    places = ran.document()["findings"][0]["places"]
    assert (ran.code, [(place["path"], place.get("state", "open")) for place in places]) == (
        ExitCode.FINDINGS_OPEN,
        [("R/a.R", "open"), ("tests/a.R", "keep")],
    )
    assert repository.guard("--staged").out.count(": Password") == 1


def test_what_was_let_pass_until_a_day_that_the_record_has_reached_stops_it(repository: OpenRepository) -> None:
    repository.stage({"a.R": assignment(FAKES.password())})
    _decide(repository, _audit(repository)["a.R"], "--action", "keep", "--expires", "2098-01-01")
    passed = repository.guard("--staged")
    assert (passed.code, "warning" in passed.err) == (ExitCode.DONE, False)
    log = Case.open(Path(_case(repository))).log
    replace(log, clock=lambda: datetime(2098, 1, 2, tzinfo=UTC)).append("decide", "on the day after it")
    stopped = repository.guard("--staged")
    assert stopped.code == ExitCode.FINDINGS_OPEN
    for warned in (stopped, run("audit", str(repository.path))):
        assert warned.err.startswith("warning: the clock of this computer is at "), warned.err
        assert warned.err.count("the record of this case has reached 2098-01-02") == 1


@pytest.mark.parametrize("action", ["redact", "remove-file"])
def test_what_has_to_go_does_not_pass(repository: OpenRepository, action: str) -> None:
    repository.stage({"a.R": assignment(FAKES.password())})
    _decide(repository, _audit(repository)["a.R"], "--action", action)
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN


def test_a_data_file_that_is_kept_may_change(repository: OpenRepository) -> None:
    repository.stage({"wards.csv": b"ward,beds,month\n" + b"A,12,May\n" * 8})
    _decide(repository, _audit(repository)["wards.csv"], "--action", "keep", "--source", "open statistics")
    repository.stage({"wards.csv": b"ward,beds,month\n" + b"B,13,May\n" * 9})
    assert repository.guard("--staged").code == ExitCode.DONE
    repository.stage({"more.csv": b"ward,beds,month\n" + b"B,13,May\n" * 9})
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN


def test_a_skip_that_somebody_accepted_passes(repository: OpenRepository) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"5eed" * 16)
    repository.stage({"model.bin": pointer})
    coverage = run("audit", str(repository.path), "--json").document()["coverage"]
    assert repository.guard("--staged").code == ExitCode.INCOMPLETE
    _decide(repository, coverage["skipped"][0]["id"], "--action", "accept")
    ran = repository.guard("--staged", "--json")
    assert (ran.code, ran.document()["coverage"]["complete"]) == (ExitCode.DONE, False)


def test_people_of_a_roster_are_looked_for_only_where_there_is_one(repository: OpenRepository, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("name,e-mail\nJocasta Ormerod,jocasta@example.org\n", encoding="utf-8")
    repository.stage({"notes.md": b"Ask Jocasta Ormerod about the wards.\n"})
    assert repository.guard("--staged").code == ExitCode.DONE
    _audit(repository, "--roster", str(roster))
    ran = repository.guard("--staged")
    assert ran.code == ExitCode.FINDINGS_OPEN
    assert "[somebody on the roster]" in ran.out
    assert "Ormerod" not in ran.out + ran.err
    roster.unlink()
    assert_refused(repository.guard("--staged"), ExitCode.USAGE, "roster")


def test_the_case_is_only_read(repository: OpenRepository) -> None:
    repository.stage({"a.R": assignment(FAKES.password())})
    _audit(repository)
    case = Path(_case(repository))
    before = {file: file.read_bytes() for file in case.rglob("*") if file.is_file()}
    repository.guard("--staged")
    assert {file: file.read_bytes() for file in case.rglob("*") if file.is_file()} == before


def test_a_case_that_is_named_must_be_one(repository: OpenRepository, tmp_path: Path) -> None:
    ran = run("guard", "run", str(repository.path), "--staged", "--case", str(tmp_path))
    assert_refused(ran, ExitCode.USAGE, "is not a case")


def test_a_case_that_lies_in_the_repository_is_not_obeyed(repository: OpenRepository) -> None:
    """A repository could bring a case with decisions of its own."""
    outer = repository.path
    inner = OpenRepository.make(outer / "inner")
    inner.stage({"a.R": assignment(FAKES.password())})
    found = _audit(inner, "--case", str(outer.with_name("elsewhere")))
    decided = run("--case", str(outer.with_name("elsewhere")), "decide", *found.values(), "--action", "keep", *_REASON)
    assert decided.code == ExitCode.DONE
    outer.with_name("elsewhere").rename(outer / "inner.opensafe")
    assert inner.guard("--staged").code == ExitCode.FINDINGS_OPEN
    named = run("guard", "run", str(inner.path), "--staged", "--case", str(outer / "inner.opensafe"))
    assert named.code == ExitCode.DONE
