"""Adds a release to the changelog. Every line that somebody wrote stays (facts, policy 8: a tool deleted 373)."""

import re
from collections.abc import Sequence
from datetime import date

from semver import Version

from opensafe.model.expressions import expression
from opensafe.readiness.blocks import without_code

_UNRELEASED = expression(
    r"^(#{1,3})[ \t]{1,4}.{0,100}(?:unreleased|development version)\b.{0,20}?(?=\r?$)", re.IGNORECASE | re.MULTILINE
)
_RELEASE = expression(r"^(#{1,3})[ \t]{1,4}.{0,100}?\bv?\d{1,6}\.\d{1,6}(?:\.\d{1,6})?\b.{0,60}$", re.MULTILINE)
_TITLE = expression(r"\A\s{0,20}#[ \t]{1,4}.{1,200}\n")
_PACKAGE = expression(r"^#[ \t]{1,4}([A-Za-z][\w.]{0,80})[ \t]{1,4}(?:\(|v?\d)", re.MULTILINE)


def update_changelog(
    existing: bytes | None, version: Version, day: date, notes: Sequence[str], r_package: bool
) -> tuple[str, bytes]:
    """Path and content of the changelog with a section for `version`: `NEWS.md` for R packages, else `CHANGELOG.md`.

    What stood under "Unreleased" comes under the new heading, below `notes` (Markdown, one line each). A changelog
    that has the version already is given back as it is.
    """
    path = "NEWS.md" if r_package else "CHANGELOG.md"
    text = (existing or b"").decode("utf-8", "surrogateescape")
    prose = without_code(text)
    if not text.strip():
        title = "" if r_package else "# Changelog\n\n"
        text = title + _section("#" if r_package else "##", version, day, notes)
    elif not _names(prose, version):
        text = _inserted(text, prose, version, day, notes, r_package)
    return path, text.encode("utf-8", "surrogateescape")


def _names(prose: str, version: Version) -> bool:
    """Whether a heading names this very version."""
    wanted = re.compile(rf"(?<![\d.]){re.escape(str(version))}(?![\d.-])")
    return any(wanted.search(heading.group()) for heading in _RELEASE.finditer(prose))


def _inserted(text: str, prose: str, version: Version, day: date, notes: Sequence[str], r_package: bool) -> str:
    """The section below "Unreleased" where there is one, else above the newest release, else below the title."""
    unreleased, release = _UNRELEASED.search(prose), _RELEASE.search(prose)
    level = next((found.group(1) for found in (unreleased, release) if found), "#" if r_package else "##")
    package = _PACKAGE.search(prose) if r_package else None
    section = _section(level, version, day, notes, package.group(1) if package else "")
    at = unreleased.end() if unreleased else release.start() if release else _after_title(prose)
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = text[:at], text[at:]
    lead = "" if not before or before.endswith(newline * 2) else newline if before.endswith("\n") else newline * 2
    if after.startswith(("\n", "\r\n")):
        section = section.removesuffix("\n")
    gap = newline if after and not unreleased else ""
    return before + lead + section.replace("\n", newline) + gap + after


def _after_title(prose: str) -> int:
    title = _TITLE.match(prose)
    return title.end() if title else 0


def _section(level: str, version: Version, day: date, notes: Sequence[str], package: str = "") -> str:
    """The heading in the words of its kind of file (R's news reader wants the package or "version"), and the notes."""
    name = f"{package} {version}" if package else f"Version {version}" if level == "#" else str(version)
    listed = "".join(f"- {note}\n" for note in notes)
    return f"{level} {name} ({day.isoformat()})\n" + (f"\n{listed}" if listed else "")
