"""Who may sign what (policy v1.0, section 4 f; facts, policy 2, requirements 76 to 81)."""

import re
from collections.abc import Mapping, Sequence

from opensafe.errors import UsageError
from opensafe.model.expressions import expression
from opensafe.model.readiness import Role
from opensafe.model.same_person import same_person

REVIEWERS = frozenset({Role.IG_LEAD, Role.CALDICOTT_GUARDIAN, Role.DPO, Role.SIRO, Role.APPROVER})
"""Roles that look at the work of others: nobody signs in them for what they wrote alone."""

_CONDITION = expression(
    r"\b(?:subject to|on condition|provided that|providing that|conditional(?:ly)? |as long as|so long as|"
    r"assuming that|pending (?:the|a|an)\b|only if|unless)",
    re.IGNORECASE,
)


def check_signer(role: Role, by: str, named: Mapping[str, str], authors: Sequence[str]) -> None:
    """Raises UsageError where somebody may not speak in a role.

    `named` are the people of the roles (`case.toml`), `authors` the names of everybody who wrote the history.
    """
    holder = named.get(role.value, "")
    if holder and not same_person(holder, by):
        raise UsageError(
            f"case.toml names somebody else as {role}", remedy=f"that person signs; or change roles.{role} in case.toml"
        )
    if role in REVIEWERS and len(authors) == 1 and _wrote_it(by, authors[0], named):
        raise UsageError(
            f"the {role} reviews the work of others, and {by} wrote all of this",
            remedy="ask a colleague who did not write it (policy v1.0, section 4 f)",
        )


def _wrote_it(by: str, author: str, named: Mapping[str, str]) -> bool:
    """The one author signs as lead developer, whatever name stands on the commits now."""
    return same_person(by, author) or same_person(by, named.get(Role.LEAD_DEVELOPER.value, ""))


def refuse_condition(text: str) -> None:
    """An approval holds or it does not (facts, policy 4). Raises UsageError for words that make it conditional."""
    found = _CONDITION.search(text)
    if found is not None:
        raise UsageError(
            f'"{found[0].strip()}" makes this conditional, and an approval cannot be',
            remedy="attest not-met until it holds; then say what was seen",
        )
