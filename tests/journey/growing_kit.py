"""A repository that goes on living after its audit, and what an audit of what is new makes of it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.memory import ScanMemory
from opensafe.casework.growing import Asked, audit_growth
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.progress import NoProgress
from opensafe.steps.audit import audit
from opensafe.steps.start import start
from opensafe.stories.fakes import Fakes

_FAKES = Fakes("growing")
PASSWORD, TOKEN, OTHER = _FAKES.password(), _FAKES.github_token(), _FAKES.password()
ANNA, BOB = (b"Anna Lenkovic", b"anna.lenkovic@example.nhs.uk"), (b"Bo Quillfeather", b"bo.q@example.nhs.uk")
NEWCOMER = (b"Zelda Marchbanks", b"zelda.m@example.nhs.uk")
PATIENTS = b"name,nhs_number,postcode\n" + b"".join(
    b"%s,%s,LS1 4AP\n" % (name, _FAKES.nhs_number().encode()) for name in (b"John Brown", b"Mary Green")
)

Said = tuple[AuditRecord, tuple[Finding, ...], dict[FindingId, tuple[Place, ...]]]


@dataclass
class Living:
    """A repository with a work tree. Every commit is a while after the one before."""

    path: Path
    clock: int = 900_000_000  # nine digits: ten might be an NHS number
    number: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def born(cls, path: Path) -> "Living":
        """Two people, a password, a table of patients, a tag and a second branch."""
        living = cls(path)
        subprocess.run(["git", "init", "-q", "-b", "main", str(path)], check=True)
        first = {
            "R/load.R": b'connect(password = "%s")\n' % PASSWORD,
            "data/beds.csv": PATIENTS,
            "notes/anna-lenkovic.md": b"ask Anna Lenkovic\n",
            "R/wards.R": b"ward,beds\n" + b"".join(b"%d,%d\n" % (ward, ward * 7 % 50) for ward in range(40)),
            "old.log": b"job of Zelda Marchbanks ran with %s\n" % OTHER,
        }
        living.commit(first, b"Begin\n\nReviewed-by: Bo Quillfeather <bo.q@example.nhs.uk>\n")
        living.commit({"R/load.R": b"x <- 1\n", "plain.txt": b"one\n"})
        living.git("tag", "-a", "-m", "Release by Anna Lenkovic", "v1")
        living.git("checkout", "-q", "-b", "side", "HEAD~1")
        living.commit({"side.R": b"s <- 0 # Anna Lenkovic\n"})
        living.switch("main")
        return living

    def git(self, *words: str, stdin: bytes = b"", who: tuple[bytes, bytes] = ANNA) -> str:
        self.clock += 100
        name, email = (text.decode() for text in who)
        when = {f"GIT_{role}_DATE": f"{self.clock} +0000" for role in ("AUTHOR", "COMMITTER")}
        people = {
            f"GIT_{role}_{what}": text
            for role in ("AUTHOR", "COMMITTER")
            for what, text in (("NAME", name), ("EMAIL", email))
        }
        vector = ["git", "-C", str(self.path), *words]
        done = subprocess.run(vector, input=stdin, check=True, capture_output=True, env=os.environ | when | people)
        return done.stdout.decode().strip()

    def commit(self, files: Mapping[str, bytes | None], message: bytes = b"", who: tuple[bytes, bytes] = ANNA) -> None:
        for name, data in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(data)
        self.number += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-F", "-", stdin=message or b"Change %d\n" % self.number, who=who)

    def switch(self, branch: str) -> None:
        self.git("checkout", "-q", "-f", branch)


def _merge(living: Living) -> None:
    living.git("merge", "-q", "--no-ff", "-s", "ours", "-m", f"Merge {living.clock}", "side")


def _new_side(living: Living) -> None:
    here = living.git("symbolic-ref", "--short", "HEAD")
    living.switch("side")
    living.commit({f"side-{living.number}.R": b"s <- %d # Anna Lenkovic\n" % living.number})
    living.switch(here)


def _stash(living: Living) -> None:
    (living.path / "plain.txt").write_bytes(b"half done %d by Bo Quillfeather\n" % living.number)
    living.git("stash", "-q")


def _submodule(living: Living) -> None:
    living.git("update-index", "--add", "--cacheinfo", f"160000,{living.number + 1:040x},sub{living.number}")
    living.git("commit", "-q", "-m", "Add a submodule")


def _stage(living: Living) -> None:
    oid = living.git("hash-object", "-w", "--stdin", stdin=b"staged with %s\n" % PASSWORD)
    living.git("update-index", "--add", "--cacheinfo", f"100644,{oid},staged.txt")


def _notes(living: Living) -> None:
    living.git("notes", "add", "-f", "-m", f"Seen by Bo Quillfeather {living.clock}")


def _dangling_commit(living: Living) -> None:
    tree = living.git("write-tree")
    living.git("commit-tree", tree, "-p", "HEAD", "-m", "Nobody sees what Anna Lenkovic does")


def _graft(living: Living) -> None:
    grafts = living.path / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(living.git("rev-parse", "HEAD") + "\n", encoding="ascii")


def _packed(living: Living) -> None:
    living.commit({f"p{living.number}.R": b"p\n%d\n" % living.number})
    living.git("repack", "-q")


def _ignored(living: Living) -> None:
    exclude = living.path / ".git" / "info" / "exclude"
    exclude.parent.mkdir(exist_ok=True)
    exclude.write_bytes(b"*.tmp\n")
    (living.path / "x.tmp").write_bytes(b"password is %s %d\n" % (PASSWORD, living.number))


def _linked(living: Living) -> None:
    (living.path / "plain.txt").unlink(missing_ok=True)
    (living.path / "plain.txt").symlink_to("R/load.R")
    living.commit({})


def _long_ago(living: Living) -> None:
    now, living.clock = living.clock, 800_000_000 + living.number * 1000
    living.commit({f"ago{living.number}.R": b"%d\n" % living.number})
    living.clock = now


def _colleague(living: Living) -> None:
    """Commits that are older than the last ones here, on a branch that was not here, and their merge."""
    now, living.clock = living.clock, living.clock - 250
    branch = f"colleague-{living.number}"
    living.git("checkout", "-q", "-f", "-b", branch, "HEAD~1")
    living.commit({f"R/theirs-{living.number}.R": b"t <- %d\n" % living.number}, who=BOB)
    living.commit({"plain.txt": b"theirs %d\n" % living.number}, who=BOB)
    living.clock = now
    living.switch("main")
    living.git("merge", "-q", "--no-ff", "-X", "theirs", "-m", f"Merge {living.clock}", branch)


def _merged_and_deleted(living: Living) -> None:
    _merge(living)
    living.git("branch", "-q", "-D", "side")


def _fetched(living: Living) -> None:
    """What a fetch leaves: a remote's branch, whose commits will not be published."""
    living.git("remote", "add", "origin", "https://example.org/r.git")
    tree = living.git("write-tree")
    new = living.git("commit-tree", tree, "-p", "HEAD", "-m", f"Theirs by Bo Quillfeather {living.clock}")
    living.git("update-ref", "refs/remotes/origin/main", new)
    living.git("update-ref", "refs/remotes/origin/other", "HEAD~1")


def _graphed(living: Living) -> None:
    living.git("repack", "-q", "-a", "-d")
    living.git("commit-graph", "write", "--reachable")


def _damaged(living: Living) -> None:
    """A disk that fails: the last byte of a new pack is another one."""
    living.git("repack", "-q", "-a", "-d", "-f")
    (pack,) = (living.path / ".git" / "objects" / "pack").glob("*.pack")
    data = pack.read_bytes()
    pack.chmod(0o600)
    pack.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def _folder_moved(living: Living) -> None:
    living.git("mv", "data", f"inputs-{living.number}")
    living.commit({})


def _became_data(living: Living) -> None:
    living.git("mv", "R/wards.R", f"data/wards-{living.number}.csv")
    living.commit({})


def _moved_aside(living: Living) -> None:
    branch = f"tidy-{living.number}"
    living.git("checkout", "-q", "-f", "-b", branch, "HEAD~1")
    living.git("mv", "notes", f"docs-{living.number}")
    living.commit({})
    living.switch("main")
    living.git("merge", "-q", "--no-ff", "-m", f"Merge {living.clock}", branch)


Change = Callable[[Living], object]

GROWTHS: dict[str, Change] = {
    "nothing": lambda _: None,
    "a new file": lambda living: living.commit({f"new-{living.number}.R": b"rows <- %d\n" % living.number}),
    "a changed file": lambda living: living.commit({"R/load.R": b"x <- %d # Bo Quillfeather\n" % (living.number + 7)}),
    "a file removed": lambda living: living.commit({"notes/anna-lenkovic.md": None}),
    "a known value in a new file": lambda living: living.commit(
        {f"l{living.number}.log": b"%d with %s\n" % (living.number, PASSWORD)}
    ),
    "a known name in a new path": lambda living: living.commit(
        {f"by/anna-lenkovic-{living.number}.txt": b"%d\n" % living.number}
    ),
    "another table of patients": lambda living: living.commit(
        {f"data/{living.number}.csv": PATIENTS + b"x%d,,\n" % living.number}
    ),
    "a table that grows": lambda living: living.commit({"data/beds.csv": PATIENTS + b"Row %d,,\n" % living.number}),
    "an old content at its old path": lambda living: living.commit({"notes/anna-lenkovic.md": b"ask Anna Lenkovic\n"}),
    "a message with a name": lambda living: living.commit({}, b"Thanks to Bo Quillfeather %d\n" % living.number),
    "a commit by somebody known": lambda living: living.commit({}, who=BOB),
    "an annotated tag": lambda living: living.git("tag", "-a", "-m", "By Bo Quillfeather", f"t{living.clock}"),
    "a tag on an old commit": lambda living: living.git("tag", f"old{living.clock}", "HEAD~1"),
    "a branch on an old commit": lambda living: living.git("branch", f"fix{living.clock}", "HEAD~1"),
    "a commit on another branch": _new_side,
    "a dangling object": lambda living: living.git(
        "hash-object", "-w", "--stdin", stdin=b"%d %s\n" % (living.clock, PASSWORD)
    ),
    "a dangling commit": _dangling_commit,
    "a submodule": _submodule,
    "a note": _notes,
    "a link in the place of a file": _linked,
    "a replaced commit": lambda living: living.git("replace", "-f", "HEAD", living.git("rev-parse", "HEAD~1")),
    "a file that git ignores": _ignored,
    "a packed store with new objects": _packed,
    "a commit of long ago": _long_ago,
    "a colleague's branch merged": _colleague,
    "two old branches merged": _merge,
    "a merged branch deleted": _merged_and_deleted,
    "another branch in HEAD": lambda living: living.git("checkout", "-q", "-f", "side"),
    "an old commit in HEAD": lambda living: living.git("checkout", "-q", "-f", "--detach", "HEAD~1"),
    "a branch deleted": lambda living: living.git("branch", "-q", "-D", "side"),
    "a branch that went back": lambda living: living.git("reset", "-q", "--hard", "HEAD~1"),
    "a branch moved to another's commit": lambda living: living.git("branch", "-q", "-f", "side", "main~1"),
    "a branch renamed": lambda living: living.git("branch", "-q", "-m", "side", f"side-{living.clock}"),
    "a tag deleted": lambda living: living.git("tag", "-d", "v1"),
    "an amended commit": lambda living: living.git(
        "commit", "-q", "--amend", "--allow-empty", "-m", f"Again {living.clock}"
    ),
    "a rebase": lambda living: living.git("rebase", "-q", "--force-rebase", "HEAD~1"),
    "a branch fetched": _fetched,
    "a file moved": lambda living: living.commit(
        {
            "R/load.R": None,
            f"moved{living.number}.R": (living.path / "R/load.R").read_bytes()
            if (living.path / "R/load.R").exists()
            else b"m\n",
        }
    ),
    "an old content at a new path": lambda living: living.commit({f"copy{living.number}.md": b"ask Anna Lenkovic\n"}),
    "a folder moved": _folder_moved,
    "a table moved": lambda living: living.commit(
        {"data/beds.csv": None, f"beds-{living.number}.csv": (living.path / "data/beds.csv").read_bytes()}
    ),
    "a file moved within a merge": _moved_aside,
    "everything packed": lambda living: living.git("gc", "-q"),
    "everything packed with a commit-graph": _graphed,
    "reflogs emptied": lambda living: living.git("reflog", "expire", "--expire=all", "--all"),
}
"""What is told from what was kept, and from what is new."""

OTHERS: dict[str, Change] = {
    "a table moved to where it is none": lambda living: living.commit(
        {"data/beds.csv": None, f"beds-{living.number}.R": (living.path / "data/beds.csv").read_bytes()}
    ),
    "something staged": _stage,
    "a file moved to a name of another kind": _became_data,
    "a new value that stands in old contents": lambda living: living.commit(
        {"R/new.R": b'connect(password = "%s")\n' % OTHER}
    ),
    "a new value": lambda living: living.commit({"R/token.R": b'token <- "%s"\n' % TOKEN}),
    "a newcomer who stands in old contents": lambda living: living.commit(
        {}, b"Hello %d\n" % living.number, who=NEWCOMER
    ),
    "a graft": _graft,
    "a tag on a blob": lambda living: living.git("tag", f"blob{living.clock}", "HEAD:plain.txt"),
    "rules for a scanner": lambda living: living.commit({".gitleaksignore": b"%d\n" % living.number}),
    "a pack with a damaged end": _damaged,
}
"""What may change what was known: there everything is gone through again."""


EITHER: dict[str, Change] = {
    "a stash": _stash,
}
"""What may be told apart or not, by what else is there."""

ALL: dict[str, Change] = GROWTHS | OTHERS | EITHER


@dataclass(frozen=True)
class Audits:
    """A case, and audits of it: under rules that were compiled once."""

    root: Path
    cache: str

    @classmethod
    def begun(cls, source: Path, root: Path, cache: Path) -> "Audits":
        """The case after its first audit."""
        start(source, root=root)
        audits = cls(root, str(cache))
        audits.whole()
        return audits

    def whole(self) -> None:
        audit(Case.open(self.root), NoProgress(), workers=1, cache=self.cache)

    def since_last(self) -> None:
        audit(Case.open(self.root), NoProgress(), since_last=True, workers=1, cache=self.cache)

    def grows(self) -> bool:
        """Audit what is new, if that can be told apart; whether it could."""
        case = Case.open(self.root)
        with case.writing("audit"):
            memory = ScanMemory(case.root / "memory.sqlite", reuse_finished=True)
            return audit_growth(case, Asked(None, "", None, self.cache, 1), memory, NoProgress()) is not None

    def copied(self, name: str) -> "Audits":
        other = replace(self, root=self.root.with_name(name))
        shutil.copytree(self.root, other.root)
        return other

    def said(self) -> Said:
        """Everything that the index says of the source, but when."""
        index = Case.open(self.root).index
        summary = index.summary()
        assert summary is not None
        return replace(summary, finished="", seconds=0.0), index.findings(), index.all_places()
