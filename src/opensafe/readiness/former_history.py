"""The documents that make up for a history that was given up: credit, and where the code comes from.

Sources: policy v1.0, section 4 g (lost history, steps 3 and 4); facts, history 12 (credit only for those who agreed).
"""

from collections.abc import Mapping

from opensafe.model.former import FormerHistory
from opensafe.model.option import Option
from opensafe.readiness.answers import Answers
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.markdown import inline
from opensafe.readiness.markup import Marked
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.rendering import render

CONTRIBUTORS, PROVENANCE = "CONTRIBUTORS.md", "PROVENANCE.md"


def former_documents(answers: Answers, former: FormerHistory | None) -> tuple[NewFile, ...]:
    """What is to be written because commits were given up; nothing where they are kept."""
    if former is None:
        return ()
    new = []
    if former.contributors:
        new.append(
            NewFile(CONTRIBUTORS, _rendered(CONTRIBUTORS, former, answers), "names those who agreed to be named")
        )
    if former.option is Option.NEW_REPOSITORY:
        new.append(NewFile(PROVENANCE, _rendered(PROVENANCE, former, answers), "says where the code comes from"))
    return tuple(new)


def with_notes_to_come(files: Mapping[str, bytes], former: FormerHistory | None) -> Mapping[str, bytes]:
    """The files as they will be when `release --prepare` has written up the lost messages: a README may point there."""
    if former is None or not former.messages or find_document(files, Document.CHANGELOG):
        return files
    return {**files, "NEWS.md" if "DESCRIPTION" in files else "CHANGELOG.md": b""}


def _rendered(path: str, former: FormerHistory, answers: Answers) -> bytes:
    names = Marked("\n".join(f"- {inline(name)}" for name in former.contributors))
    years = str(former.last_year)
    if former.first_year != former.last_year:
        years = f"{former.first_year} to {former.last_year}"
    people = len(former.contributors) + former.unnamed
    text = render(path, former=former, answers=answers, names=names, years=years, people=people)
    return text.encode("utf-8")
