"""Compares commits: parents, people, dates, messages and headers are what they were, or what was decided."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit, Identity
from opensafe.model.identifiers import Oid
from opensafe.proof.decided import Decided

_COMMIT_ID = expression(rb"\b[0-9a-f]{7,40}\b")
_MAKER = (b"opensafe", b"opensafe@example.invalid")
_ENCODING = b"encoding"
_SIGNATURES = frozenset({b"gpgsig", b"gpgsig-sha256"})


class TranslatedIds:
    """Tells whether an id in a message, long or short, became the id of the same commit."""

    def __init__(self, commits: Mapping[Oid, Oid | None]) -> None:
        self._new = {old.encode(): new.encode() for old, new in commits.items() if new is not None and new != old}
        self._old = sorted(self._new)

    def same_message(self, expected: bytes, actual: bytes) -> bool:
        """Equal but for ids that were translated. One that was not (a later commit's) is the same text."""
        if expected == actual:
            return True
        if _COMMIT_ID.split(expected) != _COMMIT_ID.split(actual):
            return False
        pairs = zip(_COMMIT_ID.findall(expected), _COMMIT_ID.findall(actual), strict=True)
        return all(self._same(before, after) for before, after in pairs)

    def _same(self, before: bytes, after: bytes) -> bool:
        if before == after:
            return True
        at = bisect_left(self._old, before)
        while at < len(self._old) and self._old[at].startswith(before):
            if self._new[self._old[at]][: len(before)] == after:
                return True
            at += 1
        return False


@dataclass(slots=True)
class CommitComparison:
    """Counts the commits that differ, by what differs in them, and what they lost."""

    decided: Decided
    mapped: Mapping[Oid, Oid | None]
    ids: TranslatedIds
    below: Callable[[Oid], Oid]  # from a commit that opensafe added to the one that it stands on
    compared: int = 0
    differing: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def compare(self, old: Commit, new: Commit) -> None:
        self.compared += 1
        parents = tuple(self.mapped.get(parent) for parent in self.decided.parents(old))
        wrong = {
            "parents": tuple(map(self.below, new.parents)) != parents,
            "author": new.author != self._person_of(old, "author", new),
            "committer": new.committer != self._person_of(old, "committer", new),
            "message": not self.ids.same_message(self.decided.message(old.oid, old.message), new.message),
            "headers": not self._headers(old, new),
        }
        self.differing.update(what for what, is_wrong in wrong.items() if is_wrong)

    def _person_of(self, old: Commit, role: str, new: Commit) -> object:
        """As decided; a new root names nobody; in a commit that keeps its id a malformed line stays as it is."""
        if old.oid == self.decided.spec.new_root:
            return Identity(*_MAKER, b"%d +0000" % max(old.committer.timestamp, 0))
        who = old.author if role == "author" else old.committer
        is_same = new.oid == old.oid and (who.name, who.email) not in self.decided.people
        return who if is_same else self.decided.person(who)

    def forget(self, old: Commit) -> None:
        """A commit that had to go."""
        self.lost += lost_with(old)

    def _headers(self, old: Commit, new: Commit) -> bool:
        """The encoding stays; other headers stay or are counted as lost; nothing is added."""
        before, after = Counter(old.headers), Counter(new.headers)
        gone = before - after
        self.lost["signature"] += any(name in _SIGNATURES for name, _ in gone)
        self.lost.update(_kind(name) for name, _ in gone.elements() if name not in _SIGNATURES)
        is_stripped = not new.aside and all(name == _ENCODING for name, _ in new.headers)
        must_be_stripped = old.oid in self.decided.spec.header_drops
        return (
            not after - before
            and not any(name == _ENCODING for name, _ in gone)
            and (is_stripped or not must_be_stripped)
        )


def lost_with(commit: Commit) -> Counter[str]:
    """What goes with a commit: its signature and its extra headers, by kind."""
    extra = Counter(_kind(name) for name, _ in commit.headers if name not in {*_SIGNATURES, _ENCODING})
    return extra + Counter({"signature": int(commit.signed)})


def _kind(header: bytes) -> str:
    return "mergetag" if header == b"mergetag" else "header"
