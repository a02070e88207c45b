"""The documents of a release: those that are missing are written, those that are there are never touched.

Sources: policy v1.0, sections 4 b to d; facts, policy 2 (requirements 24 to 64), 6 and 7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opensafe.model.text import printable
from opensafe.readiness.advice import advice
from opensafe.readiness.answers import Answers
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.licence_choice import LICENCE, licence_of, licence_settled
from opensafe.readiness.licences import copyright_line, licence_text
from opensafe.readiness.markdown import Markdown
from opensafe.readiness.placeholders import to_complete
from opensafe.readiness.rendering import render
from opensafe.readiness.survey import survey

__all__ = ["Answers", "NewFile", "advice", "missing_documents"]

_LICENCE_NAMES = {
    "MIT": "MIT Licence",
    "Apache-2.0": "Apache Licence 2.0",
    "GPL-3.0-only": "GNU General Public Licence, version 3",
    "OGL-UK-3.0": "Open Government Licence 3.0",
}
_MIT_NOTICE = "Copyright (c) <year> <copyright holders>"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to add. `why` says in one line what it is for."""

    path: str
    data: bytes
    why: str


def missing_documents(files: Mapping[str, bytes], answers: Answers) -> tuple[NewFile, ...]:
    """The documents that the project lacks, ready to be added; empty where it lacks none.

    Looks in `.github`, the top level and `docs`, in any letter case. Adds no licence where a licence file of any
    kind is there or a manifest names another licence. Raises UsageError for a licence that opensafe has not.
    """
    wanted = [document for document in _DOCUMENTS if document.kind is not Document.NOTICE or answers.notice]
    return tuple(
        NewFile(document.path, document.write(files, answers), document.why)
        for document in wanted
        if not document.present(files, answers) and not _taken(files, document.path)
    )


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
    return render(
        "NOTICE",
        project=_plain(answers.project),
        copyright=Markdown(copyright_line(answers.holder, answers.year, answers.crown_body)),
        regulation=_plain(answers.regulation) or ask,
    )


def _plain(text: str) -> Markdown:
    return Markdown(printable(" ".join(text.split())))


def _readme(files: Mapping[str, bytes], answers: Answers) -> bytes:
    spdx, licence_file = licence_of(files, answers)
    return render(
        "README.md",
        answers=answers,
        survey=survey(files),
        changelog=find_document(files, Document.CHANGELOG) or "",
        licence_name=_LICENCE_NAMES.get(spdx, spdx),
        licence_file=licence_file,
        paths=_paths(files),
    )


def _from_template(template: str) -> Callable[[Mapping[str, bytes], Answers], bytes]:
    def write(files: Mapping[str, bytes], answers: Answers) -> bytes:
        contact = answers.security_contact or answers.contact
        return render(template, answers=answers, paths=_paths(files), security_contact=contact)

    return write


def _paths(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Where the documents lie that others point to: as found, else where they will be added."""
    return {
        "readme": find_document(files, Document.README) or "README.md",
        "contributing": find_document(files, Document.CONTRIBUTING) or "CONTRIBUTING.md",
        "security": find_document(files, Document.SECURITY) or "SECURITY.md",
        "conduct": find_document(files, Document.CODE_OF_CONDUCT) or "CODE_OF_CONDUCT.md",
    }


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
    _Document(Document.README, "README.md", "says what the project is, for whom, and how to use it", _readme),
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
