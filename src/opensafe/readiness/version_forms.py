"""One version in three spellings: SemVer, Python (PEP 440) and R (integers only). Source: facts, policy 8."""

import re
from enum import StrEnum

from semver import Version

from opensafe.errors import UsageError
from opensafe.model.expressions import expression


class Spelling(StrEnum):
    SEMVER = "semver"
    PYTHON = "python"
    R = "r"


_R_VERSION = expression(r"\d{1,6}(?:[.-]\d{1,9}){1,3}", re.ASCII)
_PRE_NAMES = {"a": "alpha", "b": "beta", "rc": "rc"}
_PRE_LETTERS = {"alpha": "a", "a": "a", "beta": "b", "b": "b", "rc": "rc", "c": "rc"}
_PRE = expression(r"([a-z]{1,5})\.?(\d{1,6})?")
_PARTS = 3
_MAX_LENGTH = 100


def parse_version(text: str, spelling: Spelling) -> Version | None:
    """The version as SemVer, None where the text is none.

    Parts that mark development (Python's `.dev1`, R's fourth part such as 9000) are dropped: they are no release.
    """
    plain = text.strip()
    if len(plain) > _MAX_LENGTH:
        return None
    if spelling is Spelling.R:
        return _from_r(plain)
    return _from_python(plain) if spelling is Spelling.PYTHON else _from_semver(plain)


def _from_semver(text: str) -> Version | None:
    """SemVer, with an optional `v` and with one or two parts where people left zeros out."""
    bare = text.removeprefix("v")
    try:
        return Version.parse(bare, optional_minor_and_patch=bare.count(".") < _PARTS - 1).replace(build=None)
    except (ValueError, TypeError):
        return None


def _from_python(text: str) -> Version | None:
    from packaging.version import InvalidVersion  # noqa: PLC0415 - only versions of Python packages need it
    from packaging.version import Version as PythonVersion  # noqa: PLC0415 - as above

    try:
        parsed = PythonVersion(text)
    except InvalidVersion:
        return None
    if parsed.epoch or len(parsed.release) > _PARTS:
        return None
    major, minor, patch = (*parsed.release, 0, 0)[:_PARTS]
    pre = f"{_PRE_NAMES[parsed.pre[0]]}.{parsed.pre[1]}" if parsed.pre else None
    return Version(major, minor, patch, pre)


def _from_r(text: str) -> Version | None:
    if not _R_VERSION.fullmatch(text):
        return None
    major, minor, patch = (*(int(part) for part in re.split("[.-]", text)), 0)[:_PARTS]
    return Version(major, minor, patch)


def spell_version(version: Version, spelling: Spelling) -> str:
    """The version as that kind of file writes it. Raises UsageError where there is no such form."""
    if spelling is Spelling.SEMVER or not version.prerelease:
        return str(version)
    if spelling is Spelling.R:
        raise UsageError(
            f"R's DESCRIPTION cannot hold {version}: R's versions are whole numbers",
            remedy="release a version without a pre-release part (opensafe release --version X.Y.Z)",
        )
    found = _PRE.fullmatch(version.prerelease)
    letter = _PRE_LETTERS.get(found.group(1)) if found else None
    if found is None or letter is None:
        raise UsageError(
            f"Python's manifests cannot hold {version} (PEP 440)",
            remedy="use alpha, beta or rc with a number: 1.2.0-rc.1",
        )
    return f"{version.finalize_version()}{letter}{found.group(2) or 0}"
