"""The people of a repository: its own identities are the best list of names there is (facts, names 1.2)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from opensafe.git.graph import ObjectGraph, topological
from opensafe.git.parse import aside_identities
from opensafe.history.roster import Listed
from opensafe.history.trailers import trailer_identities
from opensafe.model.context import Person, PersonSource
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, Identity, Tag
from opensafe.model.identifiers import Oid

_BOT = expression(
    rb"\[bot\]|^(?:github(?:-actions)?|dependabot|renovate|gitlab|travis|web-flow|root|unknown|ubuntu|runner|nobody|"
    rb"your name|user|admin|git|jovyan|build|ci)$",
    re.IGNORECASE,
)
_MACHINE_MAIL = expression(rb"^(?:noreply|no-reply|git|root|you)@|@(?:localhost|example\.\w+)$|bot@", re.IGNORECASE)
_NOREPLY = expression(rb"^(?:\d{1,12}\+)?([a-z0-9-]{1,39})@users\.noreply\.github\.com$")
_SHARED_LOCAL_PARTS = frozenset(
    {b"info", b"contact", b"admin", b"mail", b"data", b"analytics", b"team", b"me", b"hello"}
)


def identities(graph: ObjectGraph) -> Iterator[Identity]:
    """Every author, committer, tagger and trailer, oldest commit first, duplicates included."""
    for oid in topological(graph.commits, graph.commits):
        yield from of_commit(graph.commits[oid])
    yield from of_tags(graph.tags)


def of_commit(commit: Commit) -> Iterator[Identity]:
    """Everybody whom a commit names."""
    yield commit.author
    yield commit.committer
    yield from aside_identities(commit.aside)
    yield from trailer_identities(commit.message)


def of_tags(tags: Mapping[Oid, Tag]) -> Iterator[Identity]:
    """Everybody whom annotated tags name, in the order of their ids."""
    for _, tag in sorted(tags.items()):
        if tag.tagger is not None:
            yield tag.tagger
        yield from aside_identities(tag.aside)
        yield from trailer_identities(tag.message)


def people_of(found: Iterable[Identity], roster: Iterable[Listed] = ()) -> tuple[Person, ...]:
    """Identities grouped into people, numbered in order of appearance; those of the roster follow.

    Two identities are one person when they share an e-mail address or a full name. Bots are nobody.
    """
    groups = _Groups()
    for identity in found:
        groups.add(identity.name, identity.email, PersonSource.IDENTITY)
    for listed in roster:
        groups.add(listed.name, listed.email, PersonSource.ROSTER, listed.login)
    return groups.people()


def is_machine(name: bytes, email: bytes) -> bool:
    """Whether an identity is a bot or a default rather than a person."""
    return bool(_BOT.search(name.strip())) or (bool(_MACHINE_MAIL.search(email)) and b" " not in name.strip())


class _Groups:
    def __init__(self) -> None:
        self._members: list[tuple[set[bytes], set[bytes], set[bytes], PersonSource]] = []
        self._by_key: dict[bytes, int] = {}

    def add(self, name: bytes, email: bytes, source: PersonSource, login: bytes = b"") -> None:
        name, email, login = b" ".join(name.split()), email.strip().lower(), login.strip().lower()
        if is_machine(name, email) or not (name or email or login):
            return
        keys = [kind + text for kind, text in ((b"n", name.lower()), (b"e", email), (b"l", login)) if text]
        known = sorted({self._by_key[key] for key in keys if key in self._by_key})
        at = known[0] if known else self._new(source)
        for other in known[1:]:
            self._merge(other, at)
        for texts, text in zip(self._members[at][:3], (name, email, login), strict=True):
            texts.update({text} - {b""})
        self._by_key.update(dict.fromkeys(keys, at))

    def _new(self, source: PersonSource) -> int:
        self._members.append((set(), set(), set(), source))
        return len(self._members) - 1

    def _merge(self, other: int, into: int) -> None:
        for mine, theirs in zip(self._members[into][:3], self._members[other][:3], strict=True):
            mine.update(theirs)
            theirs.clear()
        self._by_key = {key: into if at == other else at for key, at in self._by_key.items()}

    def people(self) -> tuple[Person, ...]:
        kept = [member for member in self._members if any(member[:3])]
        return tuple(
            Person(number, source, frozenset(names), frozenset(emails), frozenset({*_logins(emails), *logins}))
            for number, (names, emails, logins, source) in enumerate(kept, 1)
        )


def _logins(emails: Iterable[bytes]) -> Iterator[bytes]:
    """User names that e-mail addresses give away: the noreply login, or the local part."""
    for email in emails:
        noreply = _NOREPLY.match(email)
        local = noreply[1] if noreply else email.partition(b"@")[0]
        if local and local not in _SHARED_LOCAL_PARTS:
            yield local
