"""Describes a history in Python and gives it as one `git fast-import` stream: pure, no process, no clock.

Everything is bytes and everything is fixed (dates, marks, people), so the same description always gives the same
object ids. What fast-import cannot say (stashes, reflogs, dangling objects) is done by `opensafe.stories.workshop`.
Format: the manual page of git-fast-import.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NewType

Mark = NewType("Mark", int)
"""The number of a blob, commit or tag in the stream; the workshop turns it into an object id."""

MAIN = b"refs/heads/main"
DAY = 86_400  # seconds
_START = 1_577_955_600  # 2020-01-02 09:00 UTC: when a story begins unless it says otherwise


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who commits."""

    name: bytes
    email: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit puts at a path: a mode and the content (for a gitlink: the commit id in hex)."""

    mode: bytes
    data: bytes


class Gone(Enum):
    """The path is deleted by the commit."""

    DELETED = "deleted"


DELETED = Gone.DELETED

Content = bytes | Entry | Gone
"""Plain bytes are an ordinary file."""


def executable(data: bytes) -> Entry:
    return Entry(b"100755", data)


def symlink(target: bytes) -> Entry:
    return Entry(b"120000", target)


def gitlink(oid: str) -> Entry:
    return Entry(b"160000", oid.encode())


def quoted(path: bytes) -> bytes:
    """A path as fast-import reads it whatever bytes it holds: in double quotes, with octal escapes."""
    plain = range(0x20, 0x7F)
    special = b'"\\'
    return b'"%s"' % b"".join(b"%c" % c if c in plain and c not in special else b"\\%03o" % c for c in path)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


class History:
    """A history in the making. Each commit comes one `step` (seconds) after the one before, unless it says when."""

    def __init__(self, author: Person, *, start: int = _START, step: int = DAY, zone: bytes = b"+0000") -> None:
        self._author = author
        self._clock = start - step
        self._step = step
        self._zone = zone
        self._chunks: list[bytes] = []
        self._marks = 0
        self._tips: dict[bytes, Mark] = {}

    @property
    def marks(self) -> list[Mark]:
        """All marks that were given so far."""
        return [Mark(number) for number in range(1, self._marks + 1)]

    def stream(self) -> bytes:
        """The history told so far, for the standard input of `git fast-import`."""
        return b"".join(self._chunks)

    def blob(self, data: bytes) -> Mark:
        """A blob that no commit holds (yet)."""
        mark = self._next_mark()
        self._chunks.append(b"blob\nmark :%d\n%s" % (mark, _data(data)))
        return mark

    def commit(
        self,
        message: bytes,
        changes: Mapping[bytes, Content] | None = None,
        *,
        branch: bytes = MAIN,
        after: tuple[Mark, ...] | None = None,
        by: Person | None = None,
        committed_by: Person | None = None,
        when: int | None = None,
        zone: bytes = b"",
        encoding: bytes = b"",
    ) -> Mark:
        """A commit on `branch` (any full ref name). `after` lists its parents: the branch's tip where left out.

        With an empty `after` it is a root. `when` is in seconds since 1970 and moves the clock of the story; `zone` is
        written as it is given.
        """
        parents = after if after is not None else self._tip(branch)
        author = by or self._author
        date = b"%d %s" % (self._tick(when), zone or self._zone)
        mark = self._next_mark()
        self._chunks += [
            b"reset %s\n\n" % branch if not parents else b"",
            b"commit %s\nmark :%d\n" % (branch, mark),
            _identity(b"author", author, date),
            _identity(b"committer", committed_by or author, date),
            b"encoding %s\n" % encoding if encoding else b"",
            _data(message),
            *_parents(parents),
            *_changes(changes or {}),
            b"\n",
        ]
        self._tips[branch] = mark
        return mark

    def tag(self, name: bytes, target: Mark, message: bytes, *, by: Person | None = None) -> Mark:
        """An annotated tag on a commit, a blob or another tag; `name` without `refs/tags/`."""
        mark = self._next_mark()
        date = b"%d %s" % (self._clock, self._zone)
        self._chunks += [
            b"tag %s\nmark :%d\nfrom :%d\n" % (name, mark, target),
            _identity(b"tagger", by or self._author, date),
            _data(message),
        ]
        return mark

    def ref(self, name: bytes, target: Mark) -> None:
        """A ref of any name on a commit: a branch, a lightweight tag, `refs/pull/1/head`."""
        self._tips[name] = target
        self._chunks.append(b"reset %s\nfrom :%d\n\n" % (name, target))

    def note(self, on: Mark, text: bytes, *, ref: bytes = b"refs/notes/commits", by: Person | None = None) -> Mark:
        """A git note on a commit: a commit of its own on `ref`."""
        mark = self.commit(b"Notes added by 'git notes add'\n", branch=ref, by=by)
        self._chunks.insert(-1, b"N inline :%d\n%s" % (on, _data(text)))
        return mark

    def _tip(self, branch: bytes) -> tuple[Mark, ...]:
        return (self._tips[branch],) if branch in self._tips else ()

    def _tick(self, when: int | None) -> int:
        self._clock = self._clock + self._step if when is None else when
        return self._clock

    def _next_mark(self) -> Mark:
        self._marks += 1
        return Mark(self._marks)


def _identity(role: bytes, person: Person, date: bytes) -> bytes:
    return b"%s %s <%s> %s\n" % (role, person.name, person.email, date)


def _parents(parents: tuple[Mark, ...]) -> Iterator[bytes]:
    for keyword, parent in zip([b"from", *[b"merge"] * len(parents)], parents, strict=False):
        yield b"%s :%d\n" % (keyword, parent)


def _changes(changes: Mapping[bytes, Content]) -> Iterator[bytes]:
    for path, content in changes.items():
        match content:
            case Gone():
                yield b"D %s\n" % quoted(path)
            case Entry(mode=b"160000", data=oid):
                yield b"M 160000 %s %s\n" % (oid, quoted(path))
            case Entry(mode=mode, data=data):
                yield b"M %s inline %s\n%s" % (mode, quoted(path), _data(data))
            case bytes():
                yield b"M 100644 inline %s\n%s" % (quoted(path), _data(content))
