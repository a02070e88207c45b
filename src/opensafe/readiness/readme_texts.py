"""The texts of a README: the whole of one, and the sections that one lacks, from the same templates."""

from collections.abc import Mapping
from posixpath import dirname, relpath
from types import MappingProxyType

from opensafe.readiness.answers import Answers
from opensafe.readiness.appending import extended
from opensafe.readiness.blocks import closing_line
from opensafe.readiness.community import Document, document_paths, find_document
from opensafe.readiness.headings import Style
from opensafe.readiness.licence_choice import licence_of
from opensafe.readiness.markdown import MARKDOWN
from opensafe.readiness.markup import Dialect
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.readme import SECTIONS, missing_sections
from opensafe.readiness.readme_style import style_of
from opensafe.readiness.rendering import render
from opensafe.readiness.survey import survey
from opensafe.readiness.text import text_of

_LICENCE_NAMES = MappingProxyType(
    {
        "MIT": "MIT Licence",
        "Apache-2.0": "Apache Licence 2.0",
        "GPL-3.0-only": "GNU General Public Licence, version 3",
        "OGL-UK-3.0": "Open Government Licence 3.0",
    }
)
# The words of publiccode.yml for the state of a project (its standard, key `developmentStatus`), in plain English.
_STATUS = MappingProxyType(
    {
        "concept": "an idea that is being worked out",
        "development": "being built, and not ready for use",
        "beta": "being tested, and it may still change",
        "stable": "ready for regular use",
        "obsolete": "no longer maintained",
    }
)


def whole_readme(files: Mapping[str, bytes], answers: Answers) -> bytes:
    """A README in Markdown with every section."""
    values = _values(files, answers, "README.md")
    title = Style("#").write(MARKDOWN.inline(answers.project))
    parts = [f"{title}\n\n{render('readme/opening', MARKDOWN, **values)}"]
    parts += [_section(section.id, section.name, Style("##"), MARKDOWN, values) for section in SECTIONS]
    return "\n".join(parts).encode("utf-8")


def completed_readme(files: Mapping[str, bytes], answers: Answers) -> NewFile | None:
    """The README that is there, with the sections that it lacks below its text.

    None where it lacks none, and where it is no text in Markdown, reStructuredText or without a markup.
    """
    path = find_document(files, Document.README)
    if path is None:
        return None
    text = text_of(files[path])
    missing, style = missing_sections(text), style_of(path, text)
    if not missing or not text.strip() or style is None:
        return None
    dialect, heading = style
    values = _values(files, answers, path)
    parts = [_section(section.id, section.name, heading, dialect, values) for section in missing]
    end = closing_line(text)
    names = ", ".join(section.name.lower() for section in missing)
    added = "\n".join([end and f"{end}\n", *parts])
    return extended(path, files[path], added, f"gets the sections that it lacks: {names}")


def _section(template: str, name: str, heading: Style, dialect: Dialect, values: Mapping[str, object]) -> str:
    return f"{heading.write(name)}\n\n{render(f'readme/{template}', dialect, **values)}"


def _values(files: Mapping[str, bytes], answers: Answers, path: str) -> Mapping[str, object]:
    """What the templates may use. Paths of other documents are as seen from the folder of the README."""
    spdx, licence_file = licence_of(files, answers)
    folder = dirname(path) or "."
    changelog = find_document(files, Document.CHANGELOG)
    return {
        "answers": answers,
        "survey": survey(files),
        "status_means": _STATUS.get(answers.status.strip().lower(), ""),
        "changelog": relpath(changelog, folder) if changelog else "",
        "licence_name": _LICENCE_NAMES.get(spdx, spdx),
        "licence_file": relpath(licence_file, folder) if licence_file else "",
        "paths": {name: relpath(where, folder) for name, where in document_paths(files).items()},
    }
