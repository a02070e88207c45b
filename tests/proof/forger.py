"""Spoils a result: one thing in it is forged, and everything else is made to fit.

The forger is clever: refs and claim follow what was forged and nothing unreachable is left behind, so that the check
that should notice is the one that does.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace

from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import format_tree, parse_tree
from opensafe.git.view import view_of
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.rewriting.build import Built
from opensafe.stories.builder import MAIN
from tests.rewriting.rewriting_kit import BOB, SECRET, World, data_of, failed, proven

NOTES = b"refs/notes/commits"


@dataclass(frozen=True)
class Sabotage:
    """One way to spoil a result, and the checks that must fail for it (others may as well).

    `late` ones are about what a clean copy must not hold: nothing is tidied up after them.
    """

    what: str
    spoil: Callable[["Forger"], None]
    checks: frozenset[str]
    late: bool = False


@dataclass
class Forger:
    """Changes a copy of the result. `claim` is what the forger would have the proof believe."""

    seen: World
    spec: RewriteSpec
    built: Built
    option: Option = Option.REWRITE

    @property
    def repository(self) -> OwnedRepository:
        return self.built.repository

    def verdict_on(self, sabotage: Sabotage) -> frozenset[str]:
        """The checks that fail after it."""
        if sabotage.late:
            self.tidy()
            sabotage.spoil(self)
            return frozenset(self.failed())
        sabotage.spoil(self)
        return frozenset(self.verdict())

    def verdict(self) -> dict[str, str]:
        """The checks that fail, once what became unreachable is gone."""
        self.tidy()
        return self.failed()

    def failed(self) -> dict[str, str]:
        """The checks that fail as things are."""
        return failed(proven(self.seen, self.spec, self.built, [SECRET, BOB.name], self.option))

    def tidy(self) -> None:
        """Nothing unreachable is left."""
        self.repository.run("repack", "-a", "-d", "-q", "--no-write-bitmap-index")
        self.repository.run("prune", "--expire=now")
        for stray in ("info", "logs"):
            shutil.rmtree(self.repository.git_dir / stray, ignore_errors=True)
        shutil.rmtree(self.repository.git_dir / "objects" / "info", ignore_errors=True)

    def tip(self, change: Callable[[bytes], bytes]) -> None:
        """Forge the last commit of main, and every ref and claim that named it."""
        self.forge(self.repository.refs()[MAIN], "commit", change)

    def forge(self, old: Oid, kind: str, change: Callable[[bytes], bytes]) -> None:
        data = data_of(view_of(self.repository), old)
        forged = change(data)
        assert forged != data
        self.replace(old, self.repository.write_object(kind, forged))

    def replace(self, old: Oid, new: Oid) -> None:
        refs = {name: new for name, oid in self.repository.refs().items() if oid == old}
        self.repository.set_refs(refs)
        claim = self.built.claim
        commits = {source: new if target == old else target for source, target in claim.commits.items()}
        self.built = replace(self.built, claim=replace(claim, commits=commits))

    def tree(self, change: Callable[[list[TreeEntry]], list[TreeEntry]]) -> None:
        """Forge the root tree of the last commit."""
        oid = Oid(self.repository.run("rev-parse", MAIN + b"^{tree}").decode().strip())
        entries = list(parse_tree(RawObject(oid, "tree", data_of(view_of(self.repository), oid))))
        new = self.repository.write_object("tree", format_tree(change(entries)))
        self.tip(lambda data: data.replace(oid.encode(), new.encode(), 1))

    def note_tree(self, change: Callable[[list[TreeEntry]], list[TreeEntry]]) -> None:
        """Forge the files of the notes."""
        oid = Oid(self.repository.run("rev-parse", NOTES + b"^{tree}").decode().strip())
        entries = list(parse_tree(RawObject(oid, "tree", data_of(view_of(self.repository), oid))))
        new = self.repository.write_object("tree", format_tree(change(entries)))
        self.forge(self.repository.refs()[NOTES], "commit", lambda data: data.replace(oid.encode(), new.encode(), 1))

    def tag(self, change: Callable[[bytes], bytes], name: bytes = b"refs/tags/on-blob") -> None:
        """Forge an annotated tag."""
        self.forge(self.repository.refs()[name], "tag", change)

    def add(self, name: bytes, data: bytes, mode: int = 0o100644) -> None:
        """Put a file into the last commit."""
        blob = self.repository.write_object("blob", data)
        self.tree(lambda entries: [*entries, TreeEntry(mode, name, blob)])

    def replace_entry(self, at: bytes, **fields: object) -> None:
        """Change the mode, name or id of an entry of the last commit."""
        self.tree(lambda entries: [replace(e, **fields) if e.name == at else e for e in entries])  # type: ignore[arg-type]

    def commit_with(self, old: bytes, new: bytes) -> None:
        """Forge the latest commit of main that has this line, and all above it."""
        order = self.repository.run("rev-list", MAIN).decode().split()
        view = view_of(self.repository)
        at = next(number for number, oid in enumerate(order) if old in data_of(view, Oid(oid)))
        swaps = {order[at]: self.repository.write_object("commit", data_of(view, Oid(order[at])).replace(old, new, 1))}
        for oid in reversed(order[:at]):
            data = data_of(view, Oid(oid))
            for before, after in swaps.items():
                data = data.replace(before.encode(), after.encode())
            swaps[oid] = self.repository.write_object("commit", data)
        for before, after in swaps.items():
            self.replace(Oid(before), after)

    def file(self, name: bytes, data: bytes) -> None:
        """Put other content at a path of the last commit."""
        blob = self.repository.write_object("blob", data)
        self.tree(lambda entries: [replace(e, oid=blob) if e.name == name else e for e in entries])
