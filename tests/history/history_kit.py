"""Reads stories and tales as the audit does."""

from pathlib import Path

from opensafe.git.layout import read_layout
from opensafe.history.metadata import Located, metadata
from opensafe.history.reading import History, read_history
from opensafe.model.progress import NoProgress


def read(source: Path, folder: Path, publish: tuple[str, ...] = ()) -> History:
    """The history of a source, read through a view in `folder`."""
    return read_history(read_layout(source), folder / "view", NoProgress(), publish)


def located(history: History) -> list[Located]:
    """Every specimen outside file content."""
    return list(metadata(history.graph, history.provenance, history.refs, history.published, history.reflogs))
