"""Prepares a version as one commit, and tags it once everything that the profile asks for is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from semver import Version

from opensafe.casefile.folder import Case
from opensafe.casefile.former import load_former
from opensafe.casefile.proofs import added_paths, load_verification, note_tag
from opensafe.casefile.rotations import latest, unsettled
from opensafe.casefile.tally import tally
from opensafe.casework.additions import add_commit, finish_addition, signature_of
from opensafe.casework.late_clock import require_clock
from opensafe.casework.openness import forbidden
from opensafe.casework.public import PublicRepository, open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.errors import OutOfOrder, UsageError
from opensafe.git.porcelain import annotated_tag
from opensafe.model.identifiers import Oid
from opensafe.model.readiness import ReadyRepository
from opensafe.readiness.release_notes import notes_from_messages
from opensafe.readiness.versions import (
    bump_files,
    next_version,
    tag_style,
    tagged_versions,
    update_changelog,
    version_places,
)

_RELEASE = "release.json"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The version to come, the files that state it, and the commit that holds them."""

    version: str
    files: tuple[str, ...]
    commit: Oid


@dataclass(frozen=True, slots=True)
class Released:
    """The tag, on which commit, and the head of the log that it carries."""

    tag: str
    commit: Oid
    log_head: str


def prepare(case: Case, *, version: str = "", by: str = "") -> Prepared:
    """Write version files, changelog and release notes as one commit above the proven history."""
    with case.writing("release --prepare"):
        require_clock(case)
        public = open_public(case)
        finish_addition(case, public)
        files = public.files()
        chosen = _version(version) if version else next_version(public.tags(), files)
        _refuse_taken(public, chosen)
        if _is_prepared(case, public, chosen):
            return Prepared(str(chosen), tuple(added_paths(case)["commits"].get(public.head, ())), public.head)
        is_r = any(place.path == "DESCRIPTION" for place in version_places(files))
        changelog = "NEWS.md" if is_r else "CHANGELOG.md"
        path, text = update_changelog(
            files.get(changelog), chosen, case.today, notes_from_messages(_told(case, public)), is_r
        )
        changed = {**bump_files(files, chosen), path: text}

        def note(commit: Oid) -> None:
            case.save_document(_RELEASE, {"version": str(chosen), "commit": commit})

        commit = add_commit(case, public, changed, f"Prepare version {chosen}\n", note=note)
        case.log.append("release", f"Prepared version {chosen}", by=by, details={"commit": str(commit)})
    return Prepared(str(chosen), tuple(sorted(changed)), commit)


def _is_prepared(case: Case, public: PublicRepository, version: Version) -> bool:
    """Whether this very version was prepared at this very commit."""
    found = case.load_document(_RELEASE) or {}
    return (found.get("commit"), found.get("version")) == (public.head, str(version))


def _told(case: Case, public: PublicRepository) -> Sequence[str]:
    """The messages since the last version that was tagged; those of our own commits are no news.

    Those of a history that was given up make up for it (policy v1.0, 4 g).
    """
    released = public.commits_of(tagged_versions(public.tags()).values())
    former = load_former(case)
    if former is None:
        return public.messages(without=released.union(map(Oid, added_paths(case)["commits"])))
    return [message.text for message in former.messages if message.published not in released]


def release(case: Case, *, version: str = "", by: str = "", sign: bool = False) -> Released:
    """Tag the prepared version. Raises NotReady naming everything that is missing."""
    with case.writing("release"):
        require_clock(case)
        public = open_public(case)
        prepared = case.load_document(_RELEASE)
        if prepared is None or prepared["commit"] != public.head:
            raise OutOfOrder("no version is prepared at this commit", remedy="opensafe release --prepare")
        if version and str(_version(version)) != prepared["version"]:
            raise UsageError(
                f"the prepared version is {prepared['version']}", remedy="opensafe release --prepare --version X.Y.Z"
            )
        _refuse_released(prepared)
        ready = _ready(case, public)
        tag = tag_style(public.tags()) + str(prepared["version"])
        head, is_left_over = case.log.head(), tag in added_paths(case)["tags"]
        note_tag(case, tag)
        annotated_tag(
            public.repository,
            tag,
            Oid(ready.commit),
            _tag_message(case, ready, tag, head),
            signature_of(case),
            sign=sign,
            replace=is_left_over,
        )
        case.log.append("release", f"Tagged {tag}", by=by, details={"commit": ready.commit, "log": head})
        case.save_document(_RELEASE, {**prepared, "tag": tag, "log": head})  # last: a killed run is done anew
    return Released(tag, Oid(ready.commit), head)


def _refuse_released(prepared: Mapping[str, Any]) -> None:
    if tag := prepared.get("tag"):
        raise UsageError(
            f"this version is tagged already: {tag}",
            remedy="opensafe next says how to publish it; opensafe release --prepare begins the next version",
        )


def _ready(case: Case, public: PublicRepository) -> ReadyRepository:
    today = case.today
    counted = tally(case, case.decisions.read(), today)
    verification = load_verification(case)
    proven = verification.head if verification is not None and verification.passed else ""
    return ReadyRepository.establish(
        commit=public.head,
        checklist=checklist_of(case, public, profile_of(case), counted),
        signoffs=case.signoffs.read(),
        unrotated=len(unsettled(counted.credentials, latest(case), today)),
        proven_commit=proven,
        forbidden=forbidden(case, public, today),
    )


def _tag_message(case: Case, ready: ReadyRepository, tag: str, log_head: str) -> str:
    """No names of people: a tag is public for ever, the sign-offs are in the record."""
    profile = ready.checklist.profile
    roles = ", ".join(sorted(signoff.role for signoff in ready.signoffs))
    return (
        f"{case.config.name} {tag}\n\n"
        f"Checked with the profile {profile.id} (sha256 {profile.digest[:16]}), signed off by: {roles}.\n"
        f"Record of the sanitisation: log head {log_head}\n"
    )


def _version(text: str) -> Version:
    try:
        return Version.parse(text.removeprefix("v"))
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a semantic version", remedy="write it as MAJOR.MINOR.PATCH: 1.0.1"
        ) from error


def _refuse_taken(public: PublicRepository, version: Version) -> None:
    if {f"{prefix}{version}" for prefix in ("", "v")} & set(public.tags()):
        raise UsageError(f"version {version} is tagged already", remedy="choose a higher one with --version X.Y.Z")
