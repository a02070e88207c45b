"""The lists that a plan refers to (mailmap, own values): read where the team keeps them, and only as they were."""

from dataclasses import replace
from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.casework.handed_in import bytes_of
from opensafe.errors import OutOfOrder
from opensafe.model.choices import Choices, NamedFile

_LARGEST = 16 << 20  # bytes


def sealed_lists(case: Case, choices: Choices) -> Choices:
    """The choices with the digests of their lists as they are now, and with whole paths. Raises UsageError."""
    people = replace(choices.people, mailmap=_sealed(case, choices.people.mailmap, "--mailmap"))
    return replace(choices, people=people, replace=_sealed(case, choices.replace, "--replace-file"))


def list_of(case: Case, named: NamedFile | None, flag: str) -> bytes:
    """What stands in a list. Raises OutOfOrder where it is not what was planned with, UsageError where it is gone."""
    if named is None:
        return b""
    data = _read(Path(named.path), flag)
    if _digest(case, data) != named.digest:
        raise OutOfOrder(
            f"the file of {flag} is not what the plan was made with: {named.path}",
            remedy="restore it, or make the plan again: opensafe plan",
        )
    return data


def _sealed(case: Case, named: NamedFile | None, flag: str) -> NamedFile | None:
    if named is None:
        return None
    path = Path(named.path).absolute()
    return NamedFile(str(path), _digest(case, _read(path, flag)))


def _digest(case: Case, data: bytes) -> str:
    """Keyed: a list may hold one short value, which a plain digest would give away."""
    return case.key.digest("choice-list", data)


def _read(path: Path, flag: str) -> bytes:
    remedy = f"put it back where it was, or plan again with {flag} FILE: without it nothing is changed"
    return bytes_of(path, f"the file of {flag}, {shown_path(path)},", most=_LARGEST, remedy=remedy)
