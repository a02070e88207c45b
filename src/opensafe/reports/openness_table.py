"""The openness categories as JSON objects."""

from datetime import date
from typing import Any

from opensafe.model.openness import Categorised


def category_fields(line: Categorised, today: date) -> dict[str, Any]:
    """One component; `forbids` says why it may not be published `today`, and is null where it may."""
    threat = {"attacker": line.attacker, "adds": line.adds, "harm": line.harm}
    return {
        "path": line.path,
        "category": line.category.value,
        "forbids": line.forbids(today) or None,
        "reason": line.reason,
        "by": line.by,
        "on": line.on.isoformat(),
        "delivered": _day(line.delivered),
        "delay": line.delay.value if line.delay else None,
        "opens": _day(line.opens),
        "agreed_by": line.agreed_by or None,
        "expires": _day(line.expires),
        "duty": line.duty or None,
        "threat_model": threat if line.exception else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
