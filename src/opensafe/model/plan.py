"""The rewrite as it was decided: what changes, in which option, and the approval that allows it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from opensafe.errors import FindingsOpen, Incomplete, NotReady, OutOfOrder
from opensafe.model.choices import Choices
from opensafe.model.coverage import Coverage
from opensafe.model.identifiers import Oid
from opensafe.model.measures import OptionMeasures
from opensafe.model.option import Option
from opensafe.model.rewrite import Reach
from opensafe.model.text import counted

__all__ = [
    "ApprovedPlan",
    "BlobChange",
    "Gate",
    "IdentityRename",
    "Option",
    "OptionNumbers",
    "RewritePlan",
    "RewriteSpec",
    "SpanEdit",
]


class SpanEdit(NamedTuple):
    """Replace bytes `start` to `end` of the content that `via` leads to. Never holds the value that was there.

    A tuple, as `BlobChange` is: a plan has 300,000 of each, and a frozen class takes three times as long to make.
    """

    via: tuple[str, ...]
    start: int
    end: int
    replacement: bytes


class BlobChange(NamedTuple):
    """What happens to one blob: at `paths` only, or wherever it stands (`None`).

    `remove` drops the file; otherwise notebook outputs are stripped (`strip_outputs`), then `edits` made.
    """

    oid: Oid
    paths: frozenset[bytes] | None = None
    edits: tuple[SpanEdit, ...] = ()
    strip_outputs: bool = False
    remove: bool = False


@dataclass(frozen=True, slots=True)
class IdentityRename:
    """Author, committer and tagger lines with exactly this name and e-mail get the new ones."""

    old_name: bytes
    old_email: bytes
    new_name: bytes
    new_email: bytes

    @property
    def old(self) -> tuple[bytes, bytes]:
        """Name and e-mail as they stand there."""
        return self.old_name, self.old_email

    @property
    def old_repaired(self) -> tuple[bytes, bytes]:
        """The same in a line that was malformed and is repaired: without brackets."""
        return self.old_name.translate(None, b"<>\n"), self.old_email.translate(None, b"<>\n")

    @property
    def new(self) -> tuple[bytes, bytes]:
        return self.new_name, self.new_email


@dataclass(frozen=True, slots=True)
class RewriteSpec:
    """Every change that the decisions ask for, with raw names: compiled in memory, never written to the case.

    `refs` are the full names that will be published; `head` is the default branch. `message_edits` are keyed by
    the id of a commit or an annotated tag; their spans count in the message as it stands in the object. Note
    blobs are in `blobs`. `header_drops` are commits and tags whose header holds a decided value in what it need not
    hold. Where there is a `root_folder`, that folder becomes the root, and files outside it are among the removed
    `blobs`. Commits in `gone` leave the history, each with the commit that takes its place as a parent (`None`: nothing
    does); `new_root` stands for all of its ancestors.
    """

    refs: Mapping[bytes, Oid]
    head: bytes
    blobs: tuple[BlobChange, ...] = ()
    message_edits: Mapping[Oid, tuple[SpanEdit, ...]] = field(default_factory=dict)
    identities: tuple[IdentityRename, ...] = ()
    ref_renames: Mapping[bytes, bytes] = field(default_factory=dict)
    path_renames: Mapping[bytes, bytes] = field(default_factory=dict)
    header_drops: frozenset[Oid] = frozenset()
    root_folder: bytes = b""
    gone: Mapping[Oid, Oid | None] = field(default_factory=dict)
    new_root: Oid | None = None

    @property
    def changes_nothing(self) -> bool:
        return not (
            self.blobs
            or self.message_edits
            or self.identities
            or self.ref_renames
            or self.path_renames
            or self.header_drops
            or self.root_folder
            or self.gone
        )


@dataclass(frozen=True, slots=True)
class OptionNumbers:
    """What one option means for this repository: the columns of the comparison."""

    option: Option
    possible: bool
    why: str  # why it is recommended, or not possible
    commits_before: int
    commits_after: int
    commits_changed: int
    tags_lost: int
    tags_changed: int
    signatures_lost: int
    files_removed: int
    blobs_changed: int
    authors_kept: int
    authors_before: int
    headers_lost: int = 0  # extra headers of commits, merged tags among them; a plan of an earlier version says none

    @property
    def history_kept(self) -> float:
        """Share of commits that are still there after it (0 to 1)."""
        return self.commits_after / self.commits_before if self.commits_before else 1.0


@dataclass(frozen=True, slots=True)
class RewritePlan:
    """What is written to the case and approved: no raw names, no values.

    `source_digest` binds it to the objects and refs of the source, `decisions_digest` to every decision and to
    the audit; `replacements` tells which text stands in for which finding; `numbers` and `measures` compare the
    options, in the same order (a plan of an earlier version has no measures); `choices` are changes of the team's own,
    for the reason that `justification` gives; `reach` is what it takes away from a history that was made before.
    """

    option: Option
    recommended: Option
    source_digest: str
    decisions_digest: str
    spec_digest: str
    replacements: Mapping[str, str]
    numbers: tuple[OptionNumbers, ...]
    justification: str = ""
    digest: str = ""  # over everything else here: what an approval names
    measures: tuple[OptionMeasures, ...] = ()
    choices: Choices = field(default_factory=Choices)
    reach: Reach = field(default_factory=Reach)

    def as_fields(self) -> dict[str, Any]:
        """As `dataclasses.asdict`, which would copy each of the replacements by itself: there may be 100,000."""
        return {**asdict(replace(self, replacements={})), "replacements": dict(self.replacements)}


@dataclass(frozen=True, slots=True)
class Gate:
    """What the profile demands before a rewrite: unrotated credentials warn or block."""

    unrotated: int
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class ApprovedPlan:
    """A plan that may be executed. Made only by `approve`, which checks everything that must hold before."""

    plan: RewritePlan
    by: str
    on: str

    @classmethod
    def approve(
        cls,
        plan: RewritePlan,
        *,
        undecided: int,
        coverage: Coverage,
        gate: Gate,
        decisions_digest: str,
        by: str,
        on: str,
    ) -> "ApprovedPlan":
        """The approval by `by` at `on` (ISO 8601); `undecided` findings would be published and await a decision.

        Raises FindingsOpen, Incomplete, NotReady (a profile that blocks on unrotated credentials) or OutOfOrder
        (the decisions changed after the plan was made).
        """
        if undecided:
            raise FindingsOpen(
                f"to be decided in what will be published: {counted(undecided, 'finding')}",
                remedy="decide them: opensafe findings --state open, then opensafe decide",
            )
        if coverage.unsettled:
            raise Incomplete(
                f"{counted(len(coverage.unsettled), 'skip')} not settled",
                remedy="settle each by name: opensafe decide S-… --action accept|remove-file --reason … --by …",
            )
        if plan.decisions_digest != decisions_digest:
            raise OutOfOrder(
                "the decisions or the audit changed after this plan was made",
                remedy="make the plan again: opensafe plan",
            )
        if gate.blocks and gate.unrotated:
            raise NotReady(
                f"{counted(gate.unrotated, 'credential')} not rotated, and this profile asks for that first",
                remedy="opensafe rotate list, then opensafe rotate record",
            )
        return cls(plan, by, on)
