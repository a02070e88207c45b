"""Numbers, postcodes and names of nobody: examples in documentation, and addresses of organisations."""

import re
from dataclasses import replace

from opensafe.detectors.nhsnumbers import candidates, digits_of, is_test_number, is_valid
from opensafe.detectors.organisationrows import is_row_of_organisation
from opensafe.model.detector import Card
from opensafe.model.expressions import expression
from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.specimen import Specimen

_MANUAL = expression(rb"(?i)(?:\A|/)man/[^/]{1,100}\.rd\Z")
_VIGNETTE = expression(
    rb"(?i)(?:\A|/)(?:vignettes/[^/]{1,100}\.(?:[rq]md|rnw)"
    rb"|reference/[^/]{1,100}\.(?:html|md))\Z"  # the site of a package, which pkgdown makes of its manual
)
_OF_MANUAL = expression(rb"[ \t]{0,40}(?:#'|//' )")  # of which roxygen makes the manual
_DOCSTRING = expression(rb"[ \t]{0,40}>>> ")
_REACH = 300
_ORGANISATION = expression(
    rb"(?i)[\"'](?:org(?:anisation|anization)?[ _.-]?(?:id|code|name|type)?|ods[ _.-]?code"
    rb"|(?:provider|trust|practice|site|hospital|ward|pharmacy|surgery)[ _.-]?(?:id|code|name))[\"'][ \t]{0,4}[:=]"
)
_PERSON = expression(
    rb"(?i)patient|sur_?name|fore_?name|(?:first|last|given|family)[ _.-]?name|dob|birth|nhs[ _.-]?n|gender|\bsex\b"
    rb"|\bage\b|resident|client|carer|diagnos|admi(?:t|ssion)|discharge"
)
_OF_RECORDS = frozenset(
    {
        *("names.name-columns", "names.named-fields", "names.compared-names"),
        *("data.named-column", "data.date-of-birth", "data.hospital-number", "data.beside-nhs-number"),
    }
)
"""What examples are made of: who stands in a comment of authors has made the package, and others tell it."""

DOCUMENTED = "in an example of a package's documentation"
DOCUMENTED_NUMBER = "a valid number in a vignette or docstring of a package: made up, or somebody's"
OF_ORGANISATION = "beside the code or the name of an organisation, and nothing of a person"


def explained(card: Card, specimen: Specimen, hit: Hit) -> Hit:
    """The hit; low where what stands around it says that it is of nobody."""
    is_of_record = hit.form in {Form.NHS_NUMBER, Form.POSTCODE} or card.id in _OF_RECORDS
    if not is_of_record or hit.person is not None or hit.severity.rank >= Severity.LOW.rank:
        return hit
    if _is_written(specimen, hit.start, _MANUAL, _OF_MANUAL):
        return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=DOCUMENTED)
    if _is_written(specimen, hit.start, _VIGNETTE, _DOCSTRING):
        return _shown(specimen.data, hit)
    if hit.form is Form.POSTCODE and _is_of_organisation(specimen.data, hit):
        return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=OF_ORGANISATION)
    return hit


def _shown(data: bytes, hit: Hit) -> Hit:
    """What a package shows of its work is low. A valid number is not: the output of a real query is pasted there too.

    Nor is what stands beside one.
    """
    if hit.form is Form.NHS_NUMBER and not is_test_number(hit.value.reveal()):
        return replace(hit, severity=Severity.MEDIUM, confidence=Confidence.LOW, why=DOCUMENTED_NUMBER)
    if hit.form is not Form.NHS_NUMBER and _is_beside_number(data, hit):
        return hit
    return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=DOCUMENTED)


def _is_beside_number(data: bytes, hit: Hit) -> bool:
    near = candidates(data, max(0, hit.start - _REACH), min(len(data), hit.end + _REACH))
    numbers = (digits_of(match.group()) for match in near)
    return any(is_valid(digits) and not is_test_number(digits) for digits in numbers)


def _is_written(specimen: Specimen, start: int, page: re.Pattern[bytes], comment: re.Pattern[bytes]) -> bool:
    """Whether it stands on such a page, or on a line that begins so. These are there to be published."""
    if page.search(specimen.path):
        return True
    line = specimen.data.rfind(b"\n", max(0, start - _REACH), start) + 1
    return comment.match(specimen.data, line) is not None


def _is_of_organisation(data: bytes, hit: Hit) -> bool:
    before = data[max(0, hit.start - _REACH) : hit.start].rpartition(b"\n")[2]
    after = data[hit.end : hit.end + _REACH].partition(b"\n")[0]
    line = before + b"\n" + after
    is_told = _ORGANISATION.search(line) is not None or is_row_of_organisation(before, after)
    return is_told and _PERSON.search(line) is None
