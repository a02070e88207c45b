"""Every kind of place in which a value may be left, in every form: the search must find it there."""

import base64
import json
import sqlite3
import tempfile
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from fixtures.kit.containers import gzipped, workbook, zipped
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import MAIN
from tests.proof.forger import NOTES, Forger, Sabotage
from tests.rewriting.rewriting_kit import BOB, SECRET

_TEXT = SECRET.decode()
_NAME = BOB.name.decode()
_FOUND = frozenset({"no-value-left"})


def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.sqlite"
        with closing(sqlite3.connect(file)) as database:
            database.executescript("CREATE TABLE settings (name TEXT, value TEXT)")
            database.execute("INSERT INTO settings VALUES ('password', ?)", (_TEXT,))
            database.commit()
        return file.read_bytes()


def _notebook(**cell: object) -> bytes:
    cells = [{"cell_type": "code", "metadata": {}, "execution_count": None, "source": [], "outputs": [], **cell}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


_CONTENTS: dict[str, bytes] = {
    "as it is": b"x " + SECRET + b" y\n",
    "behind a NUL byte": b"\0\x01" + SECRET,
    "as UTF-16, little end first": _TEXT.encode("utf-16-le"),
    "as UTF-16, big end first": _TEXT.encode("utf-16-be"),
    "as UTF-16 with a mark": f"x {_TEXT} y\n".encode("utf-16"),
    "in base64, first alignment": base64.b64encode(b"abc" + SECRET),
    "in base64, second alignment": base64.b64encode(b"a" + SECRET),
    "in base64, third alignment": base64.b64encode(b"ab" + SECRET),
    "in base64 for URLs": base64.urlsafe_b64encode(b"?>" + BOB.name),
    "in hexadecimal digits": SECRET.hex().encode(),
    "in capital hexadecimal digits": SECRET.hex().upper().encode(),
    "in a URL": b"https://example.org/?by=" + urllib.parse.quote(_NAME).encode(),
    "in a URL, with plus signs": b"https://example.org/?by=" + urllib.parse.quote_plus(_NAME).encode(),
    "in a URL, every byte escaped": b"".join(b"%%%02x" % byte for byte in SECRET),
    "escaped in JSON": json.dumps({"by": _NAME}).encode(),
    "in a compressed file": gzipped(b"password " + SECRET + b"\n"),
    "in a member of an archive": zipped({"a/settings.txt": b"password " + SECRET + b"\n"}),
    "in an archive in an archive": zipped({"b.zip": zipped({"settings.txt": b"password " + SECRET + b"\n"})}),
    "in a text document": zipped({"word/document.xml": b"<w:document><w:t>" + SECRET + b"</w:t></w:document>"}),
    "in a cell of a workbook": workbook({"Sheet": [["password"], [_TEXT]]}, hidden=[], creator="x"),
    "in a row of a database": _sqlite(),
    "in the code of a notebook": _notebook(source=[f"password = '{_TEXT}'\n"]),
    "in an output of a notebook": _notebook(
        outputs=[{"output_type": "stream", "name": "stdout", "text": [f"password {_TEXT}\n"]}]
    ),
}


def _in_file(content: bytes) -> Callable[[Forger], None]:
    return lambda forger: forger.file(b"side.txt", content)


def _in_commit(old: bytes, new: bytes) -> Callable[[Forger], None]:
    return lambda forger: forger.tip(lambda data: data.replace(old, new, 1))


def _in_notes(old: bytes, new: bytes) -> Callable[[Forger], None]:
    return lambda forger: forger.forge(
        forger.repository.refs()[NOTES], "commit", lambda data: data.replace(old, new, 1)
    )


def _in_a_folder(forger: Forger) -> None:
    blob = forger.repository.write_object("blob", b"x\n")
    below = forger.repository.write_object("tree", b"100644 x\0" + bytes.fromhex(blob))
    forger.tree(lambda entries: [*entries, TreeEntry(0o40000, SECRET, below)])


def _in_a_note(forger: Forger) -> None:
    blob = forger.repository.write_object("blob", b"Reviewed: " + SECRET)
    forger.note_tree(lambda entries: [replace(entries[0], oid=blob), *entries[1:]])


_ELSEWHERE: dict[str, Callable[[Forger], None]] = {
    "the message of a commit": lambda forger: forger.tip(lambda data: data + SECRET),
    "a message behind a NUL byte": lambda forger: forger.tip(lambda data: data + b"\0" + SECRET),
    "a trailer": lambda forger: forger.tip(lambda data: data + b"\nSigned-off-by: " + BOB.name + b" <x@example.org>\n"),
    "the name of an author": _in_commit(b"author Alice Archer", b"author " + BOB.name),
    "the address of an author": _in_commit(b"author Alice Archer <alice", b"author Alice Archer <" + SECRET),
    "the name of a committer": _in_commit(b"committer Alice Archer", b"committer " + BOB.name),
    "an extra header": _in_commit(b"\n\n", b"\nHG:extra " + SECRET + b"\n\n"),
    "a merged tag in a header": _in_commit(
        b"\n\n", b"\nmergetag object " + b"1" * 40 + b"\n type commit\n tag x\n \n " + SECRET + b"\n\n"
    ),
    "a signature in a header": _in_commit(
        b"\n\n",
        b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n "
        + base64.b64encode(b"id " + SECRET)
        + b"\n -----END PGP SIGNATURE-----\n\n",
    ),
    "the message of a tag": lambda forger: forger.tag(lambda data: data + SECRET),
    "the name inside a tag": lambda forger: forger.tag(lambda data: data.replace(b"tag on-blob", b"tag " + SECRET)),
    "the tagger of a tag": lambda forger: forger.tag(lambda data: data.replace(b"tagger Carol", b"tagger " + BOB.name)),
    "a note": _in_a_note,
    "the key of a note": lambda forger: forger.note_tree(lambda e: [replace(e[0], name=SECRET), *e[1:]]),
    "the message of a commit of notes": _in_notes(b"\n\n", b"\n\n" + SECRET + b" "),
    "the author of a commit of notes": _in_notes(b"author Alice Archer", b"author " + BOB.name),
    "the name of a branch": lambda forger: forger.repository.set_refs(
        {b"refs/heads/" + SECRET: forger.repository.refs()[MAIN]}
    ),
    "the name of a file": lambda forger: forger.replace_entry(b"side.txt", name=SECRET),
    "the name of a folder": _in_a_folder,
    "the target of a symbolic link": lambda forger: forger.add(b"shortcut", b"../" + SECRET, 0o120000),
    "the path of a submodule": lambda forger: forger.tree(lambda e: [*e, TreeEntry(0o160000, SECRET, Oid("2" * 40))]),
    "the URL of a submodule": lambda forger: forger.add(
        b".gitmodules", b'[submodule "x"]\n\turl = https://me:' + SECRET + b"@example.org/x\n"
    ),
}

VALUES_LEFT: tuple[Sabotage, ...] = (
    *(Sabotage(f"a file, {form}", _in_file(content), _FOUND) for form, content in _CONTENTS.items()),
    *(Sabotage(place, spoil, _FOUND) for place, spoil in _ELSEWHERE.items()),
)
