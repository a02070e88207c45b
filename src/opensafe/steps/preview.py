"""`plan --show`: what the decisions make of one commit, tag or file, before anything is rewritten."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_plan
from opensafe.casework.chosen import compiled_plan
from opensafe.casework.compiled_decisions import decided_state, replacements_of, standing_decisions
from opensafe.casework.masking import masks_of
from opensafe.casework.source import unchanged_source
from opensafe.errors import UsageError
from opensafe.formats.replacing import Replacer
from opensafe.git.expressions import Expressions
from opensafe.history.naming import NamedFile, named_file, named_object
from opensafe.history.reading import History
from opensafe.model.choices import Choices
from opensafe.model.gitobjects import Commit, Identity, Tag
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.preview import Fate, FilePreview, IdentityPreview, PartPreview, Preview
from opensafe.model.progress import Progress
from opensafe.model.text import counted, shown
from opensafe.reports.differences import differences
from opensafe.rewriting.estimate import all_changed
from opensafe.rewriting.masks import Sides
from opensafe.rewriting.preview import ComparedFile, Previewer

_NOT_SHOWN = "it cannot be shown with its values masked"


@dataclass(frozen=True, slots=True)
class Previewed:
    """The preview, and the option that is planned, if one is: some give up the commit that is shown."""

    preview: Preview
    option: Option | None


def preview(case: Case, what: str, progress: Progress) -> Previewed:
    """Show `what` (a commit, a tag, `PATH` at the tip, or `COMMIT:PATH`) as it will be. Writes nothing to the case.

    The plan's own choices are shown with the decisions. Raises UsageError where nothing has that name, OutOfOrder where
    the source has changed since the audit.
    """
    with TemporaryDirectory(prefix="opensafe-") as folder:
        history = unchanged_source(case, Path(folder) / "view", progress)
        said, planned = standing_decisions(case), load_plan(case)
        replacements = replacements_of(case, history, said, planned.replacements if planned else {})
        choices = planned.choices if planned else Choices()
        made = compiled_plan(case, history, said, replacements, choices)
        state = decided_state(case)
        masks = masks_of(state.findings, state.coverage.skipped, made.inventory)
        with Expressions(made.lists.rules) as expressions:
            masks = replace(masks, rules=Replacer(made.lists.rules, expressions.find) if made.lists.rules else None)
            looker = _Looker(history, made.spec, Previewer(made.spec, history.graph, history.view, masks))
            return Previewed(looker.look(os.fsencode(what)), planned.option if planned else None)


class _Looker:
    def __init__(self, history: History, spec: RewriteSpec, previewer: Previewer) -> None:
        self._history = history
        self._graph = history.graph
        self._spec = spec
        self._previewer = previewer

    def look(self, name: bytes) -> Preview:
        oid = named_object(self._history, name)
        if oid in self._graph.commits:
            return self._commit(self._graph.commits[oid])
        if oid in self._graph.tags:
            return self._tag(self._graph.tags[oid])
        file = named_file(self._history, name)
        if file is None:
            raise UsageError(
                "there is no commit, no tag and no file at the tip of the default branch with that name",
                remedy="name a commit by its id or branch, a file by its path, or both: --show COMMIT:path/to/file",
            )
        return self._file(file)

    def _file(self, file: NamedFile) -> Preview:
        told = _file_preview(self._previewer.file(file.path, file.entry))
        return Preview("file", file.commit, told.fate is not Fate.KEPT, files=(told,))

    def _commit(self, commit: Commit) -> Preview:
        brought = list(self._previewer.brought(commit))
        files = [self._previewer.file(path, entry) for path, entry, is_own in brought if is_own]
        return Preview(
            kind="commit",
            oid=commit.oid,
            changes=commit.oid in all_changed(self._spec, self._graph, self._history.view),
            people=(self._person("author", commit.author), self._person("committer", commit.committer)),
            message=_message(self._previewer.message(commit)),
            files=tuple(map(_file_preview, files)),
            inherited=tuple(shown(self._previewer.shown_path(path)) for path, _, is_own in brought if not is_own),
            goes=commit.oid in self._spec.gone,
        )

    def _tag(self, tag: Tag) -> Preview:
        people = (self._person("tagger", tag.tagger),) if tag.tagger is not None else ()
        sides = self._previewer.message(tag)
        is_changed = sides.before != sides.after or any(person.before != person.after for person in people)
        return Preview("tag", tag.oid, is_changed or self._moves(tag.target), people, _message(sides))

    def _moves(self, target: Oid) -> bool:
        return target in all_changed(self._spec, self._graph, self._history.view)

    def _person(self, role: str, who: Identity) -> IdentityPreview:
        before, after = self._previewer.person(who)
        return IdentityPreview(role, shown(before), shown(after))


def _message(sides: Sides) -> tuple[str, ...]:
    """The whole message where it stays as it is, the lines that differ where it does not."""
    if sides.before is None or sides.after is None:
        return (f"@ {_NOT_SHOWN}",)
    if sides.before == sides.after:
        return tuple(f"  {shown(line)}" for line in sides.before.rstrip(b"\n").split(b"\n"))
    return differences(sides.before, sides.after)


def _file_preview(file: ComparedFile) -> FilePreview:
    path, new = shown(file.path), shown(file.new_path)
    becomes = "" if path == new else new
    before, after = file.sides.before, file.sides.after
    if file.sides.removed:
        why = "it cannot be changed inside" if file.sides.given_up else "that was decided"
        return FilePreview(path, Fate.REMOVED, why=why)
    if before is None or after is None:
        return FilePreview(path, Fate.HIDDEN, becomes, why=_NOT_SHOWN)
    if before == after and not becomes:
        return FilePreview(path, Fate.KEPT)
    return FilePreview(path, Fate.CHANGED, becomes, parts=tuple(_parts(file, before, after)))


def _parts(file: ComparedFile, before: bytes, after: bytes) -> Iterator[PartPreview]:
    for part in file.parts:
        if part.before is None or part.after is None:
            side = "added" if part.before is None else "removed"
            size = len(part.after or part.before or b"")
            yield PartPreview(shown(part.where.encode()), (f"@ {side}, {counted(size, 'byte')}",))
        else:
            yield PartPreview(shown(part.where.encode()), differences(part.before, part.after))
    if before != after and not file.parts:
        sizes = f"@ {counted(len(before), 'byte')} before, {counted(len(after), 'byte')} after: not text"
        yield PartPreview("", (sizes,))
