"""Identity lines that fast-export or fast-import cannot take, repaired by one rule (facts, section 9.3).

A missing e-mail becomes `<>`, a date that cannot be read `0 +0000`; the rest stays. The repaired commits stand in
for the broken ones through refs/replace of our own work repository, so that git itself hands them to the filter.
"""

import re
from collections.abc import Iterable

from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import parse_identity
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, Identity, RawObject
from opensafe.model.identifiers import Oid
from opensafe.rewriting.rawobjects import format_identity

_GOOD_DATE = expression(rb"-?[0-9]{1,18} [+-][0-9]{1,9}")
_GOOD_LINE = expression(rb"[^<>\n]* <[^<>\n]*> -?[0-9]{1,18} [+-][0-9]{1,9}")
_HEADER = expression(rb"(?m)^(author|committer)(?: (.*))?$")
_REPLACE = b"refs/replace/"


def repaired(who: Identity) -> Identity:
    """An identity that git's stream can carry; a good one is unchanged."""
    name, email = (re.sub(rb"[<>\n]", b"", part) for part in (who.name, who.email))
    return Identity(name, email, who.when if _GOOD_DATE.fullmatch(who.when) else b"0 +0000")


def repair_commits(work: OwnedRepository, source: ObjectView, commits: Iterable[Commit]) -> frozenset[Oid]:
    """Put a repaired commit in the place of each one whose lines are malformed, and say which they are."""
    suspects = [commit.oid for commit in commits]
    bad: dict[Oid, Oid] = {}
    for item in read_objects(source, suspects):
        if isinstance(item, RawObject) and (good := with_good_lines(item.data)) != item.data:
            bad[item.oid] = work.write_object("commit", good)
    work.set_refs({_REPLACE + oid.encode(): new for oid, new in bad.items()})
    return frozenset(bad)


def with_good_lines(data: bytes) -> bytes:
    """The raw commit with one good author and one good committer line, behind its parents; a sound one as it is."""
    if _well_formed(data):
        return data
    head, _, message = data.partition(b"\n\n")
    lines = head.split(b"\n")
    found = {match[1]: match[2] or b"" for match in reversed(list(_HEADER.finditer(head)))}
    first = [line for line in lines if line.startswith((b"tree ", b"parent "))]
    people = [role + b" " + format_identity(repaired(_read(found.get(role)))) for role in (b"author", b"committer")]
    others = [line for line in lines if line and line not in first and not _HEADER.fullmatch(line)]
    return b"\n".join([*first, *people, *others]) + b"\n\n" + message


def _read(value: bytes | None) -> Identity:
    return Identity(b"", b"", b"") if value is None else parse_identity(value)


def _well_formed(data: bytes) -> bool:
    head = data.partition(b"\n\n")[0]
    people = _HEADER.findall(head)
    return [role for role, _ in people] == [b"author", b"committer"] and all(
        _GOOD_LINE.fullmatch(line) for _, line in people
    )
