"""An index of many packs that leaves objects out is noticed, one that git wrote is not."""

import struct
from pathlib import Path

import pytest

from opensafe.git.layout import read_layout
from opensafe.git.multi_pack_index import hidden_objects
from opensafe.git.refs import read_refs
from opensafe.history.settings import history_settings
from opensafe.model.finding import Severity
from opensafe.stories.builder import History
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA


def _source(path: Path, object_format: str = "sha1") -> Path:
    """A git folder with two packs and an index of both."""
    workshop = Workshop.open(path, object_format=object_format)
    for number in range(2):
        history = History(ANNA)
        history.commit(b"%d\n" % number, {b"f": b"%d\n" % number}, branch=b"refs/heads/b%d" % number)
        workshop.tell(history)
        workshop.repository.run("repack", "-d", "-q")
    workshop.repository.run("-c", "core.multiPackIndex=true", "multi-pack-index", "write")
    return workshop.git_dir


def _index(git_dir: Path) -> Path:
    file = git_dir / "objects" / "pack" / "multi-pack-index"
    file.chmod(0o644)
    return file


def _forge(git_dir: Path) -> None:
    """Overwrite one id by another: the object that it was of is not listed any more."""
    data = bytearray(_index(git_dir).read_bytes())
    chunks = dict(struct.unpack_from(">4sQ", data, 12 + 12 * row) for row in range(data[6]))
    at = chunks[b"OIDL"]
    data[at : at + 20] = data[at + 20 : at + 40]
    _index(git_dir).write_bytes(data)


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_an_index_that_git_wrote_hides_nothing(tmp_path: Path, object_format: str) -> None:
    git_dir = _source(tmp_path / "r", object_format)
    assert len(list((git_dir / "objects" / "pack").glob("*.idx"))) == 2
    assert hidden_objects(git_dir / "objects") == 0
    assert hidden_objects(tmp_path) == 0


def test_a_forged_index_is_told(tmp_path: Path) -> None:
    git_dir = _source(tmp_path / "r")
    _forge(git_dir)
    assert hidden_objects(git_dir / "objects") == 1
    layout = read_layout(git_dir)
    (told,) = history_settings(layout, read_refs(layout))
    assert (told.id, told.severity) == ("forged-multi-pack-index", Severity.HIGH)
    assert told.title == "the multi-pack-index hides 1 object"


@pytest.mark.parametrize("kept", [4, 11, 40])
def test_a_damaged_index_is_told(tmp_path: Path, kept: int) -> None:
    git_dir = _source(tmp_path / "r")
    _index(git_dir).write_bytes(_index(git_dir).read_bytes()[:kept])
    with pytest.raises(ValueError, match="damaged"):
        hidden_objects(git_dir / "objects")
    layout = read_layout(git_dir)
    assert [told.title for told in history_settings(layout, read_refs(layout))] == ["the multi-pack-index is damaged"]
