"""Reads single objects of the source through a view of its own, so that looking needs no lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.folder import Case
from opensafe.git.layout import read_layout
from opensafe.git.stream import ObjectReader
from opensafe.git.view import open_view


@contextmanager
def source_objects(case: Case) -> Iterator[ObjectReader]:
    """A reader of the source's objects. Raises SourceUnreadable where the source is not there any more."""
    with TemporaryDirectory(prefix="opensafe-") as folder:
        view = open_view(read_layout(Path(case.config.source)), Path(folder) / "view")
        with ObjectReader(view) as reader:
            yield reader
