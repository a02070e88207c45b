"""NMC PINs of nurses and midwives: two digits, a letter, four digits, a letter."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = rb"nmc|nursing and midwifery council|(?:nurse|midwife|registration)[ _]pin|pin"

NMC_PIN = Identifier(
    kind="NMC PIN",
    words=_WORDS,
    header=rb"nmc\w{0,10}|(?:nurse|midwife|registration)[ _]?pin|pin",
    shape=rb"[0-9]{2}[A-La-l][0-9]{4}[A-Za-z]",
)

DETECTOR = PatternDetector(
    Card(
        id="data.nmc-pin",
        title="NMC PIN of a nurse or midwife",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The register is public: the PIN is the nurse's name. The form alone is that of many codes, so a "
        "word is asked "
        "for. The letter in the middle is the month of registration.",
        remedy="Redact, or keep it with the consent of the nurse.",
        reference="Nursing and Midwifery Council, search the register, form of a PIN; facts: data 2",
        examples=(
            Example(("NMC PIN 98", "I7654E"), ("98", "I7654E")),
            Example(('"nmc_pin": "05', 'a1234w"'), ("05", "A1234W")),
        ),
        non_examples=(
            Example(("item 98I7654E",)),
            Example(("pin 98Z7654E",)),
            Example(("spin 98I7654E",)),
        ),
    ),
    (rb"\b[0-9]{2}[A-La-l][0-9]{4}[A-Za-z]\b",),
    beside(NMC_PIN),
)
