"""The options of `opensafe plan` by which a team makes changes of its own."""

import re
from pathlib import Path
from typing import Annotated

import typer

from opensafe.casework.handed_in import bytes_of
from opensafe.cli.options import iso_date
from opensafe.errors import UsageError
from opensafe.model.choices import CommitChoices, FileChoices, NamedFile, PeopleChoices
from opensafe.model.expressions import expression
from opensafe.model.text import counted

_LONGEST_MESSAGE = 1 << 20  # bytes
_SIZE = expression(r"([0-9]{1,15})([KMG]?)B?", re.IGNORECASE)
_DOMAIN = expression(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,10}[A-Za-z]{2,63}")
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}

RemovePath = Annotated[
    list[str] | None,
    typer.Option("--remove-path", help="Leave out files, and what is in folders, that match.", metavar="GLOB"),
]
RemoveLarger = Annotated[
    str, typer.Option("--remove-larger", help="Leave out files above this size: 500K, 10M.", metavar="SIZE")
]
RemoveType = Annotated[
    list[str] | None,
    typer.Option("--remove-type", help="Leave out files of this type, told by content; data is all.", metavar="TYPE"),
]
OnlyPath = Annotated[str, typer.Option("--only-path", help="Keep this folder only.", metavar="DIR")]
ToRoot = Annotated[bool, typer.Option("--to-root", help="Make the folder of --only-path the root.")]
StripNotebooks = Annotated[
    bool, typer.Option("--strip-notebooks", help="Take outputs and counts out of all notebooks, as nbstripout does.")
]
KeepRef = Annotated[
    list[str] | None, typer.Option("--keep-ref", help="Publish only branches and tags that match.", metavar="GLOB")
]
DropRef = Annotated[
    list[str] | None, typer.Option("--drop-ref", help="Do not publish refs that match.", metavar="GLOB")
]

MailmapFile = Annotated[
    Path | None, typer.Option("--mailmap", help="Names and addresses for people (git's format).", metavar="FILE")
]
NoReply = Annotated[
    str, typer.Option("--no-reply", help="Addresses become person-N@users.noreply.DOMAIN.", metavar="DOMAIN")
]
Pseudonyms = Annotated[bool, typer.Option("--pseudonyms", help="Names of people become Person N.")]

ReplaceFile = Annotated[
    Path | None,
    typer.Option("--replace-file", help="Values and expressions to replace (git-filter-repo's form).", metavar="FILE"),
]

DropCommit = Annotated[
    list[str] | None,
    typer.Option("--drop-commit", help="Drop this commit: the next one takes up its changes.", metavar="ID"),
]
Reword = Annotated[
    list[str] | None, typer.Option("--reword", help="Give this commit the message of --message-file.", metavar="ID")
]
MessageFile = Annotated[
    list[Path] | None, typer.Option("--message-file", help="Message for --reword, one for each.", metavar="FILE")
]
SquashBefore = Annotated[
    str, typer.Option("--squash-before", help="Make one commit of the history before this date.", metavar="DATE")
]


def commit_choices(
    drop: list[str] | None, reword: list[str] | None, message_file: list[Path] | None, squash_before: str
) -> CommitChoices:
    """Raises UsageError for a date that is none, and for messages that are missing, empty or cannot be read."""
    ids, files = reword or [], message_file or []
    if len(ids) != len(files):
        raise UsageError(
            f"{counted(len(ids), 'commit')} to reword and {counted(len(files), 'message')}",
            remedy="give one --message-file FILE for each --reword ID, in the same order",
        )
    iso_date(squash_before, "--squash-before")
    return CommitChoices(
        drop=tuple(drop or ()),
        reword={oid: _message(file) for oid, file in zip(ids, files, strict=True)},
        squash_before=squash_before,
    )


def _message(file: Path) -> str:
    remedy = "give a text file in UTF-8"
    try:
        text = bytes_of(file, f"--message-file {file}", most=_LONGEST_MESSAGE, remedy=remedy).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"--message-file {file} cannot be read", remedy=remedy) from error
    text = text.replace("\r\n", "\n").strip()
    if not text or "\0" in text:
        raise UsageError(f"--message-file {file} holds no message", remedy="write the new message into it")
    return text + "\n"


def people_choices(mailmap: Path | None, no_reply: str, *, pseudonyms: bool) -> PeopleChoices:
    """Raises UsageError for a domain that is none."""
    if no_reply and not _DOMAIN.fullmatch(no_reply):
        raise UsageError("--no-reply is not a domain", remedy="write it as in an address, for example trust.example")
    return PeopleChoices(NamedFile(str(mailmap)) if mailmap else None, no_reply.lower(), pseudonyms)


def file_choices(
    remove_path: list[str] | None,
    remove_larger: str,
    remove_type: list[str] | None,
    only_path: str,
    *,
    to_root: bool,
    strip_notebooks: bool,
) -> FileChoices:
    """Raises UsageError for a size or a folder that is none."""
    if (to_root and not only_path) or (only_path and not only_path.strip("/")):
        raise UsageError("no folder to keep was named", remedy="name it with --only-path DIR")
    return FileChoices(
        remove_paths=tuple(remove_path or ()),
        remove_larger=size(remove_larger),
        remove_types=tuple(remove_type or ()),
        only_path=only_path,
        to_root=to_root,
        strip_notebooks=strip_notebooks,
    )


def size(text: str) -> int:
    """Bytes, from `500K` or `10M` (powers of 1024); 0 for an empty text. Raises UsageError."""
    if not text:
        return 0
    found = _SIZE.fullmatch(text)
    if found is None or not int(found[1]):
        raise UsageError("--remove-larger is not a size", remedy="write it as 500K, 10M or 1G")
    return int(found[1]) * _UNITS[found[2].upper()]
