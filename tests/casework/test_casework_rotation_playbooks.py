"""Playbooks of rotation: each provider has one, each credential gets one, and each says what it must."""

from dataclasses import replace

import pytest

from opensafe.casework.playbooks import playbook_folder
from opensafe.casework.rotation_playbooks import (
    SECTIONS,
    playbook_for,
    read_rotation_playbook,
    rotation_playbook,
    rotation_playbooks,
)
from opensafe.detectors.catalogue import all_detectors
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place, PlaceKind

PROVIDERS = {
    "aws", "azure", "databricks", "generic", "github", "gitlab", "google", "nhs-api", "nhsmail", "slack",
    "pgp", "sql-server", "ssh", "tls", "windows-account",
}  # fmt: skip
WHOLE = "---\nid: x\ntitle: X\nchosen-by: [x]\n---\n# X\n\n" + "\n".join(f"## {name}\nText.\n" for name in SECTIONS)


def credential(detector: str, why: str = "", title: str = "Credential", **changes: object) -> Finding:
    found = Finding(
        FindingId("F-1"), Category.SECRET, detector, (detector,), title, Severity.HIGH, Confidence.HIGH, Form.TOKEN,
        "[…]", why, None, 1, published=True, in_head=True,
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type] # any field


def key_in(path: str) -> Finding:
    place = Place(PlaceKind.BLOB, None, path, "", None, None, 1, 1, 0, 9, (), None, None, in_head=True, published=True)
    return credential("secrets.private-keys", "a whole block", form=Form.PRIVATE_KEY, places=(place,))


def test_every_provider_has_a_playbook_named_by_its_file() -> None:
    files = {file.stem for file in (playbook_folder() / "rotation").glob("*.md")}
    assert {book.id for book in rotation_playbooks()} == files
    assert files >= PROVIDERS


@pytest.mark.parametrize("book", rotation_playbooks(), ids=lambda book: book.id)
def test_a_playbook_says_whom_to_ask_what_to_do_what_counts_and_how_the_code_still_runs(book: object) -> None:
    assert isinstance(book, type(rotation_playbooks()[0]))
    assert all(book.sections[name] for name in SECTIONS)
    assert "1. " in book.sections["Steps"]
    assert "- " in book.sections["Evidence"]
    assert "```r\n" in book.sections["In R"]
    assert "```python\n" in book.sections["In Python"]


def test_a_playbook_without_a_section_is_refused() -> None:
    assert read_rotation_playbook(WHOLE).chosen_by == ("x",)
    with pytest.raises(ValueError, match="has the sections Ask, Steps, Evidence, In R, In Python"):
        read_rotation_playbook(WHOLE.replace("## Evidence", "## Proof"))


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.aws-access-token; it looks random"), "aws"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.azure-storage-account-key; random"), "azure"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.databricks-api-token; random"), "databricks"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.github-pat; random"), "github"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.gitlab-pat, in base64; random"), "gitlab"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.gcp-service-account; random"), "google"),
        (credential("secrets.kingfisher-catalogue", "rule veles.secrets/slackappleveltoken; random"), "slack"),
        (credential("secrets.kingfisher-catalogue", "rule betterleaks.twilio-api-key; random"), "generic"),
        (credential("secrets.detect-secrets-patterns", "random; Slack: pattern of detect-secrets"), "slack"),
        (credential("secrets.azure-sas"), "azure"),
        (credential("secrets.connection-strings"), "sql-server"),
        (credential("secrets.sql-password"), "sql-server"),
        (credential("secrets.windows-commands"), "windows-account"),
        (credential("secrets.ldap-bind"), "windows-account"),
        (credential("secrets.generic-assignment", title="Password of an SMTP server"), "nhsmail"),
        (credential("secrets.generic-assignment"), "generic"),
        (credential("nobody.knows", title="NHS-API key"), "nhs-api"),
        (credential("nobody.knows", title="nhs.net password"), "nhsmail"),
        (key_in(".ssh/id_rsa"), "ssh"),
        (key_in("deploy"), "ssh"),
        (key_in("tls/server.key"), "tls"),
        (key_in("keys/.ssh/deploy"), "ssh"),
        (key_in("keys/.gnupg/deploy"), "pgp"),
        (key_in("keys/deploy.gpg"), "pgp"),
        (replace(key_in("certs/deploy"), why="a whole block of base64, a key for OpenPGP, which"), "pgp"),
        (replace(key_in("certs/deploy"), why="a whole block of base64, a key for OpenSSH, not"), "ssh"),
        (credential("secrets.pgpass"), "sql-server"),
        (key_in("certs/cert.pem"), "tls"),
    ],
)
def test_a_credential_gets_the_playbook_of_its_provider(finding: Finding, expected: str) -> None:
    assert playbook_for(finding, finding.places).id == expected


def test_every_detector_of_credentials_leads_to_a_playbook() -> None:
    """Those that are the same for every provider lead to the generic one; the others to the one that they name."""
    cards = [detector.card for detector in all_detectors() if detector.card.category is Category.SECRET]
    chosen = {card.id: playbook_for(credential(card.id, title=card.title)).id for card in cards}
    assert set(chosen.values()) <= PROVIDERS
    named = {id_: book for id_, book in chosen.items() if book != "generic"}
    assert (
        named.items()
        >= {
            "secrets.azure-sas": "azure",
            "secrets.connection-strings": "sql-server",
            "secrets.private-keys": "ssh",
            "secrets.sql-password": "sql-server",
        }.items()
    )


def test_a_playbook_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError) as refused:
        rotation_playbook("bake-a-cake")
    assert "sql-server" in refused.value.remedy
