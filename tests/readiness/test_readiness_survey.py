"""What is worked out from the files of a repository: components, command lines, structure."""

import json
from collections.abc import Mapping

import pytest

from opensafe.readiness.inventory import imported, inventory
from opensafe.readiness.survey import survey
from tests.readiness.readiness_builders import R_PROJECT


@pytest.mark.parametrize(
    ("path", "text", "components"),
    [
        (
            "requirements.txt",
            "pandas==2.1 # data\n-r other.txt\n--hash=x\nscikit-learn>=1 --hash=y\nnot a [valid line\n\n",
            [("pandas", "==2.1"), ("scikit-learn", ">=1"), ("not", "")],
        ),
        ("requirements-dev.txt", "pytest\n", [("pytest", "")]),
        ("pyproject.toml", '[project]\ndependencies = ["pandas>=2"]\n', [("pandas", ">=2")]),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.11"\npandas = "^2"\n', [("pandas", "^2")]),
        (
            "environment.yml",
            (
                "name: beds\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.11\n  - pandas=2.1\n"
                "  - pip:\n    - polars\n"
            ),
            [("pandas", "=2.1"), ("polars", "")],
        ),
        (
            "DESCRIPTION",
            "Package: x\nDepends: R (>= 4)\nImports: dplyr (>= 1),\n  utils,\n  DBI\n",
            [("dplyr", ">= 1"), ("DBI", "")],
        ),
        ("renv.lock", '{"Packages": {"dplyr": {"Version": "1.1.4"}, "odd": 1}}', [("dplyr", "1.1.4")]),
        (
            "package.json",
            '{"dependencies": {"vue": "^3"}, "devDependencies": {"vite": "5"}}',
            [("vue", "^3"), ("vite", "5")],
        ),
        ("renv.lock", "[" * 10_000, []),
        ("deep/requirements.txt", "pandas\n", []),
    ],
)
def test_components_are_those_that_the_manifest_names(path: str, text: str, components: list[tuple[str, str]]) -> None:
    found = inventory({path: text.encode()})
    assert sorted((c.name, c.version) for c in found) == sorted(components)
    assert {c.declared_in for c in found} <= {path}


def test_what_the_code_loads_leaves_out_the_language_and_the_project() -> None:
    files = {
        "a.py": b"import os, sys\nimport pandas as pd\nfrom helpers import x\n  from numpy.linalg import norm\n",
        "helpers.py": b"",
        "R/b.R": b"library(dplyr)\nrequire('DBI')\nstats::lag(1)\nodbc::odbc()\nlibrary(beds)\n",
        "DESCRIPTION": b"Package: beds\n",
    }
    assert imported(files) == {"Python": ("numpy", "pandas"), "R": ("DBI", "dplyr", "odbc")}


@pytest.mark.parametrize(
    ("files", "install", "run"),
    [
        (
            {"renv.lock": b"{}", "_targets.R": b""},
            ('Rscript -e "renv::restore()"',),
            ('Rscript -e "targets::tar_make()"',),
        ),
        (
            {"requirements.txt": b"", "run_all.py": b""},
            ("python -m pip install -r requirements.txt",),
            ("python run_all.py",),
        ),
        (
            {"environment.yml": b"name: beds\n", "Makefile": b""},
            ("conda env create -f environment.yml", "conda activate beds"),
            ("make",),
        ),
        ({"environment.yml": b"name: $(evil)\n"}, ("conda env create -f environment.yml",), ()),
        ({"run_$(evil).py": b"", "run_a b.R": b"", "package.json": b"{}"}, ("npm install",), ()),
        ({"main.R": b"library(DBI)\n"}, ("Rscript -e \"install.packages(c('DBI'))\"",), ("Rscript main.R",)),
        (
            R_PROJECT,
            ("Rscript -e \"install.packages('remotes'); remotes::install_local('.')\"",),
            ("Rscript -e \"help(package = 'beds')\"",),
        ),
    ],
)
def test_command_lines_come_from_what_is_there(
    files: Mapping[str, bytes], install: tuple[str, ...], run: tuple[str, ...]
) -> None:
    found = survey(files)
    assert (found.install, found.run) == (install, run)


def test_the_structure_is_bounded_and_says_what_folders_hold() -> None:
    files = {f"folder{number:03}/a.R": b"" for number in range(100)} | {
        "data/a.csv": b"",
        "data/b.txt": b"",
        ".git/x": b"",
    }
    rows = survey(files).structure
    assert len(rows) == 30
    assert rows[0] == ("data/", "1 data, 1 other files")


def _notebook(language: str, *sources: object) -> bytes:
    cells = [{"cell_type": "code", "source": source} for source in sources] + [{"cell_type": "markdown", "source": "x"}]
    return json.dumps({"cells": cells, "metadata": {"kernelspec": {"language": language}}}).encode()


@pytest.mark.parametrize(
    ("notebook", "prerequisites", "undeclared"),
    [
        (
            _notebook("python", ["import os\n", "import pandas as pd\n"], "import numpy"),
            ("Jupyter", "Python"),
            ("numpy", "pandas"),
        ),
        (_notebook("R", ["library(dplyr)\n"]), ("Jupyter", "R"), ("dplyr",)),
        (_notebook("julia", ["using CSV\n"]), ("Jupyter",), ()),
        (b"not JSON", ("Jupyter", "Python"), ()),
        (b'{"cells": [1, {"cell_type": "code", "source": 5}]}', ("Jupyter", "Python"), ()),
    ],
)
def test_notebooks_are_read_for_what_they_load(
    notebook: bytes, prerequisites: tuple[str, ...], undeclared: tuple[str, ...]
) -> None:
    found = survey({"a/beds.ipynb": notebook})
    assert (found.prerequisites, found.undeclared, found.notebooks) == (prerequisites, undeclared, ("a/beds.ipynb",))


def test_sql_files_are_all_there_is_only_without_other_code() -> None:
    assert survey({"b.sql": b"", "a.sql": b"", "notes.md": b""}).sql_only == ("a.sql", "b.sql")
    assert survey({"b.sql": b"", "a.R": b""}).sql_only == ()


def test_what_no_manifest_names_is_told_by_name_in_r_and_by_language_elsewhere() -> None:
    files = {
        "a.R": b"library(DBI)\nlibrary(httr)\n",
        "DESCRIPTION": b"Package: x\nImports: DBI\n",
        "a.py": b"import yaml\n",
    }
    assert survey(files).undeclared == ("yaml", "httr")
    assert survey({**files, "requirements.txt": b"PyYAML\n"}).undeclared == ("httr",)
