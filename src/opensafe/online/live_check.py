"""Asks a provider whether one credential still works, through Kingfisher's validators.

This is the one place where anything leaves the machine, and only `opensafe rotate check --online` comes here. Only the
credential itself and the companions that its rule needs are handed to the validator: others in the same file stay out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opensafe.errors import UsageError
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import Inquiry, Liveness
from opensafe.model.secret import Secret
from opensafe.online.providers import address_of, defaults_of

try:
    import kingfisher_sdk
except ImportError:
    HAS_KINGFISHER = False  # no wheel for this machine
else:
    HAS_KINGFISHER = True

_OUTCOMES = {"verified_active": Liveness.ACTIVE, "verified_inactive": Liveness.INACTIVE}
"""Everything else is unknown: a failed call proves nothing."""

_IN_BETWEEN = frozenset({403, 404, 407, 429, *range(500, 600)})
"""HTTP statuses that a proxy, a firewall or a limit on calls gives as well: they prove nothing either way."""

_REQUEST, _WHOLE = 10, 30  # seconds: one request, and all that it takes


@dataclass(frozen=True, slots=True)
class Prepared:
    """An inquiry, ready to be made; `findings` hold the credential and stay in memory."""

    inquiry: Inquiry
    findings: Sequence[Any] = field(repr=False)
    defaults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: the HTTP status (0: none), and the validator's own word, which holds no part of an answer."""

    outcome: Liveness
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class LiveChecker:
    """`variables` and `internal` point it at another server: at one of this machine, in tests."""

    cache_dir: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    internal: bool = False

    def prepare(self, finding: FindingId, text: Secret, start: int, end: int) -> Prepared | None:
        """What would be asked about the credential at this span of a text: offline.

        `None` where no rule knows a provider for it. Raises UsageError where Kingfisher is not installed.
        """
        if not HAS_KINGFISHER:
            raise UsageError("this machine has no Kingfisher", remedy="ask the owner of the system, and record that")
        rules = self._rules()
        found = kingfisher_sdk.Scanner(rules, base64=True, dedup=False).scan(text.reveal())
        for target in found:
            detail = rules.detail(target.rule_id)
            if not _stands_at(target, start, end) or not detail["validation"]:
                continue
            defaults = dict(defaults_of(detail["validation"]))
            address = address_of(detail["validation"], self.variables)
            if address:
                needed = {part["rule_id"] for part in detail["depends_on_rule"] or ()}
                parts = [part for part in found if part.rule_id in needed]
                sends = tuple(dict.fromkeys(part.rule_id for part in (target, *parts)))
                return Prepared(Inquiry(finding, target.rule_id, address, sends), (target, *parts), defaults)
        return None

    def ask(self, prepared: Prepared) -> Answered:
        """Sends the credential to its provider. Never raises for what goes wrong on the way: that is unknown."""
        variables = {**prepared.defaults, **self.variables}  # so that no variable of this machine leads elsewhere
        validator = kingfisher_sdk.Validator(
            timeout=_REQUEST, concurrency=1, allow_internal_ips=self.internal, variables=variables
        )
        try:
            result = validator.validate(prepared.findings, timeout=_WHOLE)[0]
        except (TimeoutError, RuntimeError, ValueError) as failure:
            return Answered(Liveness.UNKNOWN, 0, type(failure).__name__)
        status = result.http_status or 0
        known = Liveness.UNKNOWN if status in _IN_BETWEEN else _OUTCOMES.get(result.outcome, Liveness.UNKNOWN)
        return Answered(known, status, result.reason or result.outcome)

    def _rules(self) -> Any:
        if self.cache_dir is None:
            return kingfisher_sdk.Rules(cache=False)
        return kingfisher_sdk.Rules(cache_dir=self.cache_dir)


def _stands_at(found: Any, start: int, end: int) -> bool:
    place = found.location
    return bool(place["start_offset"] < end and start < place["end_offset"])
