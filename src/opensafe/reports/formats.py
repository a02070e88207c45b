"""The catalogue of report formats, by listing this folder: one new format is one new file with a `FORMAT`."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from opensafe import reports
from opensafe.reports.report_format import ReportFormat


def _found() -> Iterator[ReportFormat]:
    for module in iter_modules(reports.__path__):
        if f"{reports.__name__}.{module.name}" != __name__:
            found = getattr(import_module(f"{reports.__name__}.{module.name}"), "FORMAT", None)
            if isinstance(found, ReportFormat):
                yield found


FORMATS: Mapping[str, ReportFormat] = {found.name: found for found in _found()}
"""What `--format` takes, and what makes the text."""
