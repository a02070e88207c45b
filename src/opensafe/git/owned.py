"""Repositories that opensafe made: the only ones that are written to."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.errors import GitFailed
from opensafe.git.environment import sealed_environment
from opensafe.git.executable import git_executable
from opensafe.git.process import Argument, run_git
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class OwnedRepository:
    """A git directory of ours (`git_dir`; for a non-bare one, `work_tree` is its parent)."""

    git_dir: Path
    bare: bool = True

    @classmethod
    def create(cls, path: Path, *, bare: bool = True, object_format: str = "sha1") -> "OwnedRepository":
        """`git init` at `path` without any template. `object_format` is sha1 or sha256."""
        git_dir = path if bare else path / ".git"
        path.mkdir(parents=True, exist_ok=True)
        options = ["--template=", f"--object-format={object_format}", "--quiet"]
        done = subprocess.run(
            [git_executable(), "init", *options, *(["--bare"] if bare else []), str(path)],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            cwd=path,
            env=sealed_environment(),
        )
        if done.returncode:
            raise GitFailed(
                f"git init failed in {path}: {done.stderr.decode('utf-8', 'replace').strip()}",
                remedy="check that the folder can be written to and the disk is not full",
            )
        return cls(git_dir, bare)

    def run(
        self, *arguments: Argument, stdin: bytes = b"", env: dict[str, str] | None = None, ok: Sequence[int] = (0,)
    ) -> bytes:
        """Run git here and return its stdout. Raises GitFailed."""
        if self.bare:
            return run_git(self.git_dir, arguments, stdin=stdin, env=env, ok=ok)
        work_tree = self.git_dir.parent
        located = {"GIT_WORK_TREE": str(work_tree)} | (env or {})
        return run_git(self.git_dir, arguments, stdin=stdin, env=located, cwd=work_tree, ok=ok)

    def write_object(self, kind: str, data: bytes) -> Oid:
        """Store one object, malformed ones too, and return its id."""
        written = self.run("hash-object", "-w", "-t", kind, "--literally", "--stdin", stdin=data)
        return Oid(written.decode().strip())

    def write_blobs(self, contents: Sequence[bytes]) -> list[Oid]:
        """Store many blobs through one fast-import; ids in the order of `contents`."""
        if not contents:
            return []
        stream = b"".join(
            b"blob\nmark :%d\ndata %d\n%s\n" % (number, len(data), data) for number, data in enumerate(contents, 1)
        )
        asked = b"".join(b"get-mark :%d\n" % number for number in range(1, len(contents) + 1))
        printed = self.run("fast-import", "--quiet", "--force", stdin=stream + asked + b"done\n")
        return [Oid(line.decode()) for line in printed.split()]

    def refs(self) -> dict[bytes, Oid]:
        """Every ref with the id it points to (tags unpeeled)."""
        printed = self.run("for-each-ref", "--format=%(objectname) %(refname)")
        pairs = (line.split(b" ", 1) for line in printed.splitlines())
        return {name: Oid(oid.decode()) for oid, name in pairs}

    def set_refs(self, refs: Mapping[bytes, Oid], delete: Iterable[bytes] = ()) -> None:
        """Create or move refs, and delete some, in one transaction."""
        lines = [b"update %s\0%s\0\0" % (name, oid.encode()) for name, oid in refs.items()]
        lines += [b"delete %s\0\0" % name for name in delete]
        if lines:
            self.run("update-ref", "-z", "--stdin", stdin=b"".join(lines))

    def set_head(self, ref: bytes) -> None:
        self.run("symbolic-ref", "HEAD", ref)

    def borrow_objects(self, folders: Iterable[Path]) -> None:
        """Read (never write) the objects in these folders too."""
        info = self.git_dir / "objects" / "info"
        info.mkdir(parents=True, exist_ok=True)
        (info / "alternates").write_bytes(b"".join(alternate_line(folder) for folder in folders))

    def fsck(self) -> str:
        """What `git fsck --strict` complains about, empty when it is content."""
        try:
            self.run("fsck", "--strict", "--full", "--no-dangling", "--no-progress")
        except GitFailed as failure:
            return failure.cause
        return ""

    def forget_borrowed(self) -> None:
        """Stop reading other folders' objects: what is not here is missing from now on."""
        (self.git_dir / "objects" / "info" / "alternates").unlink(missing_ok=True)


def alternate_line(folder: Path) -> bytes:
    """One line of an alternates file, quoted as git quotes paths, so that no character in it has a meaning."""
    raw = os.fsencode(folder.as_posix())
    escaped = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"\n'
