"""One history in which everything occurs that a rewrite must carry, and decisions about it."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange, IdentityRename, RewriteSpec
from opensafe.stories.builder import DELETED, MAIN, History, executable, gitlink, symlink
from tests.rewriting.rewriting_kit import ALICE, BOB, PLACEHOLDER, SECRET, World, look, redact, tell

TOPIC = b"refs/heads/topic"
DEAD = "1" * 40
LATIN_PATH = b"donn\xe9es/r\xe9sultat.txt"


def rich_history() -> History:
    """Clean commits first; then the value in text, UTF-16, base64, messages, tags, notes and names."""
    told = History(ALICE)
    first = told.commit(
        b"Start\n", {b"README.md": b"hello\n", b"src/run.sh": executable(b"run\n"), b"link": symlink(b"README.md")}
    )
    second = told.commit(
        b"Clean\n", {b"src/a.py": b"a = 1\n", b"vendor": gitlink(DEAD), LATIN_PATH: b"r\n"}, zone=b"+0545"
    )
    third = told.commit(b"Connect with " + SECRET + b"\n", {b"src/a.py": b"password = '" + SECRET + b"'\n"}, by=BOB)
    side = told.commit(b"Side, see nothing\n", {b"side.txt": b"side\n"}, branch=TOPIC, after=(second,))
    told.commit(
        b"More\n",
        {b"wide.sql": ("x = '" + SECRET.decode() + "'\n").encode("utf-16"), b"data/patients.csv": b"id\n"},
        when=-86_400,
    )
    conf = told.commit(
        b"Encoded\n", {b"conf.txt": b"k: " + base64.b64encode(b"password=" + SECRET + b" and more text") + b"\n"}
    )
    merge = told.commit(b"Merge\n", {b"side.txt": b"side\n"}, after=(conf, side, third))
    told.commit(b"caf\xe9\n", {b"src/a.py": DELETED, b"src/b.py": b"a = 1\n"}, encoding=b"ISO-8859-1", zone=b"-0000")
    told.commit(b"Empty\n")
    told.commit(b"Mode\n", {b"src/run.sh": b"run\n"})
    told.tag(b"v0", second, b"Clean release\n")
    told.tag(b"v1", merge, b"Release with " + SECRET + b"\n", by=BOB)
    told.note(third, b"Reviewed: " + SECRET + b"\n")
    told.note(first, b"Fine\n")
    told.ref(b"refs/heads/for-" + SECRET, side)
    return told


def rich_world(folder: Path) -> World:
    """The history above with tags that no porcelain makes."""
    folder.mkdir(exist_ok=True)
    repository, ids = tell(folder, rich_history())
    refs = repository.refs()
    blob = repository.write_object("blob", b"tagged: " + SECRET + b"\n")
    tree = repository.run("rev-parse", MAIN + b"~6^{tree}").decode().strip()
    inner = refs[b"refs/tags/v1"]
    repository.set_refs(
        {
            b"refs/tags/on-blob": raw_tag(repository, blob, "blob", b"on-blob"),
            b"refs/tags/on-tree": raw_tag(repository, Oid(tree), "tree", b"on-tree"),
            b"refs/tags/nested": raw_tag(repository, inner, "tag", b"nested"),
            b"refs/custom/tag": raw_tag(repository, refs[MAIN], "commit", b"outside"),
        }
    )
    return look(folder, repository, ids)


def raw_tag(repository: OwnedRepository, target: Oid, kind: str, name: bytes) -> Oid:
    lines = b"object %s\ntype %s\ntag %s\ntagger Carol <carol@trust.example> 1600000000 +0100\n\nA tag\n"
    return repository.write_object("tag", lines % (target.encode(), kind.encode(), name))


def rich_decisions(seen: World) -> RewriteSpec:
    """Redact the value, remove a file, rename a file, a ref and a person."""
    spec = redact(seen, seen.spec, SECRET, PLACEHOLDER)
    patients = blob_named(seen, b"patients.csv")
    return replace(
        spec,
        blobs=(*spec.blobs, BlobChange(patients, frozenset({b"data/patients.csv"}), remove=True)),
        identities=(IdentityRename(BOB.name, BOB.email, b"Person 2", b"person-2@example.invalid"),),
        ref_renames={b"refs/heads/for-" + SECRET: b"refs/heads/for-somebody"},
        path_renames={b"wide.sql": b"queries/wide.sql"},
    )


def blob_named(seen: World, name: bytes) -> Oid:
    entries = (entry for tree in seen.graph.trees.values() for entry in tree)
    return next(entry.oid for entry in entries if entry.name == name)


def headers(raw: bytes) -> Mapping[bytes, bytes]:
    lines = raw.partition(b"\n\n")[0].split(b"\n")
    return dict(line.split(b" ", 1) for line in lines)
