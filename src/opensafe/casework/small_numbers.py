"""The rule for small numbers that the organisation set in its case."""

from opensafe.casefile.folder import Case
from opensafe.detectors.smallnumbers import PRESETS
from opensafe.errors import UsageError
from opensafe.model.disclosure import DisclosureRule


def small_numbers_of(case: Case) -> DisclosureRule | None:
    """The preset or the rule of `small_numbers` in case.toml; nothing where it is empty. Raises UsageError."""
    text = case.config.small_numbers.strip()
    rule = PRESETS.get(text) or DisclosureRule.own(text)
    if text and rule is None:
        raise UsageError(
            "case.toml: small_numbers names no rule",
            remedy=f"write {', '.join(PRESETS)}, or one of your own such as 9/5 (up to 9, rounded to 5)",
        )
    return rule
