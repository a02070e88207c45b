"""Where credit belongs: a name that stands there is low, and says why. One that stands elsewhere too is not.

Nothing is left out: whoever is named for credit is asked about it as well, only after everybody else.
"""

import re
from dataclasses import replace
from functools import lru_cache

from opensafe.detectors.carewords import is_of_care
from opensafe.detectors.copyrightnotices import WHY as IN_NOTICE
from opensafe.detectors.copyrightnotices import is_in_notice
from opensafe.detectors.foreigncode import VALUE as OF_OTHERS
from opensafe.detectors.foreigncode import WHY as IN_FOREIGN_CODE
from opensafe.detectors.foreigncode import is_foreign, is_of_page
from opensafe.detectors.maildomains import is_of_public_service
from opensafe.detectors.publications import published_as
from opensafe.model.creditfiles import CREDIT_FILES
from opensafe.model.detector import Card
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen

_OF_AUTHORS = frozenset({Form.PERSON_NAME, Form.EMAIL, Form.LOGIN})
_NEVER_OF_OTHERS = frozenset(
    {
        "names.user-paths",  # of whoever made the file here
        # People of tables, records and letters, wherever they stand.
        "names.beside-nhs-number",
        "names.columns-of-names",
        "names.greeted-names",
        "names.hl7-names",
        "names.name-columns",
        "names.rows-of-people",
    }
)
_BIBLIOGRAPHIES = (b".bib", b".bibtex", b".ris", b".nbib", b".enw")
_PROSE = (b".md", b".markdown", b".qmd", b".rmd", b".rst", b".html", b".htm", b".ipynb", b"readme", b"readme.txt")
_HEADING = expression(
    rb"(?m)^[ ]{0,3}#{1,6}[ \t]{1,4}(?P<hashed>[^\n]{2,80}?)[ \t#]{0,10}\r?$"
    rb"|<h[1-6][^>\n]{0,100}>(?P<tagged>[^<\n]{2,80})|^\*\*(?P<bold>[^*\n]{2,60})\*\*"
)
_DOCUMENTS = (b".pdf", b".docx", b".odt", b".tex")
_ACKNOWLEDGED = expression(
    rb"(?im)^(?:[ \t]{0,8}(?:\d{1,2}(?:\.\d{1,2}){0,2}[. \t]{1,8})?|\\(?:sub)?section\*?\{)"
    rb"acknowledge?ments?[ \t.:}]{0,8}\r?$"
)
_UNDERLINED = expression(rb"(?m)^(?P<ruled>[^\n]{2,80}?)[ \t]{0,4}\r?\n(?:={3,80}|-{3,80})[ \t]{0,4}\r?$")
_OF_CREDIT = expression(
    rb"(?i)[^\w\n]{0,40}(?:(?:project|package|repo(?:sitory)?|main|key|code|our|the|meet the|lead|current|past)[ ])?"
    rb"(?:authors?|contributors?|credits?|acknowledge?ments?|maintainers?|developers?|thanks(?: to)?|contacts?(?: us)?"
    rb"|(?:project |development )?team(?: members)?|who (?:we are|made this)|citation|references|bibliography|further"
    rb" reading)(?:[ ]?(?:&|and|/)[ ]?(?:authors?|contributors?|credits?|acknowledge?ments?|maintainers?|contacts?))?"
    rb"(?: (?:details|information|list))?[^\w\n]{0,40}"
)
_CHANGES = expression(rb"(?:changelog|changes|history|news|releases?|release[-_ ]?notes)(?:\.(?:md|txt|rst|html?))?")
_OPENED = expression(rb"[(\[][^()\[\]\n]{0,80}\Z")
_CLOSED = expression(rb"[^()\[\]\n]{0,80}[)\]]")
_THANKED = expression(rb"(?i)\b(?:thanks|thank you|credits?|contributed|reported|suggested)\b[^.\n]{0,60}\Z")
_TREATED = expression(rb"(?i)patient|client|resident|\bnhs n|\bdob\b|case \d|\b(?:mrs?|ms)\b")
_AUTHORS = expression(rb"(?:/Author ?\(|\b[Aa]uthors?: )[^\n()]{0,700}\Z")
_IMAGES = expression(rb"(?:docker|container)file(?:\.[\w.-]{1,40})?|[\w.-]{1,60}\.dockerfile")
_OF_IMAGE = expression(
    rb"(?i)[ \t]{0,20}(?:MAINTAINER[ \t]"
    rb"|(?:LABEL[ \t]{1,4})?[\"']?(?:maintainer|org\.opencontainers\.image\.authors)[\"']?[ \t]?=)"
)
_LIST = 900  # bytes to each side in which a list of authors is looked for
_LINE = 300  # bytes
_HEADING_REACH = 1_500
_AN_AUTHOR = b"author: "  # as formats/kinds/document_people.py writes them down
_SEVERAL = 3  # office programs name one person who made a file and one who changed it
OF_IMAGE = "who maintains an image, in a Dockerfile"
OF_A_PAPER = "one of several authors in the properties of a document, as those of a paper are"
IN_CREDITS = "in a file where credit is given, such as AUTHORS or DESCRIPTION"
IN_CHANGES = "who made a change, in a list of changes"
IN_BIBLIOGRAPHY = "in a list of publications"
UNDER_HEADING = "under a heading such as authors or contact"


def credited(card: Card, specimen: Specimen, hit: Hit) -> Hit:
    """The hit; a name of somebody who is no one of this repository is low where credit is what it stands for."""
    if hit.person is not None or not (card.category is Category.NAME or hit.form is Form.EMAIL):
        return hit
    if _is_of_others(card, specimen, hit):
        value = Secret(OF_OTHERS, "name")
        return replace(_low(hit, IN_FOREIGN_CODE), value=value, form=Form.OTHER)
    if hit.severity.rank >= Severity.LOW.rank:
        return hit
    if hit.form is Form.EMAIL:
        return _address_of_credit(specimen, hit)
    why = _why(specimen, hit)
    return _low(hit, why) if why else hit


def _address_of_credit(specimen: Specimen, hit: Hit) -> Hit:
    """Low in a file of credit or a notice of copyright, unless the NHS or government gave it to somebody."""
    why = _of_path(specimen.path.rpartition(b"/")[2].lower()) or _of_image(specimen, hit)
    if not why and is_in_notice(specimen.data, hit.start):
        why = IN_NOTICE
    return _low(hit, why) if why and not is_of_public_service(hit.value.reveal()) else hit


def _is_of_others(card: Card, specimen: Specimen, hit: Hit) -> bool:
    if hit.form not in _OF_AUTHORS or card.id in _NEVER_OF_OTHERS:
        return False
    is_theirs = is_foreign(specimen.path, specimen.data, hit.start, hit.end)
    return is_theirs or is_of_page(specimen.path, hit.value.reveal(), specimen.data, hit.start)


def _low(hit: Hit, why: str) -> Hit:
    return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=why)


def _why(specimen: Specimen, hit: Hit) -> str:
    of_path = _of_path(specimen.path.rpartition(b"/")[2].lower()) or _of_image(specimen, hit)
    if of_path:
        return of_path
    if is_in_notice(specimen.data, hit.start):
        return IN_NOTICE
    if _CHANGES.fullmatch(specimen.path.rpartition(b"/")[2].lower()) and _is_thanked(specimen.data, hit):
        return IN_CHANGES
    if specimen.role is Role.METADATA and specimen.data.count(_AN_AUTHOR) >= _SEVERAL:
        return OF_A_PAPER
    if specimen.path.lower().endswith(b".pdf") and _is_of_several(specimen.data, hit.start):
        return OF_A_PAPER
    path = specimen.path.lower()
    is_headed = path.endswith(_PROSE) and _is_under_heading(specimen.data, hit.start)
    is_thanked = path.endswith(_DOCUMENTS) and _is_acknowledged(specimen.data, hit)
    return UNDER_HEADING if is_headed or is_thanked else published_as(specimen.data, hit.start, hit.end)


def _is_thanked(data: bytes, hit: Hit) -> bool:
    """Whether the name stands in brackets behind a change, or is thanked for one; who is treated stands there never."""
    before = data[max(0, hit.start - _LINE) : hit.start].rpartition(b"\n")[2]
    after = data[hit.end : hit.end + _LINE].partition(b"\n")[0]
    if _TREATED.search(before) or _TREATED.search(after):
        return False
    in_brackets = _OPENED.search(before) is not None and _CLOSED.match(after) is not None
    return in_brackets or _THANKED.search(before) is not None


def _is_acknowledged(data: bytes, hit: Hit) -> bool:
    """Whether a heading of a paper's last section stands above it, and nothing is said of care."""
    heading = _ACKNOWLEDGED.search(data, max(0, hit.start - _HEADING_REACH), hit.start)
    return heading is not None and not is_of_care(data, hit.start, hit.end)


def _is_of_several(data: bytes, start: int) -> bool:
    """Whether it is in a list of authors as a PDF holds one: `/Author (A; B; C)`, or items of XMP's `dc:creator`."""
    before, after = data[max(0, start - _LIST) : start], data[start : start + _LIST]
    if _AUTHORS.search(before):
        line = before.rpartition(b"\n")[2] + after.partition(b"\n")[0]
        return line.count(b";") >= _SEVERAL - 1
    creators = before.rpartition(b"<dc:creator>")[2] + after.partition(b"</dc:creator>")[0]
    return b"<dc:creator>" in before and b"</dc:creator>" not in creators and creators.count(b"<rdf:li") >= _SEVERAL


@lru_cache(maxsize=1 << 12)
def _of_path(name: bytes) -> str:
    if name.decode("utf-8", "replace") in CREDIT_FILES:
        return IN_CREDITS
    return IN_BIBLIOGRAPHY if name.endswith(_BIBLIOGRAPHIES) else ""


def _of_image(specimen: Specimen, hit: Hit) -> str:
    if not _IMAGES.fullmatch(specimen.path.rpartition(b"/")[2].lower()):
        return ""
    line = specimen.data.rfind(b"\n", max(0, hit.start - _LINE), hit.start) + 1
    return OF_IMAGE if _OF_IMAGE.match(specimen.data, line, hit.start) else ""


def _is_under_heading(data: bytes, start: int) -> bool:
    """Whether the last heading above is one of credits, as far up as is looked."""
    low = max(0, start - _HEADING_REACH)
    headings = list(_HEADING.finditer(data, low, start))
    if data.find(b"\n---", low, start) >= 0 or data.find(b"\n===", low, start) >= 0:
        headings += _UNDERLINED.finditer(data, low, start)
    last = max(headings, key=re.Match.start, default=None)
    return last is not None and _OF_CREDIT.fullmatch((last[last.lastgroup or 0]).strip()) is not None
