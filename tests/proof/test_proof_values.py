"""The search for values that must be gone."""

import base64
import gzip
import json
import urllib.parse
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.git.graph import load_graph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import view_of
from opensafe.model.progress import NoProgress
from opensafe.model.secret import Secret
from opensafe.proof.forms import forms_of
from opensafe.proof.values import Residue, residue


@given(st.binary(min_size=5, max_size=40), st.binary(max_size=5), st.binary(max_size=5))
def test_base64_is_found_wherever_the_value_starts(value: bytes, before: bytes, after: bytes) -> None:
    encoded = base64.b64encode(before + value + after)
    assert any(form in encoded for form in forms_of(value))


@given(st.text(min_size=4, max_size=20).map(str.encode))
def test_escapes_are_found(value: bytes) -> None:
    forms = forms_of(value)
    text = value.decode()
    written = [json.dumps(text), urllib.parse.quote(text, safe=""), urllib.parse.quote_plus(text), value.hex()]
    for encoded in (*map(str.encode, written), text.encode("utf-16-le"), text.encode("utf-16-be")):
        assert any(form in encoded for form in forms)


@pytest.mark.parametrize(("value", "forms"), [(b"", ()), (b"Li", (b"Li",)), (b"Bob", (b"Bob",))])
def test_short_values_are_searched_as_they_are(value: bytes, forms: tuple[bytes, ...]) -> None:
    assert forms_of(value) == forms


def search(folder: Path, content: bytes, *values: bytes) -> Residue:
    repository = OwnedRepository.create(folder / "r.git")
    repository.write_object("blob", content)
    view = view_of(repository)
    return residue(view, load_graph(view), [Secret(value) for value in values], NoProgress())


def test_values_inside_compressed_files_are_found(tmp_path: Path) -> None:
    found = search(
        tmp_path, gzip.compress(b"name: Margaret Hamilton\n", mtime=0), b"Margaret Hamilton", b"Ada Lovelace"
    )
    assert [value for value, _ in found.found] == [0]


def test_overlapping_values_are_all_found(tmp_path: Path) -> None:
    found = search(tmp_path, b"Annabelle\n", b"Anna", b"Annabelle", b"belle")
    assert [value for value, _ in found.found] == [0, 1, 2]


def test_short_values_do_not_match_binary_noise(tmp_path: Path) -> None:
    assert not search(tmp_path, b"\x89PNG\r\n\x1a\n\0\0Bob\0\xff\xfe", b"Bob").found


def test_short_values_match_text(tmp_path: Path) -> None:
    assert search(tmp_path, b"by Bob\n", b"Bob").found
