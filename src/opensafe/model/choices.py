"""Changes of the team's own that a plan makes besides the decisions: each is part of the plan and of its digest."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A list that stays where the team keeps it: its path, and the keyed digest of what it held.

    What stands in it (old names, values) is never copied into the case. Without the same file the plan is not
    carried out.
    """

    path: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class FileChoices:
    """`remove_larger` counts bytes (0: no limit); `remove_types` are signatures of contents (`formats.signature`).

    `only_path` keeps one folder; with `to_root` that folder becomes the root.
    """

    remove_paths: tuple[str, ...] = ()
    remove_larger: int = 0
    remove_types: tuple[str, ...] = ()
    only_path: str = ""
    to_root: bool = False
    strip_notebooks: bool = False

    @property
    def removes(self) -> bool:
        return bool(self.remove_paths or self.remove_larger or self.remove_types or self.only_path)


@dataclass(frozen=True, slots=True)
class RefChoices:
    """Globs for the names of branches and tags: where `keep` is given, only what it matches; never what `drop` does."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleChoices:
    """`no_reply` is the domain of the addresses that stand in for real ones; `pseudonyms` hides the names as well."""

    mailmap: NamedFile | None = None
    no_reply: str = ""
    pseudonyms: bool = False

    @property
    def renames(self) -> bool:
        return bool(self.mailmap or self.no_reply or self.pseudonyms)


@dataclass(frozen=True, slots=True)
class CommitChoices:
    """`drop` are full commit ids, `reword` new messages by commit id, `squash_before` a date in ISO 8601."""

    drop: tuple[str, ...] = ()
    reword: Mapping[str, str] = field(default_factory=dict)
    squash_before: str = ""

    @property
    def changes(self) -> bool:
        return bool(self.drop or self.reword or self.squash_before)


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that the team asks for besides its decisions. `replace` lists its own literals and expressions."""

    files: FileChoices = FileChoices()
    refs: RefChoices = RefChoices()
    people: PeopleChoices = PeopleChoices()
    replace: NamedFile | None = None
    commits: CommitChoices = CommitChoices()

    @property
    def is_empty(self) -> bool:
        return self == Choices()
