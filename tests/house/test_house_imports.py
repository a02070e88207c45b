"""The directions of imports, as `.importlinter` states them, are kept."""

import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-P", "-c", _LINT], cwd=folder, capture_output=True, check=False, text=True)


def test_every_contract_is_kept() -> None:
    linted = _lint(ROOT)
    assert linted.returncode == 0, linted.stdout
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    names = [contracts[section]["name"] for section in contracts.sections() if "contract" in section]
    assert [name for name in names if f"{name} KEPT" not in linted.stdout] == []
    assert len(names) >= 6


def test_every_room_stands_in_the_contract_of_the_house() -> None:
    """Exhaustive: a new folder beside the rooms (`utils/`) has no place, so the contract breaks."""
    house = configparser.ConfigParser()
    house.read(ROOT / ".importlinter", encoding="utf-8")
    contract = house["importlinter:contract:house"]
    named = set(f"{contract['layers']} {contract['exhaustive_ignores']}".replace("|", " ").split())
    package = ROOT / "src" / "opensafe"
    rooms = {path.stem for path in package.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert contract.getboolean("exhaustive")
    assert rooms - {"__init__", "__pycache__"} <= named
