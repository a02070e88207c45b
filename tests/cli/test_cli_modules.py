"""Every command is found in the module that is loaded for it, and no other module is."""

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from opensafe.cli.main import whole_app
from opensafe.cli.modules import MODULES, modules_for
from tests.journey.journey_stages import Stage


def _names(app: typer.Typer) -> list[str]:
    app.callback()(lambda: None)  # so that one command alone is a group too
    return list(getattr(typer.main.get_command(app), "commands", {}))


def _held_by(module: str) -> list[str]:
    app = typer.Typer()
    import_module(f"opensafe.cli.commands.{module}").register(app)
    return _names(app)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_loaded_for_each_of_its_commands(module: str) -> None:
    assert _held_by(module)
    assert [modules_for([name, "--help"]) for name in _held_by(module)] == [(module,)] * len(_held_by(module))


def test_together_they_hold_every_command() -> None:
    assert sorted(name for module in MODULES for name in _held_by(module)) == sorted(_names(whole_app()))


@pytest.mark.parametrize("words", [[], ["--help"], ["--json"], ["--case", "log"], ["no-such-command"]])
def test_without_a_known_command_all_are_loaded(words: list[str]) -> None:
    assert modules_for(words) == MODULES


def test_global_options_before_a_command_are_passed_over() -> None:
    assert modules_for(["--json", "--case", "folder", "--case=other", "log", "show"]) == ("log",)


def test_a_command_loads_nothing_of_the_others() -> None:
    code = "import sys; from opensafe.cli.main import invoke; invoke(['log', '--help']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = ran.stdout.split()
    assert b"opensafe.cli.commands.log" in loaded
    assert b"opensafe.cli.commands.audit" not in loaded
    assert b"opensafe.detectors.engine" not in loaded


@pytest.mark.parametrize("words", [("status",), ("findings",), ("log", "show")])
def test_a_look_at_a_case_loads_nothing_that_writes_or_draws(stage: Stage, words: tuple[str, ...]) -> None:
    case = stage("audited").case
    asked = [*words, "--case", str(case)]
    code = f"import sys; from opensafe.cli.main import invoke; invoke({asked}); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.decode().partition(".")[0] for name in ran.stdout.split()}
    assert loaded & {"rich", "filelock", "tomlkit", "jinja2", "xlsxwriter"} == set()
