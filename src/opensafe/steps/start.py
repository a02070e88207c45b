"""Opens a case for a repository."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.config import CaseConfig
from opensafe.casefile.find import default_case_folder
from opensafe.casefile.folder import Case
from opensafe.casefile.location import location_warnings
from opensafe.errors import UsageError
from opensafe.git.executable import git_version
from opensafe.git.layout import SourceLayout, read_layout
from opensafe.readiness.profiles import load_profile


@dataclass(frozen=True, slots=True)
class Started:
    """The new case, and what should be known before going on."""

    case: Case
    layout: SourceLayout
    warnings: tuple[str, ...]


def start(
    source: Path,
    *,
    root: Path | None = None,
    profile: str = "nhsx-1.0",
    organisation: str = "",
    publish: tuple[str, ...] = (),
    follow_alternates: bool = False,
    work_tree: bool = True,
    by: str = "",
) -> Started:
    """Create the case folder beside the source (or at `root`). The source is read, never written.

    Raises SourceUnreadable, or UsageError where a case exists or the profile is unknown.
    """
    git_version()
    source = source.expanduser().resolve()
    layout = read_layout(source)
    if layout.alternates and not follow_alternates:
        raise UsageError(
            f"{source.name} borrows objects from other folders: {', '.join(map(str, layout.alternates))}",
            remedy="if these may be read too, say so: opensafe start REPO --follow-alternates",
        )
    folder = (root or default_case_folder(source)).expanduser().absolute()
    config = CaseConfig(
        source=str(source),
        name=source.name.removesuffix(".git"),
        profile=load_profile(profile).id,
        organisation=organisation,
        publish=publish,
        follow_alternates=follow_alternates,
        worktree=work_tree,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    case = Case.create(folder, config)
    with case.writing("start"):
        case.log.append("start", f"Opened a case for {config.name}", by=by, details={"profile": profile})
    return Started(case, layout, (*location_warnings(folder), *_warnings(layout)))


def _warnings(layout: SourceLayout) -> list[str]:
    """What limits every later claim about this source."""
    found: list[str] = []
    if layout.shallow:
        found.append(
            "this is a shallow clone: history is cut off, so the audit can only be incomplete; make a full clone"
        )
    if layout.promisor:
        found.append("this is a partial clone: opensafe never fetches, so missing objects will be listed as skipped")
    if layout.reftable:
        found.append("the refs are in the reftable format: git itself reads them, in the sealed environment")
    return found
