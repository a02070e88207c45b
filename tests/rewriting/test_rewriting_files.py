"""Changes of single files: notebooks, containers, decisions for some paths only, files that tags hold."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, SpanEdit
from opensafe.model.rewrite import Lost
from opensafe.rewriting.build import Built
from opensafe.stories.builder import MAIN, Content, History
from tests.rewriting.rewriting_kit import (
    ALICE,
    PLACEHOLDER,
    SECRET,
    World,
    failed,
    file_at,
    look,
    make,
    paths_at,
    proven,
    redact,
    tell,
    world,
)
from tests.rewriting.rewriting_stories import blob_named, raw_tag


def one_commit(folder: Path, files: dict[bytes, Content]) -> World:
    told = History(ALICE)
    told.commit(b"One\n", files)
    return world(folder, told)


def notebook(*, outputs: list[dict[str, object]], kept: tuple[dict[str, object], ...] = ()) -> bytes:
    cell = {"cell_type": "code", "source": ["x = 1\n"], "outputs": outputs, "execution_count": 3, "metadata": {}}
    cells = [cell, *({**cell, "outputs": [output], "metadata": {"tags": ["keep_output"]}} for output in kept)]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}, indent=1).encode() + b"\n"


SHOWN: list[dict[str, object]] = [{"output_type": "stream", "name": "stdout", "text": ["patient\n"]}]


def test_outputs_are_stripped_and_the_source_stays(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"n.ipynb": notebook(outputs=SHOWN)})
    spec = replace(seen.spec, blobs=(BlobChange(blob_named(seen, b"n.ipynb"), strip_outputs=True),))
    built = make(seen, spec)
    cell = json.loads(file_at(built.repository, MAIN, b"n.ipynb"))["cells"][0]
    assert (cell["source"], cell["outputs"]) == (["x = 1\n"], [])
    assert failed(proven(seen, spec, built, [b"patient"])) == {}


def test_a_value_goes_from_an_output_that_is_marked_to_stay(tmp_path: Path) -> None:
    """Stripping leaves that output: what was decided about a value in it is done there, and nothing twice."""
    told: dict[str, object] = {"output_type": "stream", "name": "stdout", "text": [SECRET.decode() + " and more\n"]}
    seen = one_commit(tmp_path, {b"n.ipynb": notebook(outputs=[*SHOWN, told], kept=(told,))})
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    spec = replace(spec, blobs=tuple(change._replace(strip_outputs=True) for change in spec.blobs))
    built = make(seen, spec)
    cells = json.loads(file_at(built.repository, MAIN, b"n.ipynb"))["cells"]
    assert [cell["outputs"] for cell in cells] == [[], [{**told, "text": [PLACEHOLDER.decode() + " and more\n"]}]]
    assert failed(proven(seen, spec, built, [b"patient", SECRET])) == {}


def test_a_broken_notebook_goes(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"n.ipynb": notebook(outputs=SHOWN)[:-4], b"a": b"1"})
    blob = blob_named(seen, b"n.ipynb")
    spec = replace(seen.spec, blobs=(BlobChange(blob, strip_outputs=True),))
    built = make(seen, spec)
    assert paths_at(built.repository, MAIN) == [b"a"]
    assert built.claim.lost == (Lost("file that could not be changed inside", 1),)
    assert failed(proven(seen, spec, built)) == {}


def test_a_notebook_without_outputs_stays(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"n.ipynb": notebook(outputs=[]).replace(b"3", b"null")})
    spec = replace(seen.spec, blobs=(BlobChange(blob_named(seen, b"n.ipynb"), strip_outputs=True),))
    built = make(seen, spec)
    assert built.repository.refs() == make(seen, seen.spec, "untouched").repository.refs()
    assert failed(proven(seen, spec, built)) == {}


def test_a_value_in_a_zip_is_changed_there_or_the_file_goes(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/config.ini", b"password=" + SECRET + b"\n")
        archive.writestr("inner/readme.txt", b"stays\n")
    seen = one_commit(tmp_path, {b"box.zip": buffer.getvalue()})
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    assert spec.blobs
    built = make(seen, spec)
    assert failed(proven(seen, spec, built, [SECRET])) == {}
    with zipfile.ZipFile(io.BytesIO(file_at(built.repository, MAIN, b"box.zip"))) as archive:
        assert archive.read("inner/config.ini") == b"password=" + PLACEHOLDER + b"\n"
        assert archive.read("inner/readme.txt") == b"stays\n"


def narrowed(folder: Path) -> tuple[World, Built]:
    """One content at two paths: edited everywhere, edited once more at `b`, and removed at `c`."""
    seen = one_commit(folder, dict.fromkeys((b"a", b"b", b"c"), b"one two\n"))
    blob = blob_named(seen, b"a")
    everywhere = BlobChange(blob, None, (SpanEdit((), 0, 3, b"1"),))
    more = BlobChange(blob, frozenset({b"b"}), (SpanEdit((), 4, 7, b"2"),))
    gone = BlobChange(blob, frozenset({b"c"}), remove=True)
    spec = replace(seen.spec, blobs=(everywhere, more, gone))
    built = make(seen, spec)
    assert failed(proven(seen, spec, built)) == {}
    return seen, built


def test_changes_for_one_path_come_on_top_of_those_for_all(tmp_path: Path) -> None:
    _, built = narrowed(tmp_path)
    assert paths_at(built.repository, MAIN) == [b"a", b"b"]
    assert file_at(built.repository, MAIN, b"a") == b"1 two\n"
    assert file_at(built.repository, MAIN, b"b") == b"1 2\n"


def test_the_blob_map_names_a_new_blob(tmp_path: Path) -> None:
    seen, built = narrowed(tmp_path)
    new = built.blob_map[blob_named(seen, b"a")]
    assert built.repository.run("cat-file", "blob", new) == b"1 two\n"


def test_a_narrowed_decision_leaves_other_paths(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"keep/a": b"one\n", b"drop/a": b"one\n"})
    change = BlobChange(blob_named(seen, b"a"), frozenset({b"drop/a"}), remove=True)
    spec = replace(seen.spec, blobs=(change,))
    built = make(seen, spec)
    assert paths_at(built.repository, MAIN) == [b"keep/a"]
    assert failed(proven(seen, spec, built)) == {}


def test_a_tag_on_a_removed_file_goes_and_is_counted(tmp_path: Path) -> None:
    told = History(ALICE)
    told.commit(b"One\n", {b"a": b"1"})
    repository, ids = tell(tmp_path, told)
    blob = repository.write_object("blob", b"patients\n")
    repository.set_refs({b"refs/tags/data": raw_tag(repository, blob, "blob", b"data"), b"refs/tags/light": blob})
    seen = look(tmp_path, repository, ids)
    spec = replace(seen.spec, blobs=(BlobChange(blob, remove=True),))
    built = make(seen, spec)
    assert list(built.repository.refs()) == [MAIN]
    assert built.claim.lost == (Lost("ref", 2), Lost("tag", 1))
    assert failed(proven(seen, spec, built, [b"patients"])) == {}


def test_a_message_that_cannot_be_changed_inside_is_withheld(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"a": b"1"})
    tip: Oid = seen.spec.refs[MAIN]
    spec = replace(seen.spec, message_edits={tip: (SpanEdit(("zip:x",), 0, 1, b"y"),)})
    built = make(seen, spec)
    assert built.repository.run("log", "--format=%B", MAIN).strip() == b"(message withheld)"
    assert built.claim.lost == (Lost("message", 1),)
    assert failed(proven(seen, spec, built)) == {}


def test_a_workspace_left_by_a_killed_run_does_no_harm(tmp_path: Path) -> None:
    seen = one_commit(tmp_path, {b"a": SECRET})
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    left = tmp_path / "public-work"
    (left / "filter-repo").mkdir(parents=True)
    (left / "filter-repo" / "already_ran").write_bytes(b"")
    built = make(seen, spec)
    assert failed(proven(seen, spec, built, [SECRET])) == {}
    assert view_of(built.repository).git_dir == tmp_path / "public.git"


def test_an_empty_repository_is_built(tmp_path: Path) -> None:
    seen = world(tmp_path, History(ALICE))
    built = make(seen, seen.spec)
    assert built.repository.refs() == {}
    assert failed(proven(seen, seen.spec, built)) == {}


def test_json_stays_json_where_a_number_becomes_a_word(tmp_path: Path) -> None:
    value = b"12" + b"34567"
    text = b'{"id": %s, "note": "see %s, he said", "list": [1, %s]}\n' % (value, value, value)
    seen = one_commit(tmp_path, {b"p.json": text, b"p.py": b"x = [1, %s]\n" % value})
    spec = redact(seen, seen.spec, value, PLACEHOLDER)
    built = make(seen, spec)
    assert json.loads(file_at(built.repository, MAIN, b"p.json")) == {
        "id": PLACEHOLDER.decode(),
        "note": f"see {PLACEHOLDER.decode()}, he said",
        "list": [1, PLACEHOLDER.decode()],
    }
    assert file_at(built.repository, MAIN, b"p.py") == b"x = [1, %s]\n" % PLACEHOLDER
    assert failed(proven(seen, spec, built, [value])) == {}
