"""What no program here can read inside is a question for a person: pictures, PDFs, archives, unknown formats."""

import re
from collections.abc import Iterator

from opensafe.detectors.kinds import ContentDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_DOCUMENTS = frozenset({"pdf", "rtf", "docx", "pptx", "odt", "odp", "doc", "ppt", "msg", "ole", "ole-encrypted"})
_ARCHIVES = frozenset({"zip", "tar", "7z", "rar", "zstd", "lz4", "gzip", "bz2", "xz", "lzma", "zlib"})
_PICTURES = frozenset({"png", "jpeg", "gif", "tiff", "webp"})
_WHY = {
    **dict.fromkeys(_DOCUMENTS, "a document: its pages and pictures have to be looked at"),
    **dict.fromkeys(_ARCHIVES, "an archive: what was in it was read where that is possible, the whole is a question"),
    **dict.fromkeys(_PICTURES, "a picture: what it shows is not read"),
}
_WHY_ELSE = {
    True: "a mail with attachments: they have to be looked at",
    False: "an unknown format: its bytes were searched as they are",
}
_ATTACHED = expression(rb"^Content-Disposition:[ \t]{0,20}attachment", re.IGNORECASE | re.MULTILINE)


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.via:
        return
    if specimen.signature in _WHY or _is_unknown(specimen) or _has_attachments(specimen):
        graver = specimen.signature in _DOCUMENTS | _ARCHIVES | {"eml"}
        yield Hit(
            start=0,
            end=0,
            value=Secret(b"opaque-file", "file"),
            form=Form.FILE,
            severity=Severity.MEDIUM if graver else Severity.LOW,
            confidence=Confidence.MEDIUM,
            why=_WHY.get(specimen.signature, _WHY_ELSE[specimen.signature == "eml"]),
        )


def _is_unknown(specimen: Specimen) -> bool:
    """No format that is known, and no text in an encoding that is known."""
    return not specimen.signature


def _has_attachments(specimen: Specimen) -> bool:
    """A mail without them is text, and read to the end."""
    return specimen.signature == "eml" and _ATTACHED.search(specimen.data) is not None


DETECTOR = ContentDetector(
    Card(
        id="data.opaque-file",
        title="File that a person has to look at",
        category=Category.FILE,
        severity=Severity.LOW,
        scope=Scope.CONTENT,
        why="Screenshots, figures, scanned pages and archives may show patients, and no rule sees what they show. Text "
        "and properties in them were read where the format is known.",
        remedy="Look at it. Remove it from the whole history, or keep it by path with a reason.",
        reference="facts: data 7, presence of pictures, documents and archives; design, promise 3",
        examples=(
            Example(("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "\x00" * 40), path="plot.png", encoding="latin-1"),
            Example(("%PDF-1.7\n%", "\xe2\xe3\xcf\xd3\n", "\x00" * 40), path="report.pdf", encoding="latin-1"),
            Example(("\x00\x01\x02\xfe" * 20,), path="model.bin", encoding="latin-1"),
        ),
        non_examples=(
            Example(("x <- 1\ny <- 2\n",), path="analysis.R"),
            Example(("<svg></svg>\n",), path="logo.svg"),
        ),
    ),
    _look,
)
