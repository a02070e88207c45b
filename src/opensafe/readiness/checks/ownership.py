"""Ownership: who owns the code, how others may use it, and whom they can turn to (policy v1.0, 4 b to d, f, g)."""

from collections.abc import Mapping
from types import MappingProxyType

from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.model.text import counted, printable
from opensafe.readiness.checks import Check
from opensafe.readiness.community import Document, find_document
from opensafe.readiness.facts import Facts
from opensafe.readiness.licence_choice import licence_conflict
from opensafe.readiness.licences import governing_licence, has_copyright_notice, has_placeholders, identify
from opensafe.readiness.placeholders import placeholders
from opensafe.readiness.readme import has_address, missing_sections, section_text
from opensafe.readiness.residue import listed
from opensafe.readiness.security_policy import security_gaps
from opensafe.readiness.text import text_of
from opensafe.readiness.version_forms import parse_version
from opensafe.readiness.versions import tagged_versions, version_places

_ENOUGH_WORDS = 40
_ENOUGH_PURPOSE = 20


def licence(facts: Facts) -> Outcome:
    """The licence file at the top level: one known text, a filled-in copyright notice, manifests that agree."""
    path = governing_licence(facts.files)
    if path is None:
        return _not_met("there is no licence file at the top level")
    text = facts.files[path]
    spdx = identify(text)
    if has_placeholders(text):
        return _not_met(f"{printable(path)} has a placeholder for the year or the holder")
    if not spdx:
        return Outcome(AnswerValue.CANNOT_TELL, (f"{printable(path)} is not one known licence text and nothing else",))
    manifest = licence_conflict(facts.files, spdx)
    if manifest:
        return _not_met(f"{printable(path)} holds {spdx}, but {manifest} names another licence")
    if not any(has_copyright_notice(facts.files[where]) for where in _notice_places(facts.files, path)):
        return _not_met(f"{printable(path)} holds {spdx}, but no copyright notice says whose it is")
    return Outcome(AnswerValue.MET, (f"{printable(path)} holds {spdx} with a copyright notice",))


def _notice_places(files: Mapping[str, bytes], licence_path: str) -> tuple[str, ...]:
    """A notice may also stand in NOTICE or the README: the Apache licence and the GPL are published unchanged."""
    others = (find_document(files, Document.NOTICE), find_document(files, Document.README))
    return (licence_path, *(path for path in others if path is not None))


def readme(facts: Facts) -> Outcome:
    """The README: every section that the policy names, more than a few words, no placeholder left."""
    path = find_document(facts.files, Document.README)
    if path is None:
        return _not_met("there is no README")
    text = text_of(facts.files[path])
    gaps = [f"{counted(placeholders(text), 'part')} still to be completed"] if placeholders(text) else []
    gaps += [f"no section on: {section.title.lower()}" for section in missing_sections(text)]
    gaps += ["it has only a few words"] if len(text.split()) < _ENOUGH_WORDS else []
    if gaps:
        return _not_met(*(f"{printable(path)}: {gap}" for gap in gaps))
    return Outcome(AnswerValue.MET, (f"{printable(path)} has every section that the policy names",))


def intended_purpose(facts: Facts) -> Outcome:
    """The README's sections on intended use and on regulation: there, in words, without a placeholder."""
    path = find_document(facts.files, Document.README)
    text = text_of(facts.files[path]) if path else ""
    purpose = section_text(text, "intended-use")
    regulation = section_text(text, "regulation")
    if len(purpose.split()) < _ENOUGH_PURPOSE // 2 or placeholders(purpose):
        return _not_met("the README does not say what the software is intended for")
    if not regulation or placeholders(regulation):
        return _not_met("the README does not say which regulations apply, or that none do")
    return Outcome(AnswerValue.MET, ("the README has sections on intended use and regulation",))


def versions(facts: Facts) -> Outcome:
    """Versions: the manifests and other places agree, and are semantic versions, as are the tags."""
    places = version_places(facts.files)
    stated = {parse_version(place.found, place.spelling) for place in places}
    if len(stated) > 1:
        return _not_met("versions differ: " + listed(f"{place.path} says {place.found}" for place in places))
    odd = [tag for tag in facts.tags if tag not in tagged_versions(facts.tags).values()]
    if odd:
        return _not_met(f"tags that are no semantic version, or name one twice: {listed(map(printable, odd))}")
    if not places and not facts.tags:
        return _not_met("neither a file nor a tag states a version")
    evidence = [f"{place.path} says {place.found}" for place in places[:1]] + [f"{len(facts.tags)} version tags"]
    return Outcome(AnswerValue.MET, tuple(evidence))


def contribution(facts: Facts) -> Outcome:
    """The contribution guide: a CONTRIBUTING file, or a section of the README, without a placeholder."""
    path = find_document(facts.files, Document.CONTRIBUTING)
    readme_path = find_document(facts.files, Document.README)
    text = text_of(facts.files[path]) if path else ""
    if not path and readme_path:
        text = section_text(text_of(facts.files[readme_path]), "contributing")
    if len(text.split()) < _ENOUGH_WORDS:
        return _not_met("no document says how to contribute")
    if placeholders(text):
        return _not_met("the contribution guide has parts that are still to be completed")
    return Outcome(AnswerValue.MET, (f"{printable(path or readme_path or '')} says how to contribute",))


def responsible(facts: Facts) -> Outcome:
    """The README's status and contact: a maintainer and an address, without a placeholder."""
    path = find_document(facts.files, Document.README)
    text = text_of(facts.files[path]) if path else ""
    contact = section_text(text, "contact") or text
    if placeholders(section_text(text, "status")) or placeholders(section_text(text, "contact")):
        return _not_met("the README does not yet name the maintainer and a contact")
    if not has_address(contact):
        return _not_met("the README gives no address to turn to")
    return Outcome(AnswerValue.MET, (f"{printable(path or '')} gives an address to turn to",))


def security_policy(facts: Facts) -> Outcome:
    """The security policy: an address, what is disclosed when, and a number of days (OpenSSF Scorecard's rubric)."""
    path = find_document(facts.files, Document.SECURITY)
    if path is None:
        return _not_met("there is no SECURITY.md")
    gaps = security_gaps(text_of(facts.files[path]))
    if gaps:
        return _not_met(*(f"{printable(path)} lacks {gap}" for gap in gaps))
    return Outcome(AnswerValue.MET, (f"{printable(path)} says how to report a vulnerability",))


def _not_met(*evidence: str) -> Outcome:
    return Outcome(AnswerValue.NOT_MET, evidence)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "licence": licence,
        "readme": readme,
        "intended-purpose": intended_purpose,
        "versions": versions,
        "contribution": contribution,
        "responsible": responsible,
        "security-policy": security_policy,
    }
)
