"""Third parties: what the code uses, where it sends data, and where it is kept (policy v1.0, 4 a and h)."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from opensafe.model.expressions import expression
from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.model.text import printable
from opensafe.readiness.checks import Check
from opensafe.readiness.facts import Facts
from opensafe.readiness.inventory import imported, inventory, manifests
from opensafe.readiness.residue import listed
from opensafe.readiness.text import text_of

_MAX_BYTES = 1_000_000
_CODE = (
    ".py",
    ".r",
    ".rmd",
    ".qmd",
    ".sql",
    ".js",
    ".ts",
    ".sh",
    ".ps1",
    ".bat",
    ".ipynb",
    ".jl",
    ".yml",
    ".yaml",
    ".toml",
    ".ini",
    ".cfg",
)
_ADDRESS = expression(r"\b(https?|ftps?|sftp|telnet|ldaps?|mongodb|postgresql|mysql)://([A-Za-z0-9][\w.-]{1,100})")
_OPEN_SCHEMES = frozenset(("http", "ftp", "telnet", "ldap"))
_THIS_MACHINE = expression(
    r"localhost|127\.|0\.0\.0\.0|(?:www\.)?(?:w3|schemas?|example)\.|[\w.-]{0,80}\.(?:example|invalid|test)\b"
)
_REMOTE_ACCOUNT = expression(r"(?:[\w.-]{1,80}@|//(?:[\w.-]{1,80}@)?)[\w.-]{1,120}(?::\d{1,5})?[:/]([\w.-]{1,100})/")


def known_components(facts: Facts) -> Outcome:
    """The inventory: everything that the code loads is named in a manifest of its language."""
    components = inventory(facts.files)
    declared = {component.ecosystem for component in components}
    unnamed = [
        name for ecosystem, names in imported(facts.files).items() if ecosystem not in declared for name in names
    ]
    unread = [
        path for path in manifests(facts.files) if path not in {component.declared_in for component in components}
    ]
    if unnamed and not unread:
        return Outcome(AnswerValue.NOT_MET, (f"loaded by the code, named in no manifest: {listed(unnamed)}",))
    if unnamed:
        return Outcome(AnswerValue.CANNOT_TELL, (f"opensafe cannot list the components of {listed(unread)}",))
    return Outcome(AnswerValue.MET, (f"{len(components)} components are named in {_sources(facts)}",))


def _sources(facts: Facts) -> str:
    return (
        listed(sorted({component.declared_in for component in inventory(facts.files)})) or "no manifest, none is used"
    )


def data_transfers(facts: Facts) -> Outcome:
    """Addresses in the code and its configuration: hosts that it talks to, and whether a scheme is unencrypted."""
    found: dict[str, set[str]] = {}
    for path, data in facts.files.items():
        if path.lower().endswith(_CODE):
            for scheme, host in _ADDRESS.findall(text_of(data[:_MAX_BYTES])):
                found.setdefault(scheme, set()).add(host)
    hosts = {scheme: sorted(host for host in named if not _THIS_MACHINE.match(host)) for scheme, named in found.items()}
    unsafe = [f"{scheme}://{host}" for scheme in sorted(_OPEN_SCHEMES & hosts.keys()) for host in hosts[scheme]]
    if unsafe:
        return Outcome(AnswerValue.NOT_MET, (f"addresses without encryption: {listed(unsafe)}",))
    safe = sorted({host for named in hosts.values() for host in named})
    return Outcome(
        AnswerValue.MET, (f"hosts that the code names: {listed(safe)}" if safe else "the code names no host",)
    )


def account(facts: Facts) -> Outcome:
    """The account that the repository is published in, beside the name of the organisation."""
    owner = _REMOTE_ACCOUNT.search(facts.remote)
    if owner is None:
        return Outcome(AnswerValue.CANNOT_TELL, ("no address of the public repository is known",))
    evidence = f"the repository is published in the account {printable(owner.group(1))}"
    same = _letters(facts.organisation) in _letters(owner.group(1)) or _letters(owner.group(1)) in _letters(
        facts.organisation
    )
    met = same and facts.organisation.strip() != ""
    return Outcome(AnswerValue.MET if met else AnswerValue.CANNOT_TELL, (evidence,))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


CHECKS: Mapping[str, Check] = MappingProxyType(
    {"known": known_components, "data-transfers": data_transfers, "account": account}
)
