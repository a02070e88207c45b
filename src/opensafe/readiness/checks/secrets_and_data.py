"""What should stay closed: credentials, keys and data, in the current version and in the history."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Finding, Form, State
from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.model.text import printable
from opensafe.readiness.checks import Check
from opensafe.readiness.facts import Facts
from opensafe.readiness.residue import judge, listed, named, named_ids, remaining
from opensafe.readiness.survey import data_files
from opensafe.readiness.text import text_of

_MAX_BYTES = 1_000_000
_WATCH_LIST = "team.watch-list"
_WATCH_WORDS = expression(
    r"\b(?:embargo(?:ed)?|unpublished polic(?:y|ies)|not for (?:publication|release|onward)|pre-?release access"
    r"|official[- ]sensitive|draft polic(?:y|ies)|ministerial (?:briefing|submission)|management information only)\b",
    re.IGNORECASE,
)


def credentials(facts: Facts) -> Outcome:
    """Passwords, tokens and connection strings in the public history, and whether those found before are dead."""
    findings = [finding for finding in _of(facts, Category.SECRET) if finding.form is not Form.PRIVATE_KEY]
    return _secrets(facts, findings, "credentials")


def secret_keys(facts: Facts) -> Outcome:
    """Private keys in the public history, and whether those found before are dead."""
    findings = [finding for finding in _of(facts, Category.SECRET) if finding.form is Form.PRIVATE_KEY]
    return _secrets(facts, findings, "secret keys")


def _secrets(facts: Facts, findings: list[Finding], what: str) -> Outcome:
    """One that stays by decision must be dead: published and valid is never met (policy v1.0, section 4 g)."""
    kept = tuple(finding for finding in findings if finding.state is State.KEEP)
    if kept and facts.unrotated:
        return Outcome(AnswerValue.NOT_MET, (f"kept, while not all credentials are rotated: {named(kept)}",))
    if risked := tuple(finding for finding in kept if finding.id in facts.risked):
        return Outcome(AnswerValue.NOT_MET, (f"kept, and an accepted risk: may still work: {named(risked)}",))
    outcome = judge(facts, findings, what)
    settled = f"{facts.credentials - facts.unrotated} of {facts.credentials} credentials of the source are settled"
    risks = f", {len(facts.risked)} of them as an accepted risk" if facts.risked else ""
    return Outcome(outcome.answer, (*outcome.evidence, settled + risks))


def sensitive_data(facts: Facts) -> Outcome:
    """Findings of data, names and settings; without any, a person still says so: no scanner knows what is sensitive."""
    findings = [finding for finding in facts.findings if finding.category is not Category.SECRET]
    outcome = judge(facts, findings, "findings of data, names or settings")
    met = outcome.answer is AnswerValue.MET
    return Outcome(AnswerValue.CANNOT_TELL if met else outcome.answer, outcome.evidence)


def history(facts: Facts) -> Outcome:
    """The whole history: every finding of the source decided, none left that should be gone, and the proof passed."""
    if facts.undecided:
        waiting = named_ids(facts.undecided)
        return Outcome(AnswerValue.NOT_MET, (f"findings of the source that await a decision: {waiting}",))
    if facts.verification is None or facts.verification.head != facts.commit:
        return Outcome(AnswerValue.CANNOT_TELL, ("no proof covers this commit (opensafe verify)",))
    if not facts.verification.passed:
        return Outcome(AnswerValue.NOT_MET, ("the proof of the new history failed (opensafe verify)",))
    return judge(facts, facts.findings, "findings")


def unreleased_policy(facts: Facts) -> Outcome:
    """Words of unreleased policy and statistics (embargo, not for publication and the like) in texts and paths."""
    watched = [finding for finding in facts.findings if any(name.startswith(_WATCH_LIST) for name in finding.witnesses)]
    if left := remaining(watched):
        return Outcome(AnswerValue.NOT_MET, (f"words of the watch-list that nobody decided about: {named(left)}",))
    marked = [
        path
        for path, data in sorted(facts.files.items())
        if _WATCH_WORDS.search(path) or _WATCH_WORDS.search(text_of(data[:_MAX_BYTES]))
    ]
    if marked:
        return Outcome(AnswerValue.NOT_MET, (f"watch words stand in {listed(map(printable, marked))}",))
    if watched:
        return Outcome(
            AnswerValue.CANNOT_TELL, (f"words of the watch-list that stay by decision: {named(tuple(watched))}",)
        )
    return Outcome(AnswerValue.MET, ("no watch word for unreleased policy or statistics was found",))


def stored_data(facts: Facts) -> Outcome:
    """Files that hold data by their names: each needs the written permission of its owner."""
    found = data_files(facts.files)
    if found and all(path in facts.permissions for path in found):
        return Outcome(AnswerValue.MET, tuple(printable(f"{path}: {facts.permissions[path]}") for path in found))
    if found:
        missing = (printable(path) for path in found if path not in facts.permissions)
        return Outcome(AnswerValue.CANNOT_TELL, (f"data files without a permission on record: {listed(missing)}",))
    return Outcome(AnswerValue.NOT_APPLICABLE, ("no file is a data file by its name",))


def automated_review(facts: Facts) -> Outcome:
    """What the reviewer can build on: the audit's coverage and the proof, which opensafe ran."""
    if facts.unsettled_skips or facts.verification is None or not facts.verification.passed:
        return Outcome(AnswerValue.CANNOT_TELL, ("the audit or the proof is not finished",))
    checks = len(facts.verification.checks)
    return Outcome(AnswerValue.MET, (f"opensafe audited the public history and passed {checks} checks of proof",))


def _of(facts: Facts, category: Category) -> list[Finding]:
    return [finding for finding in facts.findings if finding.category is category]


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "credentials": credentials,
        "secret-keys": secret_keys,
        "sensitive-data": sensitive_data,
        "history": history,
        "unreleased-policy": unreleased_policy,
        "stored-data": stored_data,
        "automated-review": automated_review,
    }
)
