"""The hit of a credential: one way to turn a judged value into severity, confidence and words."""

from opensafe.detectors.values import Judgement, Worth
from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret

_SEVERITIES = {Worth.DOUBTFUL: Severity.LOW, Worth.WEAK: Severity.MEDIUM}


def credential(start: int, value: bytes, judged: Judgement, what: str, *, sure: bool = True) -> Hit | None:
    """The hit, or None where the value is plainly none. `what` says what was seen, `sure` whether the form is certain.

    A doubtful value is kept at low severity and confidence, a weak one at medium.
    """
    if judged.worth is Worth.NOTHING or not value:
        return None
    doubtful = judged.worth is Worth.DOUBTFUL
    confidence = (
        Confidence.LOW
        if doubtful
        else Confidence.HIGH
        if sure and judged.worth is Worth.PLAUSIBLE
        else Confidence.MEDIUM
    )
    return Hit(
        start=start,
        end=start + len(value),
        value=Secret(value, "credential"),
        form=Form.TOKEN,
        severity=_SEVERITIES.get(judged.worth, Severity.HIGH),
        confidence=confidence,
        why=f"{what}; {judged.why}",
    )
