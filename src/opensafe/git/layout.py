"""What kind of repository the source is, found by reading text: git is never run inside it."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from opensafe.errors import SourceUnreadable
from opensafe.git.foreign_store import borrowed_places

_MAX_TEXT = 64 << 20  # settings behind a long comment count too
_NOT_A_REPOSITORY = "give the folder that holds .git, or a bare repository"


@dataclass(frozen=True, slots=True)
class SourceLayout:
    """Where the parts of a source lie. `git_dir` is this work tree's, `common_dir` holds objects and refs.

    `shallow`, `promisor`, `grafts` and `reftable` are what must be said before anything is claimed about the
    whole history; `alternates` are places elsewhere that git would read objects from: borrowed, or linked to.
    """

    root: Path
    git_dir: Path
    common_dir: Path
    work_tree: Path | None
    object_format: str
    reftable: bool
    shallow: bool
    promisor: bool
    grafts: bool
    alternates: tuple[Path, ...]

    @property
    def objects(self) -> Path:
        return self.common_dir / "objects"


def read_layout(root: Path) -> SourceLayout:
    """Recognise a source at `root` (work tree, linked work tree or bare). Raises SourceUnreadable."""
    root = root.absolute()
    git_dir, work_tree = _find_git_dir(root)
    common = _common_dir(git_dir)
    if not is_folder(common / "objects"):
        raise SourceUnreadable(f"{root} has no object store", remedy=_NOT_A_REPOSITORY)
    config = read_text(common / "config").decode("utf-8", "replace")
    return SourceLayout(
        root=root,
        git_dir=git_dir,
        common_dir=common,
        work_tree=work_tree,
        object_format="sha256" if re.search(r"(?im)^\s*objectformat\s*=\s*sha256", config) else "sha1",
        reftable=is_folder(common / "reftable"),
        shallow=bool(read_text(common / "shallow").strip()),
        promisor=_is_promisor(common, config),
        grafts=bool(read_text(common / "info" / "grafts").strip()),
        alternates=borrowed_places(common / "objects"),
    )


def is_folder(path: Path) -> bool:
    """A real folder: symbolic links of a foreign repository are not followed."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """A real file: symbolic links of a foreign repository are not followed."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def read_text(path: Path, limit: int = _MAX_TEXT) -> bytes:
    """The first `limit` bytes of a text of the source, nothing where there is none."""
    if not is_file(path):
        return b""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise SourceUnreadable(f"cannot read {path}: {error.strerror}", remedy="check the permissions") from error


def _find_git_dir(root: Path) -> tuple[Path, Path | None]:
    if not root.is_dir():
        raise SourceUnreadable(f"{root} is not a folder", remedy=_NOT_A_REPOSITORY)
    inner = root / ".git"
    if is_folder(inner):
        return inner, root
    if is_file(inner):
        return _follow_gitdir_file(inner), root
    if is_folder(root / "objects") and is_file(root / "HEAD"):
        return root, root.parent if root.name == ".git" else None
    raise SourceUnreadable(f"{root} is not a git repository", remedy=_NOT_A_REPOSITORY)


def _follow_gitdir_file(file: Path) -> Path:
    """The folder that a `.git` file names (linked work trees, submodules)."""
    text = read_text(file).decode("utf-8", "surrogateescape")
    target = text.removeprefix("gitdir:").strip()
    folder = (file.parent / target).absolute()
    if not text.startswith("gitdir:") or not is_folder(folder):
        raise SourceUnreadable(f"{file} does not lead to a git folder", remedy="audit the main repository instead")
    return folder


def _common_dir(git_dir: Path) -> Path:
    pointer = read_text(git_dir / "commondir").decode("utf-8", "surrogateescape").strip()
    return (git_dir / pointer).resolve() if pointer else git_dir


def _is_promisor(common: Path, config: str) -> bool:
    if re.search(r"(?im)^\s*(promisor\s*=\s*(true|1|yes|on)|partialclone\s*=)", config):
        return True
    packs = common / "objects" / "pack"
    return is_folder(packs) and any(packs.glob("*.promisor"))
