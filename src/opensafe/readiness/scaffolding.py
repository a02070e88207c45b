"""The documents of a release: those that are missing are written, those that are there are never changed.

A README and R's list of files that are no part of the package may get lines added at their end.
Sources: policy v1.0, sections 4 b to d; facts, policy 2 (requirements 24 to 64), 6 and 7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opensafe.model.former import FormerHistory
from opensafe.model.text import printable
from opensafe.readiness.answers import Answers
from opensafe.readiness.community import Document, document_paths, find_document
from opensafe.readiness.former_history import former_documents, with_notes_to_come
from opensafe.readiness.licence_choice import LICENCE, licence_settled
from opensafe.readiness.licences import copyright_line, licence_text
from opensafe.readiness.markup import Marked
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.placeholders import to_complete
from opensafe.readiness.rbuildignore import build_ignore
from opensafe.readiness.readme_texts import completed_readme, whole_readme
from opensafe.readiness.rendering import render

_MIT_NOTICE = "Copyright (c) <year> <copyright holders>"


def missing_documents(
    files: Mapping[str, bytes], answers: Answers, former: FormerHistory | None = None
) -> tuple[NewFile, ...]:
    """The documents that the project lacks, and its README where sections are missing; empty where nothing is.

    Looks in `.github`, the top level and `docs`, in any letter case. Adds no licence where a licence file of any
    kind is there or a manifest names another licence. A `former` history that was given up brings documents that
    make up for it. Raises UsageError for a licence that opensafe has not.
    """
    wanted = [document for document in _DOCUMENTS if document.kind is not Document.NOTICE or answers.notice]
    known = with_notes_to_come(files, former)
    new = [
        NewFile(document.path, document.write(known, answers), document.why)
        for document in wanted
        if not document.present(files, answers) and not _taken(files, document.path)
    ]
    new += [file for file in former_documents(answers, former) if not _taken(files, file.path)]
    readme, ignored = completed_readme(known, answers), build_ignore(files, [file.path for file in new])
    return tuple(file for file in (readme, *new, ignored) if file)


def _taken(files: Mapping[str, bytes], path: str) -> bool:
    """Whether a file or folder has that name, on systems too that do not tell letter cases apart."""
    return any(other.lower() == path.lower() or other.lower().startswith(path.lower() + "/") for other in files)


def _licence(_files: Mapping[str, bytes], answers: Answers) -> bytes:
    """Exactly one licence text and its copyright line: more would hide it from detectors (facts, policy 6)."""
    text = licence_text(answers.shipped_licence)
    notice = copyright_line(answers.holder, answers.year, answers.crown_body)
    whole = text.replace(_MIT_NOTICE, notice, 1) if _MIT_NOTICE in text else f"{notice}\n\n{text}"
    return whole.encode("utf-8")


def _notice(_files: Mapping[str, bytes], answers: Answers) -> bytes:
    """Plain text: nothing to escape but what a terminal would obey."""
    ask = to_complete("regulation", "give the text that the regulator asks for, or say that none applies.")
    text = render(
        "NOTICE",
        project=_plain(answers.project),
        copyright=Marked(copyright_line(answers.holder, answers.year, answers.crown_body)),
        regulation=_plain(answers.regulation) or ask,
    )
    return text.encode("utf-8")


def _plain(text: str) -> Marked:
    return Marked(printable(" ".join(text.split())))


def _from_template(template: str) -> Callable[[Mapping[str, bytes], Answers], bytes]:
    def write(files: Mapping[str, bytes], answers: Answers) -> bytes:
        contact = answers.security_contact or answers.contact
        text = render(template, answers=answers, paths=document_paths(files), security_contact=contact)
        return text.encode("utf-8")

    return write


@dataclass(frozen=True, slots=True)
class _Document:
    """One kind of document: where it goes, how it is written. `kind` is None for the licence."""

    kind: Document | None
    path: str
    why: str
    write: Callable[[Mapping[str, bytes], Answers], bytes]

    def present(self, files: Mapping[str, bytes], answers: Answers) -> bool:
        return licence_settled(files, answers) if self.kind is None else find_document(files, self.kind) is not None


_DOCUMENTS = (
    _Document(Document.README, "README.md", "says what the project is, for whom, and how to use it", whole_readme),
    _Document(None, LICENCE, "says on what terms others may use the code", _licence),
    _Document(Document.NOTICE, "NOTICE", "carries regulatory wording and caveats with every copy", _notice),
    _Document(
        Document.CONTRIBUTING,
        "CONTRIBUTING.md",
        "says how to raise issues and propose changes",
        _from_template("CONTRIBUTING.md"),
    ),
    _Document(
        Document.SECURITY, "SECURITY.md", "says how to report vulnerabilities in private", _from_template("SECURITY.md")
    ),
    _Document(
        Document.CODE_OF_CONDUCT,
        "CODE_OF_CONDUCT.md",
        "says how people treat each other and whom to tell",
        _from_template("CODE_OF_CONDUCT.md"),
    ),
)
