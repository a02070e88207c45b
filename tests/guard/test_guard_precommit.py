"""The hooks that users of pre-commit are offered are commands that there are."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from opensafe.errors import ExitCode
from tests.guard.guard_kit import FAKES, OpenRepository, assignment
from tests.journey.journey_commands import run

_OFFERED = YAML(typ="safe").load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8"))
_PROGRAM = "python -P -m opensafe "


@pytest.mark.parametrize("hook", _OFFERED, ids=lambda hook: str(hook["id"]))
def test_each_stops_what_it_is_for(
    repository: OpenRepository, hook: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.path)
    message = tmp_path / "message"
    words = str(hook["entry"]).removeprefix(_PROGRAM).split() + [str(message)] * bool(hook["pass_filenames"])
    message.write_bytes(b"Fix\n")
    assert run(*words).code == ExitCode.DONE
    secret = assignment(FAKES.password())
    message.write_bytes(secret)
    (repository.commit if hook["stages"] == ["pre-push"] else repository.stage)({"a.R": secret})
    assert run(*words).code == ExitCode.FINDINGS_OPEN


def test_every_stage_has_one_and_all_come_as_python() -> None:
    assert [hook["stages"] for hook in _OFFERED] == [["pre-commit"], ["commit-msg"], ["pre-push"]]
    assert {(hook["language"], hook["entry"].startswith(_PROGRAM)) for hook in _OFFERED} == {("python", True)}
