"""GMC reference numbers of doctors: seven digits, which mean nothing without a word beside them."""

from collections.abc import Iterator

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.peoplelists import is_somebody
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_WORDS = rb"gmc|general medical council|consultant[ _]?code"

GMC_NUMBER = Identifier(
    kind="GMC number",
    words=_WORDS,
    header=rb"gmc\w{0,10}|cons(?:ult(?:ant)?)?[ _]?code|consult",
    shape=rb"[Cc]?[1-8][0-9]{6}",
)

# The code of a consultant, on a line that names one: `C6123457,Dr Bloggs`.
_CODED = expression(rb"(?<![\w.-])C[2-8][0-9]{6}(?![\w.-])")
_DOCTOR = expression(rb"(?<!\w)(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor)\.? [A-Z]|(?i:consultant|clinician|surgeon|gmc)")
_NAMED = expression(  # "C6123457" = "Bloggs, Jo", 'C6123457' ~ 'Jo Bloggs'
    rb"(?<![\w.-])(?P<code>C[2-8][0-9]{6})[\"'][ ]?(?:~|==?>?|:|,|->)[ ]?[\"']"
    rb"(?P<name>[A-Z][A-Za-z'-]{1,30},? [A-Z][A-Za-z' -]{1,40})[\"']"
)
_BESIDE_WORD = beside(GMC_NUMBER)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    seen: set[int] = set()
    for hit in _BESIDE_WORD(specimen, start, end):
        seen.add(hit.start)
        yield hit
    if _DOCTOR.search(specimen.data, start, end):
        for match in _CODED.finditer(specimen.data, start, end):
            code = GMC_NUMBER.hit(match.start(), match.group(), "a consultant code, on a line that names a doctor")
            if code is not None and code.start not in seen:
                seen.add(code.start)
                yield code
    for match in _NAMED.finditer(specimen.data, start, end):
        code = GMC_NUMBER.hit(match.start("code"), match["code"], "a consultant code, beside somebody's name")
        if code is not None and code.start not in seen and is_somebody(match["name"]):
            yield code


DETECTOR = PatternDetector(
    Card(
        id="data.gmc-number",
        title="GMC number of a doctor",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The register is public: the number is the doctor's name. Seven digits count only behind a word "
        "such as GMC. "
        "Consultant codes are the same number behind a C.",
        remedy="Redact, or keep it with the consent of the doctor.",
        reference="General Medical Council, the medical register; NHS data dictionary, CONSULTANT CODE; facts: data 2",
        examples=(
            Example(("Dr's GMC no: 61", "23457"), ("61", "23457")),
            Example(("consultant_code = 'C61", "23457'"), ("C61", "23457")),
            Example(('"C61', '23457" = "Hughes, Gareth"'), ("C61", "23457"), "a.R"),
            Example(('<option value="C61', '23457">Dr Bloggs</option>'), ("C61", "23457"), "p.html"),
        ),
        non_examples=(
            Example(("magmc 6123457",)),
            Example(("gmc 61234578",)),
            Example(("gmc 6123457.5",)),
            Example(("count 6123457",)),
            Example(('"C6123457" = "North West"',), path="a.R"),
            Example(("batch C6123457 of today",)),
        ),
    ),
    (rb"(?i:gmc|general medical council|consultant[ _]?code)", rb"\bC[2-8][0-9]{6}\b"),
    _examine,
)
