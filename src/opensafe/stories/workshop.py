"""A repository in which a story is told: the stream of the builder, and what fast-import cannot say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.owned import OwnedRepository
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import DAY, MAIN, History, Mark, Person

_NOBODY_YET = "0"
_LOG_BEGINS = 1_577_955_600  # seconds since 1970: entries of a log come one day apart, as commits do


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of a reflog: where the ref went, and what git would have written about it."""

    oid: Oid
    text: bytes


@dataclass(frozen=True, slots=True)
class Workshop:
    """A repository of ours that becomes the source of an audit."""

    repository: OwnedRepository

    @classmethod
    def open(cls, path: Path, *, bare: bool = False, object_format: str = "sha1") -> "Workshop":
        """A new, empty repository at `path`, HEAD on `main`."""
        workshop = cls(OwnedRepository.create(path, bare=bare, object_format=object_format))
        workshop.repository.set_head(MAIN)
        return workshop

    @classmethod
    def with_history(cls, path: Path, history: History) -> "Workshop":
        """A new repository with a work tree that holds this history, `main` checked out."""
        workshop = cls.open(path)
        workshop.tell(history)
        workshop.check_out()
        return workshop

    @property
    def git_dir(self) -> Path:
        return self.repository.git_dir

    def tell(self, history: History) -> dict[Mark, Oid]:
        """Import a history; the ids of everything that was marked in it. Raises GitFailed."""
        asked = b"".join(b"get-mark :%d\n" % mark for mark in history.marks)
        stream = history.stream() + asked + b"done\n"
        printed = self.repository.run("fast-import", "--quiet", "--force", stdin=stream).decode()
        return dict(zip(history.marks, map(Oid, printed.split()), strict=True))

    def check_out(self, branch: bytes = MAIN) -> None:
        """Point HEAD at the branch and write its files and the index."""
        self.repository.set_head(branch)
        self.repository.run("read-tree", "--reset", "-u", "HEAD")

    def blob(self, data: bytes) -> Oid:
        """A blob that nothing refers to."""
        return self.repository.write_object("blob", data)

    def stage(self, path: str, data: bytes) -> Oid:
        """Put content into the index that is in no commit and no file of the work tree."""
        oid = self.blob(data)
        self.repository.run("update-index", "--add", "--cacheinfo", f"100644,{oid},{path}")
        return oid

    def refs(self, refs: Mapping[bytes, Oid]) -> None:
        """Make refs of any name to objects of any kind."""
        self.repository.set_refs(refs)

    def stash(self, entries: Sequence[LogLine], by: Person) -> None:
        """Make a stash of these commits, the oldest first, so that the last is `stash@{0}`."""
        self.refs({b"refs/stash": entries[-1].oid})
        self.reflog("refs/stash", entries, by)

    def reflog(self, ref: str, lines: Sequence[LogLine], by: Person) -> None:
        """Write the log of a ref, the oldest line first, with fixed dates."""
        log = self.git_dir / "logs" / ref
        log.parent.mkdir(parents=True, exist_ok=True)
        before = [_NOBODY_YET * len(lines[0].oid), *(line.oid for line in lines)]
        log.write_bytes(
            b"".join(
                b"%s %s %s <%s> %d +0000\t%s\n"
                % (old.encode(), line.oid.encode(), by.name, by.email, _LOG_BEGINS + number * DAY, line.text)
                for number, (old, line) in enumerate(zip(before, lines, strict=False))
            )
        )

    def unreferenced(self, tip: Oid, ref: bytes) -> None:
        """Delete a ref that points to `tip`: its commits stay in the store."""
        self.repository.run("update-ref", "-d", ref, tip)
