"""What a category must say before it counts (policy v1.0: categories, cooling-off; government guidance of May 2026)."""

from datetime import date, timedelta

from opensafe.errors import UsageError
from opensafe.model.openness import EXTENSION, Categorised, Openness, months_later

LONGEST_EXCEPTION = timedelta(days=366)
"""An exception is approved anew within a year, or it ends."""

_THREAT = {"attacker": "who would use it", "adds": "what publication adds", "harm": "the path to harm"}


def check_category(line: Categorised, today: date) -> None:
    """Raises UsageError naming what the line lacks, or which of its options mean nothing for its category."""
    for name in ("path", "reason", "by"):
        if not getattr(line, name).strip():
            raise UsageError(f"a category needs its {name}", remedy=f"add --{name} TEXT")
    if line.category is Openness.SECURED and not line.duty.strip():
        raise UsageError("Secured needs the law, or the system whose integrity asks for it", remedy="add --duty TEXT")
    if line.category is not Openness.CLOSED:
        _refuse_closed_options(line)
    elif line.exception:
        _check_exception(line, today)
    else:
        _check_cooling_off(line, today)


def _refuse_closed_options(line: Categorised) -> None:
    given = ("opens", "delivered", "delay", "agreed_by", "expires", *_THREAT)
    for name in given:
        if getattr(line, name):
            raise UsageError(f"{line.category} has no --{name.replace('_', '-')}", remedy="only closed takes it")


def _check_cooling_off(line: Categorised, today: date) -> None:
    """Six months after delivery, nine for three reasons, and nine more that a central body agrees to."""
    if line.expires or any(getattr(line, name) for name in _THREAT):
        raise UsageError(
            "closed has an opening date, or is an exception that ends", remedy="give --opens, or --expires and the rest"
        )
    if line.opens is None or line.delivered is None or line.delay is None:
        raise UsageError("a cooling-off counts from the delivery", remedy="add --delivered DATE and --delay REASON")
    if line.opens < today:
        raise UsageError(
            f"{line.opens.isoformat()} has passed: what opened on it is closed no longer",
            remedy="choose a later --opens, or say what it is now: opensafe category set open-source",
        )
    months = line.delay.months + (EXTENSION if line.agreed_by.strip() else 0)
    last = months_later(line.delivered, months)
    if line.opens > last:
        raise UsageError(
            f"{line.opens.isoformat()} is more than {months} months after the delivery: {last.isoformat()} is the last",
            remedy="choose an earlier --opens; --agreed-by BODY for an extension; or an exception with --expires",
        )


def _check_exception(line: Categorised, today: date) -> None:
    for name, words in _THREAT.items():
        if not getattr(line, name).strip():
            raise UsageError(
                f"to stay closed needs a short threat model: {words}", remedy=f"add --{name} TEXT; or give --opens DATE"
            )
    if line.expires is None or not today < line.expires <= today + LONGEST_EXCEPTION:
        raise UsageError("an exception ends within a year, and is then decided anew", remedy="add --expires DATE")
