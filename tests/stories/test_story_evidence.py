"""The helpers that other tests rely on: a digest that sees every change, a search that sees every form."""

import base64
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.kit.evidence import digest_tree, forms_of, search_bytes

VALUE = b"Q7xPlantedValue"


def _tree(root: Path) -> Path:
    (root / "folder").mkdir(parents=True)
    (root / "folder" / "file").write_bytes(b"content")
    (root / "empty").mkdir()
    (root / "link").symlink_to("folder/file")
    return root


def _retarget(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").symlink_to("folder")


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda root: (root / "folder" / "file").write_bytes(b"Content"),
    "new file": lambda root: (root / "new").touch(),
    "name": lambda root: (root / "folder" / "file").rename(root / "folder" / "elif"),
    "mode": lambda root: (root / "folder" / "file").chmod(0o400),
    "empty folder": lambda root: (root / "empty").rmdir(),
    "target of a symlink": _retarget,
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_digest_sees_every_change(tmp_path: Path, change: str) -> None:
    root = _tree(tmp_path / "r")
    before = digest_tree(root)
    CHANGES[change](root)
    assert digest_tree(root) != before


def test_the_digest_does_not_see_where_a_folder_lies_and_when_it_was_written(tmp_path: Path) -> None:
    one, other = _tree(tmp_path / "one"), _tree(tmp_path / "other")
    os.utime(other / "folder" / "file", (1, 1))
    assert digest_tree(one) == digest_tree(other)


FORMS = {
    "raw": VALUE,
    "utf-16": VALUE.decode().encode("utf-16"),
    "utf-16, big endian": VALUE.decode().encode("utf-16-be"),
    "hex": VALUE.hex().encode(),
    "base64": base64.b64encode(VALUE),
    "base64, one before": base64.b64encode(b"=" + VALUE + b"=="),
    "base64, two before": base64.b64encode(b'="' + VALUE + b'"'),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_search_sees_a_value_in_this_form(tmp_path: Path, form: str) -> None:
    hit, miss = tmp_path / "hit", tmp_path / "miss"
    hit.write_bytes(b"before " + FORMS[form] + b" after")
    miss.write_bytes(FORMS[form][:-4])
    assert search_bytes(tmp_path, [VALUE]) == [hit]


def test_the_search_sees_names_and_leaves_out_what_it_is_told(tmp_path: Path) -> None:
    named = tmp_path / f"x-{VALUE.decode()}.txt"
    named.touch()
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "raw").write_bytes(VALUE)
    assert search_bytes(tmp_path, [VALUE], exclude=[tmp_path / "case"]) == [named]


@given(value=st.binary(min_size=6), before=st.binary(max_size=5), after=st.binary(max_size=5))
def test_a_value_within_base64_is_always_seen(value: bytes, before: bytes, after: bytes) -> None:
    text = base64.b64encode(before + value + after)
    assert any(form in text for form in forms_of(value))
