"""What is left to people, because opensafe never changes what a document says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from opensafe.model.text import printable
from opensafe.readiness.answers import Answers
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.licence_choice import LICENCE, licence_conflict
from opensafe.readiness.licences import governing_licence, has_placeholders, identify, licence_files
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.placeholders import gap_keys, placeholders
from opensafe.readiness.readme import missing_sections
from opensafe.readiness.scaffolding import missing_documents
from opensafe.readiness.security_policy import security_gaps
from opensafe.readiness.text import text_of


def advice(files: Mapping[str, bytes], answers: Answers) -> tuple[str, ...]:
    """Sentences for people: what the documents lack that are there, and what is open in those that are added."""
    added = missing_documents(files, answers)
    return (*_readme(files, added), *_gaps(files), *_licence(files, answers), *_security(files), *_open_answers(added))


def _readme(files: Mapping[str, bytes], added: Sequence[NewFile]) -> Iterator[str]:
    """What a README lacks that opensafe does not write to, and another that is made from a source."""
    path = find_document(files, Document.README)
    if path is None:
        return
    if path in {file.path for file in added}:
        sources = (other for other in sorted(files) if _makes(other, path))
        yield from (f"{path} is made from {other}: add the new sections there too" for other in sources)
        return
    for section in missing_sections(text_of(files[path])):
        yield f"{path} has no section on: {section.title.lower()}"


def _makes(source: str, path: str) -> bool:
    """Whether `source` is the R Markdown or Quarto document that `path` is made from."""
    stem = re.escape(str(PurePosixPath(path).with_suffix("")))
    return re.fullmatch(rf"{stem}\.[rq]md", source, re.IGNORECASE) is not None


def _gaps(files: Mapping[str, bytes]) -> Iterator[str]:
    """Gaps that an earlier run marked. Those of the security policy are told with the rest of what it lacks."""
    for kind in Document:
        path = find_document(files, kind)
        gaps = placeholders(text_of(files[path])) if path and kind is not Document.SECURITY else 0
        if gaps:
            yield f"{path} has {gaps} {'parts that are' if gaps > 1 else 'part that is'} still to be completed"


def _licence(files: Mapping[str, bytes], answers: Answers) -> Iterator[str]:
    path = governing_licence(files)
    file = printable(path or "")
    spdx = answers.shipped_licence if path is None else identify(files[path])
    if path is not None and not spdx:
        yield f"{file} is not one known licence text and nothing else: keep other wording in NOTICE or the README"
    if path is not None and has_placeholders(files[path]):
        yield f"{file} still has a placeholder for the year or the holder"
    if len(licence_files(files)) > 1:
        names = printable(", ".join(licence_files(files)))
        yield f"there is more than one licence file ({names}): say which covers what"
    if path is None and any(other.startswith("LICENSES/") for other in files):
        yield f"the texts are in LICENSES: add the main one at the top level as {LICENCE}, where the policy asks for it"
    manifest = licence_conflict(files, spdx) if spdx else ""
    if manifest:
        yield f"{manifest} names another licence than {file or 'the one that was asked for'} ({spdx}): make them agree"


def _security(files: Mapping[str, bytes]) -> Iterator[str]:
    path = find_document(files, Document.SECURITY)
    if path is not None:
        for gap in security_gaps(text_of(files[path])):
            yield f"{printable(path)} lacks {gap}"


def _open_answers(added: Sequence[NewFile]) -> Iterator[str]:
    """Which answers the marked gaps of the new texts wait for."""
    unsaid = dict.fromkeys(key for file in added for key in gap_keys(text_of(file.data)))
    if any(file.path == LICENCE and has_placeholders(file.data) for file in added):
        unsaid["holder"] = None
    if unsaid:
        yield f"not answered yet, and marked in the documents that are added: {', '.join(unsaid)}"
