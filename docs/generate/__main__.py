"""Writes every generated document."""

import tempfile
from pathlib import Path

from docs.generate.commands import commands_page
from docs.generate.coverage import coverage_page, run_everything
from docs.generate.detectors import detectors_page
from docs.generate.documents import json_page
from docs.generate.example import example_files
from docs.generate.proof import proof_page
from docs.generate.robustness import robustness_page
from docs.generate.tour import demo_output, with_tour

ROOT = Path(__file__).parents[2]


def main() -> None:
    _write("docs/commands.md", commands_page())
    _write("docs/detectors.md", detectors_page())
    _write("docs/json.md", json_page())
    _write("docs/proof.md", proof_page())
    _write("docs/robustness.md", robustness_page())
    for name, data in example_files().items():
        (ROOT / "docs" / "example" / name).write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        output = demo_output(Path(folder).resolve() / "demo")
        _write("docs/coverage.md", coverage_page(*run_everything(Path(folder).resolve())))
    _write("README.md", with_tour((ROOT / "README.md").read_text(encoding="utf-8"), output))


def _write(name: str, text: str) -> None:
    (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
