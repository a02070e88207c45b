"""Reads single objects of the source through a view of its own, so that looking needs no lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.errors import SourceUnreadable
from opensafe.git.layout import SourceLayout, read_layout
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView, open_view


def source_layout(case: Case) -> SourceLayout:
    """How the source lies on disk. Raises SourceUnreadable, which says what to do once case or source were moved."""
    folder = Path(case.config.source)
    if not folder.exists():
        raise SourceUnreadable(
            f"the source is not at {shown_path(folder)}",
            remedy='if it was moved, write its place into case.toml (source = "FOLDER"), then run the command again',
        )
    return read_layout(folder)


@contextmanager
def source_view(case: Case) -> Iterator[ObjectView]:
    """A view of the source's objects. Raises SourceUnreadable where the source is not there any more."""
    with TemporaryDirectory(prefix="opensafe-") as folder:
        yield open_view(source_layout(case), Path(folder) / "view")


@contextmanager
def source_objects(case: Case) -> Iterator[ObjectReader]:
    """The same, for objects that are asked for one by one."""
    with source_view(case) as view, ObjectReader(view) as reader:
        yield reader
