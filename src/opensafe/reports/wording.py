"""Plain words for people: labels of the model's values, counts and dates."""

from datetime import UTC, date, datetime

_LABELS = {
    # categories
    "secret": "Credentials and secrets",
    "name": "People",
    "data": "Personal or clinical data",
    "file": "Files",
    "setting": "Settings of the repository",
    # what a value is
    "person-name": "name",
    "email": "e-mail address",
    "login": "user name",
    # states of findings and skips; actions have the same words
    "open": "Awaits a decision",
    "redact": "Redact",
    "remove-file": "Remove the file",
    "strip-outputs": "Strip outputs",
    "rename": "Rename",
    "keep": "Keep",
    "not-a-finding": "Not a finding",
    "accept": "Accept unread",
    "accepted": "Accepted unread",
    # where a finding stands, and how an answer was found
    "blob": "File",
    "path": "Name of a file",
    "identity": "Author or committer line",
    "config": "Git's own folder",
    "worktree": "Working copy",
    "unreachable": "Unreachable object",
    "evidence": "Gathered evidence",
    # rotation
    "found": "Found, not rotated",
    "never-valid": "Never valid",
    # how it is known who signed
    "typed": "Name typed",
    "sheet": "Returned sheet",
    "ssh-signed": "SSH signature",
    # who could read a credential
    "public": "Anybody",
    "shared": "Everybody with a copy",
    "local": "Only on this machine",
    # ways to open a history
    "review": "Publish the history as it is",
    "rewrite": "Rewrite some commits",
    "squash": "Squash to one commit",
    "new-repository": "New repository, latest version only",
    # roles
    "ig-lead": "Information governance (IG) lead",
    "dpo": "Data protection officer (DPO)",
    "siro": "Senior information risk owner (SIRO)",
    # what a rewrite can lose, and what it counts
    "empty-commit": "Empty commits",
    "signature": "Signatures",
    "header": "Extra headers",
    "encoding": "Text encodings",
    "tag": "Tags",
    "ref": "Refs",
}

_TEXTS = {
    "path": "names of files",
    "commit-message": "commit messages",
    "tag-message": "tag messages",
    "identity": "author and committer lines",
    "ref-name": "names of branches or tags",
    "note": "notes",
    "commit-header": "commit headers",
    "symlink-target": "targets of symbolic links",
    "submodule-url": "addresses of submodules",
    "config": "git's own folder",
    "index": "staged files",
    "worktree": "the working copy",
    "reflog": "the reflog",
    "unreachable": "unreachable objects",
}

_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June")
_MONTHS += ("July", "August", "September", "October", "November", "December")
_STEP = 1000  # between units of size


def label(value: str) -> str:
    """The words for one of the model's values (a StrEnum member or its text)."""
    words = value.replace("-", " ")
    return _LABELS.get(value) or capital(words)


def texts(kind: str) -> str:
    """The texts of one kind of place, to stand after "in": `commit messages`."""
    return _TEXTS.get(kind) or label(kind)


def capital(words: str) -> str:
    """The words with a capital at their start, and as they are after it."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """A remark as a sentence, with a capital and a full stop; nothing stays nothing."""
    return f"{capital(words).rstrip('.')}." if words else ""


def number(value: float) -> str:
    """`12,345`: digits in groups of three."""
    return f"{value:,}"


def count(value: int, noun: str, plural: str = "") -> str:
    """`1 finding`, `12,345 findings`; `plural` where an s is not enough."""
    return f"{number(value)} {noun if value == 1 else plural or noun + 's'}"


def day(when: date | None) -> str:
    """`1 May 2026`, in every locale; empty where there is no date."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}" if when else ""


def moment(iso: str) -> str:
    """An ISO 8601 date or time as `1 May 2026` or `1 May 2026, 14:05 UTC`; other text stays as it is."""
    try:
        when = datetime.fromisoformat(iso)
        utc = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return iso
    if len(iso) == len("2026-05-01"):
        return day(when)
    return f"{day(utc)}, {utc:%H:%M} UTC"


def size(octets: int) -> str:
    """Bytes as people say them: `812 bytes`, `5.5 GB` (powers of 1,000)."""
    amount = float(octets)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < _STEP:
            return f"{amount:.0f} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= _STEP
    return f"{amount:.1f} TB"
