"""What the filter child is told: JSON on its standard input, bytes as Latin-1 text (each byte one character)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.model.gitobjects import Identity
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import FileKey


@dataclass(frozen=True, slots=True)
class Instructions:
    """`revisions` are the arguments of fast-export.

    `messages` are whole messages by the id of the commit; `lines` give author and committer of the commits whose
    lines the stream cannot carry as they are; `people` are the renames of everybody else; `root` is the folder that
    becomes the root.
    """

    revisions: Sequence[str]
    files: Mapping[FileKey, Oid | None] = field(default_factory=dict)
    paths: Mapping[bytes, bytes] = field(default_factory=dict)
    messages: Mapping[Oid, bytes] = field(default_factory=dict)
    lines: Mapping[Oid, tuple[Identity, Identity]] = field(default_factory=dict)
    people: Mapping[tuple[bytes, bytes], tuple[bytes, bytes]] = field(default_factory=dict)
    root: bytes = b""

    def to_json(self) -> bytes:
        return json.dumps(
            {
                "revisions": list(self.revisions),
                "files": [[oid, None if path is None else _text(path), new] for (oid, path), new in self.files.items()],
                "paths": [[_text(old), _text(new)] for old, new in self.paths.items()],
                "messages": {oid: _text(message) for oid, message in self.messages.items()},
                "lines": {oid: [_fields(author), _fields(by)] for oid, (author, by) in self.lines.items()},
                "people": [[*map(_text, old), *map(_text, new)] for old, new in self.people.items()],
                "root": _text(self.root),
            }
        ).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Instructions":
        read = json.loads(data)
        return cls(
            revisions=read["revisions"],
            files={(oid, None if path is None else _raw(path)): new for oid, path, new in read["files"]},
            paths={_raw(old): _raw(new) for old, new in read["paths"]},
            messages={oid: _raw(message) for oid, message in read["messages"].items()},
            lines={oid: (_identity(author), _identity(by)) for oid, (author, by) in read["lines"].items()},
            people={(_raw(a), _raw(b)): (_raw(c), _raw(d)) for a, b, c, d in read["people"]},
            root=_raw(read["root"]),
        )


def _text(data: bytes) -> str:
    return data.decode("latin-1")


def _raw(text: str) -> bytes:
    return text.encode("latin-1")


def _fields(who: Identity) -> list[str]:
    return [_text(who.name), _text(who.email), _text(who.when)]


def _identity(fields: list[str]) -> Identity:
    return Identity(*map(_raw, fields))
