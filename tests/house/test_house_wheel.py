"""What is not Python is in the wheel too: schemas, templates, profiles, playbooks."""

import importlib
import importlib.util
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "opensafe"
DATA = ("reports/schemas", "templates", "profiles", "git/sealed")
SUFFIXES_OF_CODE = {".py", ".pyc"}


def _data_files() -> set[str]:
    """Every file of the package that is no code, and every playbook, as the wheel is to name it."""
    inside = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in SUFFIXES_OF_CODE}
    playbooks = {f"opensafe/playbooks/{path.name}" for path in (ROOT / "playbooks").glob("*.md")}
    return {f"opensafe/{path.relative_to(PACKAGE).as_posix()}" for path in inside} | playbooks


def test_there_is_data_of_each_kind() -> None:
    listed = _data_files()
    assert "opensafe/py.typed" in listed
    assert "opensafe/playbooks/open-a-repository.md" in listed
    assert [kind for kind in DATA if not any(name.startswith(f"opensafe/{kind}/") for name in listed)] == []


def test_the_build_takes_the_whole_package_and_the_playbooks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/opensafe"]
    assert wheel["force-include"] == {"playbooks": "opensafe/playbooks"}
    assert {"exclude", "only-include", "include"} & wheel.keys() == set()
    module, _, function = project["project"]["scripts"]["opensafe"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the project as it lies here: with our own build backend, or in CI with one of the package index."""
    has_backend = importlib.util.find_spec("hatchling") is not None
    if not has_backend and not os.environ.get("CI"):
        pytest.skip("hatchling is not installed, and only CI may fetch it")
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if has_backend else []
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--wheel-dir", str(folder), *isolation]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("opensafe-*.whl")
    return built


def test_a_wheel_holds_every_file_of_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert _data_files() - set(archive.namelist()) == set()


def test_an_unpacked_wheel_finds_its_playbooks_profiles_and_schemas(wheel: Path, tmp_path: Path) -> None:
    """As installed: away from the checkout, with the data that lies in the package itself."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from opensafe.cli.main import run\n"
        "import opensafe; assert opensafe.__file__.startswith(sys.argv[1])\n"
        "run(['--json', *sys.argv[2:]])\n"
    )
    for words in (["playbooks"], ["profiles"], ["detectors"]):
        command = [sys.executable, "-P", "-c", program, str(tmp_path), *words]
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert '"schema": "opensafe/' in done.stdout
