"""The people of a repository: its own identities are the best list of names there is (facts, names 1.2)."""

import re
from collections.abc import Iterable, Iterator

from opensafe.git.graph import ObjectGraph, topological
from opensafe.git.parse import aside_identities
from opensafe.history.trailers import trailer_identities
from opensafe.model.context import Person, PersonSource
from opensafe.model.gitobjects import Identity

_BOT = re.compile(
    rb"\[bot\]|^(?:github(?:-actions)?|dependabot|renovate|gitlab|travis|web-flow|root|unknown|ubuntu|runner|nobody|"
    rb"your name|user|admin|git|jovyan|build|ci)$",
    re.IGNORECASE,
)
_MACHINE_MAIL = re.compile(rb"^(?:noreply|no-reply|git|root|you)@|@(?:localhost|example\.\w+)$|bot@", re.IGNORECASE)
_NOREPLY = re.compile(rb"^(?:\d{1,12}\+)?([a-z0-9-]{1,39})@users\.noreply\.github\.com$")
_SHARED_LOCAL_PARTS = frozenset(
    {b"info", b"contact", b"admin", b"mail", b"data", b"analytics", b"team", b"me", b"hello"}
)


def identities(graph: ObjectGraph) -> Iterator[Identity]:
    """Every author, committer, tagger and trailer, oldest commit first, duplicates included."""
    for oid in topological(graph.commits, graph.commits):
        commit = graph.commits[oid]
        yield commit.author
        yield commit.committer
        yield from aside_identities(commit.aside)
        yield from trailer_identities(commit.message)
    for _, tag in sorted(graph.tags.items()):
        if tag.tagger is not None:
            yield tag.tagger
        yield from aside_identities(tag.aside)
        yield from trailer_identities(tag.message)


def people_of(found: Iterable[Identity], roster: Iterable[tuple[bytes, bytes]] = ()) -> tuple[Person, ...]:
    """Identities grouped into people, numbered in order of appearance; the roster's (name, e-mail) follow.

    Two identities are one person when they share an e-mail address or a full name. Bots are nobody.
    """
    groups = _Groups()
    for identity in found:
        groups.add(identity.name, identity.email, PersonSource.IDENTITY)
    for name, email in roster:
        groups.add(name, email, PersonSource.ROSTER)
    return groups.people()


def is_machine(name: bytes, email: bytes) -> bool:
    """Whether an identity is a bot or a default rather than a person."""
    return bool(_BOT.search(name.strip())) or (bool(_MACHINE_MAIL.search(email)) and b" " not in name.strip())


class _Groups:
    def __init__(self) -> None:
        self._members: list[tuple[set[bytes], set[bytes], PersonSource]] = []
        self._by_key: dict[bytes, int] = {}

    def add(self, name: bytes, email: bytes, source: PersonSource) -> None:
        name, email = b" ".join(name.split()), email.strip().lower()
        if is_machine(name, email) or not (name or email):
            return
        keys = [key for key in (name.lower() and b"n" + name.lower(), email and b"e" + email) if key]
        known = sorted({self._by_key[key] for key in keys if key in self._by_key})
        at = known[0] if known else self._new(source)
        for other in known[1:]:
            self._merge(other, at)
        names, emails, _ = self._members[at]
        names.update({name} - {b""})
        emails.update({email} - {b""})
        self._by_key.update(dict.fromkeys(keys, at))

    def _new(self, source: PersonSource) -> int:
        self._members.append((set(), set(), source))
        return len(self._members) - 1

    def _merge(self, other: int, into: int) -> None:
        for mine, theirs in zip(self._members[into][:2], self._members[other][:2], strict=True):
            mine.update(theirs)
            theirs.clear()
        self._by_key = {key: into if at == other else at for key, at in self._by_key.items()}

    def people(self) -> tuple[Person, ...]:
        kept = [(names, emails, source) for names, emails, source in self._members if names or emails]
        return tuple(
            Person(number, source, frozenset(names), frozenset(emails), frozenset(_logins(emails)))
            for number, (names, emails, source) in enumerate(kept, 1)
        )


def _logins(emails: Iterable[bytes]) -> Iterator[bytes]:
    """User names that e-mail addresses give away: the noreply login, or the local part."""
    for email in emails:
        noreply = _NOREPLY.match(email)
        local = noreply[1] if noreply else email.partition(b"@")[0]
        if local and local not in _SHARED_LOCAL_PARTS:
            yield local
