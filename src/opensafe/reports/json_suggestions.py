"""`findings --suggest` and `findings --import` as a document."""

from collections.abc import Iterable
from typing import Any

from opensafe.model.suggestion import Suggestion


def suggestions_document(suggestions: Iterable[Suggestion], unmatched: int = 0) -> dict[str, Any]:
    """`unmatched` counts entries of an imported file that match no finding."""
    return {
        "schema": "opensafe/suggestions/v1",
        "suggestions": [
            {
                "finding": made.finding,
                "action": made.action.value,
                "evidence": made.evidence,
                "strength": made.strength.value,
            }
            for made in suggestions
        ],
        "unmatched": unmatched,
    }
