"""What the source does to hide or bend history, and what tools it tells to look away: reported, never obeyed."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from opensafe.git.commit_graph import stated_parents
from opensafe.git.layout import SourceLayout, is_folder, read_text
from opensafe.git.multi_pack_index import hidden_objects
from opensafe.git.refs import SourceRefs
from opensafe.history.configured import configured
from opensafe.history.scanner_files import scanner_settings
from opensafe.history.setting import HistorySetting
from opensafe.model.expressions import expression
from opensafe.model.finding import Severity
from opensafe.model.identifiers import Oid
from opensafe.model.text import counted

Parents = Callable[[], Mapping[Oid, tuple[Oid, ...]]]
_REPLACE = b"refs/replace/"
_HIDES_DIFFS = expression(rb"(?m)^[^#\n]{1,4096}[ \t](?:-diff|-text|binary|diff=[^\s]{1,200})(?=\s|$)")
_TEMPLATE = ".sample"  # what git puts there and never starts


def history_settings(
    layout: SourceLayout,
    refs: SourceRefs,
    parents: Parents = dict,
    paths: Iterable[bytes] = (),
) -> Iterator[HistorySetting]:
    """Everything of this kind (facts, history and rewriting, sections 3 to 5, and 14.15).

    `parents` gives those of all commits of the store, `paths` are all paths of the history.
    """
    yield from _bent(layout, refs)
    yield from _cut(layout)
    yield from _forged_graph(layout, parents)
    yield from _forged_index(layout)
    yield from configured(layout)
    yield from _in_files(layout)
    yield from scanner_settings(paths)


def _bent(layout: SourceLayout, refs: SourceRefs) -> Iterator[HistorySetting]:
    """Replace refs, grafts and borrowed objects."""
    replaced = sum(name.startswith(_REPLACE) for name in refs.refs)
    if replaced:
        yield HistorySetting(
            "replace-refs",
            f"{counted(replaced, 'replace ref')} in the way of ordinary git commands",
            Severity.MEDIUM,
            "both the hidden and the shown objects were read",
            "delete the refs, or keep the replacement for good by a rewrite",
        )
    if layout.grafts:
        yield HistorySetting(
            "grafts",
            "a grafts file bends the history",
            Severity.MEDIUM,
            "the real parents were read, not the grafts",
            "remove the file: a clone does not have it",
            (b".git/info/grafts",),
        )
    if layout.alternates:
        yield HistorySetting(
            "alternates",
            "objects are borrowed from other folders on this machine",
            Severity.LOW,
            "the borrowed objects were read with the rest",
            "make sure that the borrowed objects may be published: git repack -a makes them this repository's own",
            (b".git/objects/info/alternates",),
        )


def _cut(layout: SourceLayout) -> Iterator[HistorySetting]:
    """Clones that are not complete."""
    if layout.promisor:
        yield HistorySetting(
            "partial-clone",
            "this is a partial clone: objects may be missing",
            Severity.MEDIUM,
            "nothing was fetched; what is missing is listed as skipped",
            "audit a full clone",
            (b".git/config",),
        )
    if layout.shallow:
        yield HistorySetting(
            "shallow-clone",
            "this is a shallow clone: older history is missing",
            Severity.MEDIUM,
            "nothing can be said about commits that are not here",
            "audit a full clone, or run git fetch --unshallow",
            (b".git/shallow",),
        )


def _forged_graph(layout: SourceLayout, parents: Parents) -> Iterator[HistorySetting]:
    """A commit-graph whose parents are not those of the commits: git would believe it."""
    try:
        stated = stated_parents(layout.objects)
    except ValueError:
        stated, is_damaged = {}, True
    else:
        is_damaged = False
    known = parents() if stated else {}
    wrong = sum(oid in known and known[oid] != said for oid, said in stated.items())
    if wrong or is_damaged:
        yield HistorySetting(
            "forged-commit-graph",
            "the commit-graph is damaged" if is_damaged else f"the commit-graph lies about {counted(wrong, 'commit')}",
            Severity.HIGH,
            "git log and clones may leave history out; here the commits themselves were read",
            "delete the file and find out who wrote it: git commit-graph verify",
            (b".git/objects/info/commit-graph",),
        )


def _forged_index(layout: SourceLayout) -> Iterator[HistorySetting]:
    """A multi-pack-index that leaves objects out."""
    try:
        hidden = hidden_objects(layout.objects)
    except ValueError:
        hidden = -1
    if hidden:
        yield HistorySetting(
            "forged-multi-pack-index",
            "the multi-pack-index is damaged"
            if hidden < 0
            else f"the multi-pack-index hides {counted(hidden, 'object')}",
            Severity.HIGH,
            "git may not find objects that are there; here the packs themselves were read",
            "delete the file and find out who wrote it: git multi-pack-index verify",
            (b".git/objects/pack/multi-pack-index",),
        )


def _in_files(layout: SourceLayout) -> Iterator[HistorySetting]:
    """Hooks, and attributes that make git show less."""
    folder = layout.common_dir / "hooks"
    hooks = sorted(folder.iterdir()) if is_folder(folder) else []
    names = tuple(b".git/hooks/" + os.fsencode(hook.name) for hook in hooks if hook.suffix != _TEMPLATE)
    if names:
        yield HistorySetting(
            "hooks",
            "hooks are installed in this folder",
            Severity.INFO,
            "none of them was started; they are not published",
            "read those that you do not know",
            names,
        )
    attributes = read_text(layout.common_dir / "info" / "attributes")
    if _HIDES_DIFFS.search(attributes):
        yield HistorySetting(
            "hidden-diffs",
            "attributes of this folder keep git from showing changes",
            Severity.LOW,
            "the files were read all the same",
            "look at these files with git diff --text",
            (b".git/info/attributes",),
        )
