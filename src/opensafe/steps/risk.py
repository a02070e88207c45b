"""The risk register: what is accepted, with its scores before and after treatment."""

from dataclasses import replace

from opensafe.casefile.folder import Case
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.model.risk import HIGHEST, LOWEST, Risk, next_id, register


def risks(case: Case) -> tuple[Risk, ...]:
    """The register, the gravest remaining risk first."""
    return register(case.risks.read())


def add_risk(
    case: Case,
    *,
    description: str,
    subject: str,
    likelihood: int,
    severity: int,
    treatment: str,
    new_likelihood: int,
    new_severity: int,
    by: str,
    corrects: str = "",
    cache: str | None = None,
) -> Risk:
    """Add an entry, or a corrected one in the place of `corrects`. Scores are computed. Raises UsageError."""
    texts = {"description": description, "subject": subject, "treatment": treatment, "by": by}
    numbers = {"likelihood": likelihood, "severity": severity}
    numbers |= {"new-likelihood": new_likelihood, "new-severity": new_severity}
    _check(texts, numbers)
    refuse_values(case, cache, **texts)
    today = case.today
    said = Risk("", description, subject, likelihood, severity, treatment, new_likelihood, new_severity, by, today)
    with case.writing("risk"):
        lines = case.risks.read()
        if corrects and corrects not in {line.id for line in lines}:
            raise UsageError("the risk register has no such entry", remedy="opensafe risk list shows them")
        risk = replace(said, id=corrects or next_id(lines))
        case.risks.append(risk)
        what = f"{'Corrected' if corrects else 'Entered'} risk {risk.id}: score {risk.score}, then {risk.new_score}"
        case.log.append("risk", what, by=by, details={"risk": risk.id})
    return risk


def _check(texts: dict[str, str], numbers: dict[str, int]) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise UsageError(f"a risk needs its {name}", remedy=f"add --{name} TEXT")
    for name, number in numbers.items():
        if not LOWEST <= number <= HIGHEST:
            raise UsageError(f"--{name} is {number}", remedy=f"give a number from {LOWEST} to {HIGHEST}")
