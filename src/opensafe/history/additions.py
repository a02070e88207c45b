"""What is about to be added to a repository that is open: contents with their places, and the texts beside them."""

from collections import Counter
from dataclasses import dataclass, field, replace

from opensafe.history.metadata import Located
from opensafe.history.provenance import Provenance
from opensafe.history.standing import Standing, kind_of_file
from opensafe.model.gitobjects import Commit, Tag, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.skip import Unread
from opensafe.model.specimen import Role, Specimen


@dataclass(slots=True)
class Additions:
    """Filled by `staged` and `pushed`, read by `scan.additions`. `kinds` counts what was read beside the contents.

    Identities are no text here: who makes a commit may sign it.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    texts: list[Located] = field(default_factory=list)
    _files: dict[tuple[Oid, bytes], Standing] = field(default_factory=dict)

    def add_file(self, path: bytes, entry: TreeEntry, commit: Oid | None = None) -> None:
        """A file at its path. Folders are left out, and submodules: their commits are another repository's matter."""
        if entry.is_tree or entry.is_gitlink:
            return
        kind = kind_of_file(path, entry.mode)
        here = Standing(path, kind, commit, commit, in_head=False, published=True)
        known = self._files.get((entry.oid, path))
        self._files[entry.oid, path] = replace(known, last=commit) if known else here

    def add_commit(self, commit: Commit) -> None:
        """The message, and the headers that are not about people."""
        self.kinds["commit"] += 1
        self._add_text(PlaceKind.COMMIT_MESSAGE, commit.message, commit.oid)
        if commit.header_text:
            self._add_text(PlaceKind.COMMIT_HEADER, commit.header_text, commit.oid)

    def add_tag(self, tag: Tag, ref: bytes) -> None:
        self.kinds["tag"] += 1
        self.texts.append(Located(_text(PlaceKind.TAG_MESSAGE, tag.message), tag.oid, ref=ref, published=True))
        if tag.header_text:
            self.texts.append(
                Located(_text(PlaceKind.COMMIT_HEADER, tag.header_text), tag.oid, ref=ref, published=True)
            )
        if not ref.endswith(b"/" + tag.name):
            self.texts.append(Located(_text(PlaceKind.REF_NAME, tag.name), tag.oid, ref=ref, published=True))

    def add_ref(self, ref: bytes, oid: Oid) -> None:
        self.texts.append(Located(_text(PlaceKind.REF_NAME, ref), oid, ref=ref, published=True))

    def add_message(self, message: bytes) -> None:
        """The message of a commit that is not made yet."""
        self.kinds["message"] += 1
        self._add_text(PlaceKind.COMMIT_MESSAGE, message, None)

    def provenance(self) -> Provenance:
        """Every blob with its places."""
        found = Provenance()
        for (oid, _), standing in self._files.items():
            found.beside.setdefault(oid, []).append(standing)
        return found

    def names(self) -> list[Located]:
        """Each path once, as a text of its own."""
        paths = {standing.path: (oid, standing) for (oid, _), standing in self._files.items() if standing.path}
        return [
            Located(_text(PlaceKind.PATH, path), oid, path=path, first=at.first, last=at.last, published=True)
            for path, (oid, at) in sorted(paths.items())
        ]

    def _add_text(self, kind: PlaceKind, text: bytes, commit: Oid | None) -> None:
        self.texts.append(Located(_text(kind, text), commit, first=commit, last=commit, published=True))


def _text(kind: PlaceKind, data: bytes) -> Specimen:
    return Specimen(kind, data, role=Role.TEXT, signature="text")
