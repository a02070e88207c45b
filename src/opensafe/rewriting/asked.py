"""What the decisions ask for at a place."""

from collections.abc import Mapping, Sequence

from opensafe.model.decision import Action, Decision
from opensafe.model.identifiers import FindingId
from opensafe.model.marks import Mark
from opensafe.model.settlement import decision_for

_CHANGES = frozenset({Action.REDACT, Action.RENAME, Action.REMOVE_FILE, Action.STRIP_OUTPUTS})


class Asked:
    """`everywhere` has what one decision about all places of a finding asks for: the action, and the text."""

    def __init__(
        self,
        findings: Mapping[int, FindingId],
        decisions: Mapping[str, Sequence[Decision]],
        replacements: Mapping[str, str],
    ) -> None:
        self._replacements = replacements
        self._findings = findings
        self.everywhere: dict[int, tuple[Action, bytes]] = {}
        self._somewhere: dict[int, Sequence[Decision]] = {}
        for number, id_ in findings.items():
            taken = decisions.get(id_, ())
            if len(taken) != 1 or taken[0].path:
                self._somewhere[number] = taken
            elif taken[0].action in _CHANGES:
                text = taken[0].to or replacements.get(id_)
                if text:
                    self.everywhere[number] = taken[0].action, text.encode()
                else:  # nothing was planned for it: which matters where it is published
                    self._somewhere[number] = taken

    def at(self, mark: Mark) -> tuple[Action, bytes] | None:
        """The action, and the text to put in place; `None` where nothing changes there."""
        if mark.finding in self.everywhere:
            return self.everywhere[mark.finding]
        taken = self._somewhere.get(mark.finding)
        decision = decision_for(taken, mark.place) if taken else None
        if decision is None or decision.action not in _CHANGES:
            return None
        text = decision.to or self._replacements[self._findings[mark.finding]]
        return decision.action, text.encode()
