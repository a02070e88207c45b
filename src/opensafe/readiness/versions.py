"""Which version comes next, and how it is written into every place that states it.

Sources: facts, policy 8; semver.org 2.0.0. "v1.2.3" is the name of a tag, "1.2.3" the version.
"""

from collections.abc import Iterable, Mapping, Sequence

from semver import Version

from opensafe.model.edit import Edit, apply_edits
from opensafe.readiness.changelog import update_changelog
from opensafe.readiness.version_forms import Spelling, parse_version, spell_version
from opensafe.readiness.version_places import VersionPlace, version_places

__all__ = [
    "VersionPlace",
    "bump_files",
    "existing_line",
    "next_version",
    "tag_style",
    "tagged_versions",
    "update_changelog",
    "version_places",
]

_NOTHING_YET = Version(0, 0, 0)
_FIRST = Version(0, 1, 0)  # never 1.0.0 by itself: that is a promise only people can make


def tagged_versions(tags: Iterable[str]) -> Mapping[Version, str]:
    """The versions that tags name, with the tag; where two tags name one version, the one with `v`."""
    named = ((parse_version(tag, Spelling.SEMVER), tag) for tag in sorted(tags))
    return {version: tag for version, tag in named if version is not None}


def existing_line(tags: Sequence[str], files: Mapping[str, bytes]) -> Version | None:
    """The version that the project says it is at: its leading manifest, or a newer tag; None where neither says."""
    stated = _stated(files)
    known = [*tagged_versions(tags), *([] if stated is None else [stated])]
    return max(known, default=None)


def _stated(files: Mapping[str, bytes]) -> Version | None:
    places = version_places(files)
    return parse_version(places[0].found, places[0].spelling) if places else None


def tag_style(tags: Sequence[str]) -> str:
    """What this project puts before a version in a tag: "v" or nothing, as in its newest tag; "v" where it has none."""
    tagged = tagged_versions(tags)
    return "v" if not tagged or tagged[max(tagged)].startswith("v") else ""


def next_version(tags: Sequence[str], files: Mapping[str, bytes]) -> Version:
    """The version to propose: 0.1.0 without a line (or where it stands at 0.0.0, R's for "nothing released yet"), the
    line's own version where it was never tagged, else its next patch step. Newer tags than the manifest count.
    """
    line = existing_line(tags, files)
    if line is None or line == _NOTHING_YET:
        return _FIRST
    return line.bump_patch() if line in tagged_versions(tags) else line


def bump_files(files: Mapping[str, bytes], version: Version) -> Mapping[str, bytes]:
    """The files that state another version, with nothing but the version changed in them.

    Raises UsageError where a file cannot hold it (R has no pre-releases).
    """
    edits: dict[str, list[Edit]] = {}
    for place in version_places(files):
        wanted = _like(place, spell_version(version, place.spelling))
        if wanted != place.found:
            edits.setdefault(place.path, []).append(Edit(place.start, place.end, wanted.encode()))
    return {path: apply_edits(files[path], changes) for path, changes in edits.items()}


def _like(place: VersionPlace, version: str) -> str:
    """With the `v` that the place has now (VERSION and CITATION.cff files often do)."""
    return f"v{version}" if place.found.startswith("v") else version
