"""`opensafe plan --show`: one commit, tag or file as the decisions will leave it."""

from collections.abc import Iterator

from opensafe.cli.session import Session
from opensafe.model.plan import Option
from opensafe.model.preview import Fate, FilePreview, Preview
from opensafe.model.text import counted
from opensafe.reports.json_preview import preview_document
from opensafe.steps.preview import Previewed
from opensafe.steps.preview import preview as preview_step

_GIVES_UP = frozenset({Option.SQUASH, Option.NEW_REPOSITORY})


def show_preview(session: Session, what: str) -> None:
    """Say what `what` will be. Values are masked, whoever looks."""
    with session.working() as progress:
        previewed = preview_step(session.case(), what, progress)
    if session.json:
        session.document(preview_document(previewed.preview))
        return
    for line in _lines(previewed):
        session.say(line)


def _lines(previewed: Previewed) -> Iterator[str]:
    preview = previewed.preview
    yield f"{preview.kind} {preview.oid}" if preview.kind != "file" else f"in commit {preview.oid}"
    if preview.kind != "file":
        yield _fate(preview)
        yield from _people(preview)
        yield "message:"
        yield from (f"  {line}" for line in preview.message)
    for file in preview.files:
        yield from _file(file)
    if preview.inherited:
        yield f"{counted(len(preview.inherited), 'file')} of earlier commits, as changed there:"
        yield from (f"  {path}" for path in preview.inherited)
    if previewed.option in _GIVES_UP and preview.kind != "file":
        yield f"The planned option ({previewed.option}) does not keep it: only the files of the default branch stay."


def _fate(preview: Preview) -> str:
    if preview.goes:
        return "goes: the commit after it takes up its changes"
    return "changes: it will have another id" if preview.changes else "stays as it is, with its id"


def _people(preview: Preview) -> Iterator[str]:
    for person in preview.people:
        if person.before == person.after:
            yield f"{person.role}: {person.before}"
        else:
            yield f"{person.role}:"
            yield f"  - {person.before}"
            yield f"  + {person.after}"


_FATES = {
    Fate.KEPT: "no decision changes it",
    Fate.CHANGED: "changes",
    Fate.REMOVED: "is removed",
    Fate.HIDDEN: "is not shown",
}


def _file(file: FilePreview) -> Iterator[str]:
    yield f"file {file.path}: {_FATES[file.fate]}{f' ({file.why})' if file.why else ''}"
    if file.becomes:
        yield f"  + renamed to {file.becomes}"
    for part in file.parts:
        if part.where:
            yield f"  in {part.where}:"
        yield from (f"  {line}" for line in part.lines)
