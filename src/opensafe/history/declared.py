"""The people whom a project's own files name as its authors: they need not have made a commit.

What the files are is a matter of habit: R's DESCRIPTION, Python's and JavaScript's manifests, the Citation File
Format, CodeMeta, Zenodo, AUTHORS and the like. They are searched for shapes, not parsed: old versions may be broken.
"""

import re
from collections.abc import Iterable, Iterator

from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.history.provenance import Provenance
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Identity, RawObject
from opensafe.model.identifiers import Oid

_FILES = frozenset(
    b"description citation citation.cff citation.bib pyproject.toml setup.py setup.cfg package.json .zenodo.json"
    b" codemeta.json authors authors.md authors.txt contributors contributors.md contributors.txt .mailmap codeowners"
    b" maintainers maintainers.md publiccode.yml".split()
)
MOST = 2_000
"""Versions of such files that are looked at."""

_LARGEST = 262_144  # bytes of one
_TEXT = rb"[\"'](?P<%b>[^\"'\n]{1,80})[\"']"
_ADDRESSED = expression(
    rb"(?P<name>[^<>\"'\n{}()\[\]=:,;|#*]{2,80}?)[ \t]{0,4}<(?P<email>[^<>\s@]{1,64}@[^<>\s]{1,190})>"
)
_PERSON = expression(
    rb"person\(\s{0,40}(?:given\s{0,4}=\s{0,4})?"
    + (_TEXT % b"given")
    + rb"\s{0,40},\s{0,40}(?:(?:middle\s{0,4}=\s{0,4})?(?:NULL|[\"'][^\"'\n]{0,80}[\"'])"
    rb"\s{0,40},\s{0,40}(?=family|[\"']))?"
    rb"(?:family\s{0,4}=\s{0,4})?" + (_TEXT % b"family")
)
_GIVEN = rb"given[-_ ]?names?[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<%b>[^\"'\n,}]{1,80})"
_FAMILY = rb"family[-_ ]?names?[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<%b>[^\"'\n,}]{1,80})"
_PARTS = expression(
    rb"(?i)(?:"
    + (_GIVEN % b"given")
    + rb".{0,120}?"
    + (_FAMILY % b"family")
    + rb"|"
    + (_FAMILY % b"family_first")
    + rb".{0,120}?"
    + (_GIVEN % b"given_last")
    + rb")",
    re.DOTALL,
)
_KEYED = expression(
    rb"(?i)(?<![\w-])(?:authors?|maintainers?|contributors?|creators?|contacts?)[\"']?\s{0,4}[:=]\s{0,4}"
    rb"(?:[\"'](?P<one>[^\"'\n<>@]{3,80})[\"']"
    rb"|(?P<plain>[A-Z](?:[^\"'\n<>@{}\[\]()=:]|\[[^\]\n]{0,80}\]){3,400})"
    rb"|(?P<block>[\[{].{0,4000}?[\]}]\s))",
    re.DOTALL,
)
_NAMED = expression(rb"(?i)(?<![\w-])name[\"']?\s{0,4}[:=]\s{0,4}" + (_TEXT % b"name"))
_ROLES = expression(rb"\s{0,4}[\[(][^\])]{0,80}[\])]")


def declarations(provenance: Provenance) -> list[tuple[bytes, Oid]]:
    """Every version of such a file, in the order of paths."""
    return sorted({(path, oid) for oid, path in provenance.files() if is_declaration(path)})


def declared_by(view: ObjectView, wanted: Iterable[tuple[bytes, Oid]]) -> Iterator[tuple[Oid, tuple[Identity, ...]]]:
    """Whom each of these contents names, MOST of them at the most."""
    oids = list(dict.fromkeys(oid for _, oid in wanted))[:MOST]
    for item in read_objects(view, oids):
        if isinstance(item, RawObject) and len(item.data) <= _LARGEST:
            yield item.oid, tuple(declared_in(item.data))


def declared_in(text: bytes) -> Iterator[Identity]:
    """The people that one such file names, by name, address or both."""
    for match in _ADDRESSED.finditer(text):
        yield _identity(match["name"], match["email"])
    for match in _PERSON.finditer(text):
        yield _identity(match["given"] + b" " + match["family"])
    for match in _PARTS.finditer(text):
        given = match["given"] or match["given_last"]
        yield _identity(given.strip() + b" " + (match["family"] or match["family_first"]).strip())
    for match in _KEYED.finditer(text):
        yield from map(_identity, _keyed(match))


def _keyed(match: re.Match[bytes]) -> Iterator[bytes]:
    if match["block"]:
        yield from (named["name"] for named in _NAMED.finditer(match["block"]))
        return
    parts = _ROLES.sub(b"", match["one"] or match["plain"]).split(b",")
    is_list = all(b" " in part.strip() for part in parts)
    yield from parts if is_list else [b",".join(parts)]


def _identity(name: bytes, email: bytes = b"") -> Identity:
    plain = b" ".join(_ROLES.sub(b"", name).split()).strip(b"\"' -.")
    last, comma, first = plain.partition(b", ")
    return Identity(first + b" " + last if comma else plain, email, b"")


def is_declaration(path: bytes) -> bool:
    """Whether a file at this path names the authors of its project."""
    return path.rpartition(b"/")[2].lower() in _FILES
