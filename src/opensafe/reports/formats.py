"""The catalogue of report formats, by listing this folder: one new format is one new file with a `FORMAT`."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from opensafe import reports
from opensafe.model.caseview import CaseView
from opensafe.reports.report_format import ReportFormat


def _found() -> Iterator[ReportFormat]:
    for module in iter_modules(reports.__path__):
        if f"{reports.__name__}.{module.name}" != __name__:
            found = getattr(import_module(f"{reports.__name__}.{module.name}"), "FORMAT", None)
            if isinstance(found, ReportFormat):
                yield found


_BY_NAME = {found.name: found for found in _found()}

FORMATS: Mapping[str, Callable[[CaseView], str]] = {name: found.render for name, found in _BY_NAME.items()}
"""What `--format` takes, and the function that makes the text."""

SUFFIXES: Mapping[str, str] = {name: found.suffix for name, found in _BY_NAME.items()}
"""How the file of a format ends, with its dot."""
