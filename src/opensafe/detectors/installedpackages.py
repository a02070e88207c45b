"""What lies in a package that a tool put here was published with it: keys of its tests, addresses in its examples.

Nothing is left out: a credential stays a question, and is no longer one of the gravest; the files are asked about
together. Tokens that a provider can be asked about are left as they are, and so is a table that looks like one row a
person, for a package of one's own may have been installed.
"""

from dataclasses import replace

from opensafe.detectors.foreigncode import is_installed
from opensafe.model.detector import Card
from opensafe.model.finding import Confidence, Hit, Severity
from opensafe.model.specimen import Specimen
from opensafe.model.triage import IN_PACKAGES

_OF_TESTS = frozenset(
    {
        *("secrets.generic-assignment", "secrets.compared-literals", "secrets.named-values", "secrets.private-keys"),
        *("secrets.bare-private-keys", "secrets.url-credentials", "secrets.crypto-calls", "secrets.right-assignments"),
        *("secrets.nhs-spine", "secrets.connection-strings"),
    }
)
_OF_EXAMPLES = frozenset(
    {"data.uk-phone", "data.street-address", "data.uk-postcode", "data.opaque-file", "data.data-file"}
)


def published(card: Card, specimen: Specimen, hit: Hit) -> Hit:
    """The hit; of less weight where it was published with a package."""
    if card.id in _OF_TESTS and hit.severity.rank < Severity.MEDIUM.rank and is_installed(specimen.path):
        return replace(hit, severity=Severity.MEDIUM, confidence=Confidence.LOW, why=IN_PACKAGES)
    if card.id in _OF_EXAMPLES and hit.severity is Severity.MEDIUM and is_installed(specimen.path):
        return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=IN_PACKAGES)
    return hit
