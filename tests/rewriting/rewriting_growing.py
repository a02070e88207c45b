"""A source that grows, and the history that is made of it again and again, with documents above."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from opensafe.git.owned import OwnedRepository
from opensafe.git.porcelain import Signature, commit_files
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.rewriting.build import Built
from opensafe.rewriting.former import Former
from opensafe.stories.builder import MAIN, History, Mark
from tests.rewriting.rewriting_kit import ALICE, PLACEHOLDER, SECRET, World, failed, look, make, proven, redact

US = Signature("opensafe", "opensafe@example.invalid", "2024-05-01T09:00:00+00:00")
LICENCE = {"LICENCE": b"MIT\n", "docs/USE.md": b"Use it\n"}

Decide = Callable[[World], RewriteSpec]


def redacted(seen: World) -> RewriteSpec:
    return redact(seen, seen.spec, SECRET, PLACEHOLDER)


@dataclass
class Growing:
    """A source that grows, and the history that is made of it again and again, with documents above."""

    folder: Path
    told: History = field(default_factory=lambda: History(ALICE))
    decide: Decide = redacted
    values: Sequence[bytes] = (SECRET,)
    rounds: int = 0
    added: set[Oid] = field(default_factory=set)
    tags: dict[bytes, Oid] = field(default_factory=dict)
    last: Built | None = None
    option: Option = Option.REWRITE
    made_with: Option = Option.REWRITE

    def look(self) -> World:
        self.rounds += 1
        here = self.folder / str(self.rounds)
        source = OwnedRepository.create(here / "source.git")
        asked = b"".join(b"get-mark :%d\n" % mark for mark in self.told.marks)
        printed = source.run("fast-import", "--quiet", "--force", stdin=self.told.stream() + asked + b"done\n")
        ids: Mapping[Mark, Oid] = dict(zip(self.told.marks, map(Oid, printed.decode().split()), strict=True))
        return look(here, source, ids)

    @property
    def repository(self) -> OwnedRepository:
        """The result of the last rewrite."""
        assert self.last is not None
        return self.last.repository

    @property
    def former(self) -> Former | None:
        if self.last is None:
            return None
        made = self.last
        return Former(
            objects=made.repository.git_dir / "objects",
            commits=made.claim.commits,
            plain=made.claim.plain,
            refs=made.refs,
            head=MAIN,
            tip=made.repository.refs()[MAIN],
            added=len(self.added),
            tags=self.tags,
            option=self.made_with,
        )

    def rewrite(self, *, scratch: bool = False) -> Built:
        """Make the next result, and prove it: as it was rewritten, without what stands above it."""
        seen = self.look()
        spec = self.decide(seen)
        built = make(seen, spec, option=self.option, former=None if scratch else self.former)
        below = replace(built, repository=OwnedRepository.create(seen.folder / "proven.git"))
        below.repository.borrow_objects([built.repository.git_dir / "objects"])
        below.repository.set_refs(built.refs)
        below.repository.set_head(MAIN)
        below.repository.run("repack", "-a", "-d", "-q", "--no-write-bitmap-index")
        below.repository.forget_borrowed()
        for stray in ("info", "logs", "objects/info"):
            for file in (below.repository.git_dir / stray).glob("*"):
                file.unlink()
        kept = replace(spec, refs={name: oid for name, oid in spec.refs.items() if name not in self.tags})
        added = frozenset() if scratch else frozenset(self.added)
        proof = proven(seen, kept, below, self.values, self.option, added)
        assert failed(proof) == {}
        if not scratch:
            self.last, self.made_with = built, self.option
            self.added |= {built.joined} if built.joined else set()
        return built

    def document(self, files: Mapping[str, bytes]) -> Oid:
        assert self.last is not None
        commit = commit_files(self.last.repository, MAIN, files, "Add documents\n", US)
        self.added.add(commit)
        return commit

    def log(self, ref: bytes = MAIN) -> list[bytes]:
        assert self.last is not None
        return self.last.repository.run("log", "--topo-order", "--format=%s", ref).splitlines()
