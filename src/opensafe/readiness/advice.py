"""What is left to people, because opensafe never changes a document that is there."""

from collections.abc import Iterator, Mapping

from opensafe.model.text import printable
from opensafe.readiness.answers import Answers
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.licence_choice import LICENCE, licence_conflict
from opensafe.readiness.licences import governing_licence, has_placeholders, identify, licence_files
from opensafe.readiness.manifests import is_r_package
from opensafe.readiness.readme import missing_sections
from opensafe.readiness.security_policy import security_gaps
from opensafe.readiness.text import text_of

_ASKED = ("description", "intended_use", "holder", "contact", "maintainer", "data_description", "regulation")


def advice(files: Mapping[str, bytes], answers: Answers) -> tuple[str, ...]:
    """Sentences for people: what the present documents lack, and which answers are still open."""
    return (*_readme(files), *_licence(files, answers), *_security(files), *_r_package(files), *_open_answers(answers))


def _readme(files: Mapping[str, bytes]) -> Iterator[str]:
    path = find_document(files, Document.README)
    if path is not None:
        for section in missing_sections(text_of(files[path])):
            yield f"{printable(path)} has no section on: {section.title.lower()}"


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


def _r_package(files: Mapping[str, bytes]) -> Iterator[str]:
    if is_r_package(files) and b"SECURITY" not in files.get(".Rbuildignore", b""):
        names = r"^CONTRIBUTING\.md$, ^SECURITY\.md$, ^CODE_OF_CONDUCT\.md$"
        yield f"R's checks note files that they do not know: add {names} to .Rbuildignore"


def _open_answers(answers: Answers) -> Iterator[str]:
    unsaid = [name for name in _ASKED if not getattr(answers, name).strip()]
    if unsaid:
        yield f"not answered yet, and marked in the documents that are added: {', '.join(unsaid)}"
