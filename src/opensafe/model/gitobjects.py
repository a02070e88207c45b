"""Git objects as values: parsed, but with every byte still at hand."""

from dataclasses import dataclass, field

from opensafe.model.identifiers import Oid

MODE_TREE = 0o040000
MODE_SYMLINK = 0o120000
MODE_GITLINK = 0o160000


@dataclass(frozen=True, slots=True)
class RawObject:
    """An object as `cat-file --batch` gives it. `kind` is blob, tree, commit or tag."""

    oid: Oid
    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TreeEntry:
    mode: int
    name: bytes
    oid: Oid

    @property
    def is_tree(self) -> bool:
        return self.mode == MODE_TREE

    @property
    def is_gitlink(self) -> bool:
        return self.mode == MODE_GITLINK

    @property
    def is_symlink(self) -> bool:
        return self.mode == MODE_SYMLINK


@dataclass(frozen=True, slots=True)
class Identity:
    """An author, committer or tagger line: `when` is the raw `1700000000 +0000`."""

    name: bytes
    email: bytes
    when: bytes

    @property
    def line(self) -> bytes:
        """The text of it as it is searched and shown."""
        return self.name + b" <" + self.email + b">"

    @property
    def timestamp(self) -> int:
        """Seconds since 1970; 0 where the date is malformed."""
        try:
            return int(self.when.split(b" ")[0])
        except ValueError:
            return 0


@dataclass(frozen=True, slots=True)
class Commit:
    """A parsed commit. `headers` are the extra ones (`encoding`, `gpgsig`, `mergetag`, …) with unfolded values.

    `message` is everything after the first empty line, NUL bytes included; `message_at` its offset in the raw
    object. A malformed commit has what could be read, empty values for the rest; `aside` are the lines in which no
    id, person or date could be read, or which stand there once too often.
    """

    oid: Oid
    tree: Oid
    parents: tuple[Oid, ...]
    author: Identity
    committer: Identity
    headers: tuple[tuple[bytes, bytes], ...]
    message: bytes
    message_at: int
    aside: bytes = b""

    @property
    def header_text(self) -> bytes:
        """Everything in the header that no other field holds, as it is searched and shown."""
        return _header_text(self.headers, self.aside)

    @property
    def signed(self) -> bool:
        return any(name in {b"gpgsig", b"gpgsig-sha256"} for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class Tag:
    """A parsed annotated tag; `tagger` is absent in old ones. Signatures are part of `message`.

    `headers` are extra ones, which git itself never writes; `aside` is as in a commit.
    """

    oid: Oid
    target: Oid
    target_kind: str
    name: bytes
    tagger: Identity | None
    message: bytes
    message_at: int
    headers: tuple[tuple[bytes, bytes], ...] = ()
    aside: bytes = b""

    @property
    def header_text(self) -> bytes:
        """Everything in the header that no other field holds, as it is searched and shown."""
        return _header_text(self.headers, self.aside)

    @property
    def signed(self) -> bool:
        return b"-----BEGIN PGP SIGNATURE-----" in self.message or b"-----BEGIN SSH SIGNATURE-----" in self.message


def _header_text(headers: tuple[tuple[bytes, bytes], ...], aside: bytes) -> bytes:
    return b"\n".join([*(name + b" " + value for name, value in headers), *([aside] if aside else [])])
