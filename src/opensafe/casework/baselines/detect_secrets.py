"""`.secrets.baseline` of detect-secrets: hashes of values by file, some of them judged by a person (`audit`)."""

from collections.abc import Iterator, Mapping
from typing import Any

from opensafe.casework.baselines.entry import Entry, number, posix
from opensafe.model.decision import Action

_JUDGED = {
    True: (Action.REDACT, "in .secrets.baseline, somebody called it a real secret"),
    False: (Action.NOT_A_FINDING, "in .secrets.baseline, somebody called it a false alarm"),
    None: (Action.REDACT, "detect-secrets saw it as well; nobody has judged it there"),
}


def entries(document: Any) -> Iterator[Entry] | None:
    """`None` for another kind of document."""
    if not isinstance(document, Mapping) or not isinstance(document.get("results"), Mapping):
        return None
    return _entries(document["results"])


def _entries(results: Mapping[str, Any]) -> Iterator[Entry]:
    for path, found in results.items():
        for one in found if isinstance(found, list) else ():
            if isinstance(one, Mapping):
                judged = one.get("is_secret")
                action, evidence = _JUDGED[judged if isinstance(judged, bool) else None]
                sha1 = one.get("hashed_secret")
                yield Entry(
                    action,
                    evidence,
                    sha1=sha1.lower() if isinstance(sha1, str) else "",
                    path=posix(path),
                    line=number(one.get("line_number")),
                )
