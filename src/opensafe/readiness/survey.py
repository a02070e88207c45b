"""What is in a repository, worked out from its files, so that its README can say something true and useful."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from opensafe.model.expressions import expression
from opensafe.readiness.inventory import Component, imported, inventory
from opensafe.readiness.manifests import dcf_fields, json_object, table, toml_table
from opensafe.readiness.notebook_code import as_scripts, notebooks
from opensafe.readiness.text import text_of

_EXTENSIONS = {
    "R": ".r .rmd .qmd",
    "Python": ".py .pyw",
    "Jupyter notebook": ".ipynb",
    "SQL": ".sql",
    "SAS": ".sas",
    "Stata": ".do .ado",
    "Julia": ".jl",
    "JavaScript": ".js .mjs .ts .jsx .tsx",
    "Shell": ".sh .bash .ps1 .bat",
    "Java": ".java",
    ".NET": ".cs .vb",
    "C and C++": ".c .h .cpp .hpp .cc",
}
_LANGUAGES = {extension: name for name, extensions in _EXTENSIONS.items() for extension in extensions.split()}
_DATA = expression(
    r".*\.(?:csv|tsv|xls[xbm]?|ods|parquet|feather|arrow|rds|rda|rdata|sav|dta|sas7bdat"
    r"|sqlite3?|db|mdb|accdb|pkl|pickle|npy|h5|hdf5|gpkg|shp)",
    re.IGNORECASE | re.DOTALL,
)
# What must be there for a language that is no program of its own.
_NEEDED = {"SQL": "A database for the SQL files", "Jupyter notebook": "Jupyter", "Shell": "A shell for the scripts"}
# Names of files that are put into command lines: nothing that a shell would act on.
_PLAIN_PATH = expression(r"[A-Za-z0-9_][\w./-]{0,120}", re.ASCII)
_PLAIN_NAME = expression(r"[A-Za-z0-9][\w.-]{0,80}", re.ASCII)
_ENTRY = expression(
    r"(?:(?:scripts|src|R|analysis)/)?(?:main|app|run|run[_-]\w{1,40}|\d{0,2}[_-]?(?:main|run|master)\w{0,40})\.(?:py|r)",
    re.IGNORECASE,
)
_SHOWN_ROWS = 30
_SHOWN_FILES = 20


@dataclass(frozen=True, slots=True)
class Survey:
    """Facts for a README. `install` and `run` are command lines; `structure` pairs a path with what it holds.

    `undeclared` are the packages that scripts and notebooks load and no manifest names;
    `sql_only` are the SQL files of a project that has no other code.
    """

    prerequisites: tuple[str, ...]
    components: tuple[Component, ...]
    undeclared: tuple[str, ...]
    install: tuple[str, ...]
    run: tuple[str, ...]
    notebooks: tuple[str, ...]
    sql_only: tuple[str, ...]
    data_files: tuple[str, ...]
    structure: tuple[tuple[str, str], ...]


def survey(files: Mapping[str, bytes]) -> Survey:
    components = inventory(files)
    declared = {component.ecosystem for component in components}
    code = {**files, **as_scripts(files)}
    loaded = imported(code)
    return Survey(
        prerequisites=_prerequisites(code),
        components=components,
        undeclared=_undeclared(loaded, components),
        install=_install(files, () if "R" in declared else loaded.get("R", ())),
        run=_run(files),
        notebooks=notebooks(files),
        sql_only=tuple(path for path in sorted(files) if _language(path)) if _languages(files) == ("SQL",) else (),
        data_files=data_files(files),
        structure=_structure(files),
    )


def _undeclared(loaded: Mapping[str, tuple[str, ...]], components: Iterable[Component]) -> tuple[str, ...]:
    """R loads packages by the names that manifests give them. Elsewhere the two may differ: any manifest will do."""
    named = {(component.ecosystem, component.name) for component in components}
    covered = {ecosystem for ecosystem, _ in named} - {"R"}
    return tuple(
        name
        for ecosystem, names in loaded.items()
        for name in names
        if ecosystem not in covered and (ecosystem, name) not in named
    )


def data_files(paths: Iterable[str]) -> tuple[str, ...]:
    """The files whose names say that they hold data (spreadsheets, tables, databases, R and Python objects)."""
    return tuple(sorted(path for path in paths if _DATA.fullmatch(path)))


def _language(path: str) -> str:
    return _LANGUAGES.get(PurePosixPath(path).suffix.lower(), "")


def _languages(paths: Iterable[str]) -> tuple[str, ...]:
    """The languages, the one with most files first."""
    counts = Counter(language for language in map(_language, paths) if language)
    return tuple(sorted(counts, key=lambda language: (-counts[language], language)))


def _prerequisites(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The languages with the versions that the manifests ask for."""
    asked = {"Python": _python_version(files), "R": _r_version(files)}
    return tuple(f"{_NEEDED.get(name, name)} {asked.get(name, '')}".strip() for name in _languages(files))


def _python_version(files: Mapping[str, bytes]) -> str:
    project = table(toml_table(files.get("pyproject.toml", b"")), "project")
    return str(project.get("requires-python", ""))


def _r_version(files: Mapping[str, bytes]) -> str:
    depends = dcf_fields(files.get("DESCRIPTION", b"")).get("Depends", "")
    asked = re.search(r"\bR\s{0,4}\(([^)]{1,40})\)", depends)
    locked = table(json_object(files.get("renv.lock", b"")), "R").get("Version", "")
    return asked.group(1) if asked else str(locked)


def _install(files: Mapping[str, bytes], r_packages: Iterable[str]) -> tuple[str, ...]:
    """Command lines that the manifests at the top level call for."""
    lines: list[str] = []
    if "environment.yml" in files:
        lines += ["conda env create -f environment.yml", *_activate(files["environment.yml"])]
    lines += [f"python -m pip install -r {name}" for name in ("requirements.txt",) if name in files]
    pyproject = toml_table(files.get("pyproject.toml", b""))
    if "project" in pyproject or "build-system" in pyproject or "setup.py" in files or "setup.cfg" in files:
        lines.append("python -m pip install .")
    if "renv.lock" in files:
        lines.append('Rscript -e "renv::restore()"')
    elif "Package" in dcf_fields(files.get("DESCRIPTION", b"")):
        lines.append("Rscript -e \"install.packages('remotes'); remotes::install_local('.')\"")
    elif named := [name for name in r_packages if _PLAIN_NAME.fullmatch(name)]:
        lines.append(f'Rscript -e "install.packages(c({", ".join(repr(name) for name in named)}))"')
    lines += ["npm install"] if "package.json" in files else []
    return tuple(lines)


def _activate(environment: bytes) -> tuple[str, ...]:
    named = re.search(
        r"^name:[ \t]{1,4}([A-Za-z0-9][\w.-]{0,80})[ \t]{0,4}$", text_of(environment), re.MULTILINE | re.ASCII
    )
    return (f"conda activate {named.group(1)}",) if named else ()


def _run(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Command lines that start the work: declared scripts, workflow files, scripts named for it."""
    scripts = table(toml_table(files.get("pyproject.toml", b"")), "project", "scripts")
    lines = [f"{name} --help" for name in sorted(scripts) if _PLAIN_NAME.fullmatch(name)]
    package = dcf_fields(files.get("DESCRIPTION", b"")).get("Package", "")
    lines += [f"Rscript -e \"help(package = '{package}')\""] if _PLAIN_NAME.fullmatch(package) else []
    lines += ['Rscript -e "targets::tar_make()"'] if "_targets.R" in files else []
    lines += ["snakemake --cores 1"] if "Snakefile" in files else []
    lines += ["make"] if "Makefile" in files else []
    entries = sorted(path for path in files if _ENTRY.fullmatch(path) and _PLAIN_PATH.fullmatch(path))
    lines += [f"{'python' if path.lower().endswith('.py') else 'Rscript'} {path}" for path in entries[:_SHOWN_FILES]]
    return tuple(lines)


def _structure(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The folders at the top level with what they hold, then the files with code or data, at most 30 rows."""
    folders: dict[str, list[str]] = {}
    for path in files:
        top, slash, _ = path.partition("/")
        if slash and not top.startswith("."):
            folders.setdefault(top, []).append(path)
    rows = [(f"{name}/", _contents(held)) for name, held in sorted(folders.items())]
    rows += [(path, _contents([path])) for path in sorted(files) if "/" not in path and _kind(path)]
    return tuple(rows[:_SHOWN_ROWS])


def _kind(path: str) -> str:
    return _language(path) or ("data" if data_files([path]) else "")


def _contents(paths: list[str]) -> str:
    """What the files are, as "3 R, 1 data, 2 other files"."""
    counts = Counter(_kind(path) or "other" for path in paths)
    listed = sorted(counts, key=lambda kind: (kind == "other", -counts[kind], kind))
    return ", ".join(f"{counts[kind]} {kind}" for kind in listed) + (" file" if len(paths) == 1 else " files")
