"""What a security policy must say: the rubric of OpenSSF Scorecard, check "Security-Policy" (facts, policy 7)."""

import re

from opensafe.model.expressions import expression
from opensafe.readiness.placeholders import placeholders
from opensafe.readiness.text import ADDRESS

_ABOUT = expression(r"vulnerab|disclos", re.IGNORECASE)
_TIME = expression(r"\b\d{1,3}\s{1,5}(?:[a-z]{1,12}\s{1,5})?(?:day|hour|week)s?\b", re.IGNORECASE)
_ENOUGH_WORDS = 20


def security_gaps(text: str) -> tuple[str, ...]:
    """What is missing from the text of a security policy; empty where nothing is."""
    words = re.findall(r"[A-Za-z]{2,40}", ADDRESS.sub(" ", text))
    wanted = (
        (ADDRESS.search(text) is not None, "an e-mail or web address to report to"),
        (len(words) >= _ENOUGH_WORDS, "an explanation beside links"),
        (_ABOUT.search(text) is not None, "how vulnerabilities are disclosed"),
        (_TIME.search(text) is not None, "the number of days until an answer"),
        (not placeholders(text), "the parts that are still to be completed"),
    )
    return tuple(what for there, what in wanted if not there)
