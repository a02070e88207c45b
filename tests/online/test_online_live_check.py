"""Live checks against a server of this machine: what is sent, to whom, and what each answer means."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import kingfisher_sdk
import pytest

from opensafe.cli.session import cache_folder
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import Liveness
from opensafe.model.secret import Secret
from opensafe.online.live_check import LiveChecker
from opensafe.online.providers import address_of
from opensafe.stories.fakes import Fakes

ID = FindingId("F-1")
TOKEN, OTHER = Fakes("a live check").github_token(), Fakes("another one").github_token()
TEXT = b'mine = "%s"\nother = "%s"\n' % (TOKEN, OTHER)


@dataclass
class Provider:
    """A server that answers with `status`, and keeps what it was sent."""

    status: int = 200
    sent: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def provider(socket_enabled: None) -> Iterator[Provider]:
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.sent.append(f"{self.path} {self.headers['Authorization']}")
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(b'{"login":"somebody"}')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def checker_of(address: str) -> LiveChecker:
    return LiveChecker(cache_folder(), variables={"GITHUB_BASE_URL": address}, internal=True)


def test_what_would_be_sent_is_told_before_anything_is() -> None:
    start = TEXT.index(TOKEN)
    prepared = LiveChecker(cache_folder()).prepare(ID, Secret(TEXT, "text"), start, start + len(TOKEN))
    assert prepared is not None
    inquiry = prepared.inquiry
    assert (inquiry.finding, inquiry.address) == (ID, "https://api.github.com")
    assert inquiry.sends == (inquiry.rule,) == ("betterleaks.github-pat",)
    assert TOKEN.decode() not in repr(prepared)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Liveness.ACTIVE),
        (401, Liveness.INACTIVE),
        (403, Liveness.UNKNOWN),
        (404, Liveness.UNKNOWN),
        (429, Liveness.UNKNOWN),
        (500, Liveness.UNKNOWN),
        (503, Liveness.UNKNOWN),
    ],
)
def test_an_answer_is_taken_for_what_it_proves(provider: Provider, status: int, outcome: Liveness) -> None:
    provider.status = status
    checker = checker_of(provider.address)
    start = TEXT.index(TOKEN)
    prepared = checker.prepare(ID, Secret(TEXT, "text"), start, start + len(TOKEN))
    assert prepared is not None
    assert prepared.inquiry.address == provider.address
    assert checker.ask(prepared).outcome is outcome


def test_only_the_one_credential_is_sent(provider: Provider) -> None:
    """Another token stands on the next line: it stays here."""
    checker = checker_of(provider.address)
    start = TEXT.index(OTHER)
    prepared = checker.prepare(ID, Secret(TEXT, "text"), start, start + len(OTHER))
    assert prepared is not None
    checker.ask(prepared)
    assert provider.sent == [f"/user token {OTHER.decode()}"]


def test_a_refused_connection_is_unknown_and_never_dead() -> None:
    checker = checker_of("http://127.0.0.1:9")
    start = TEXT.index(TOKEN)
    prepared = checker.prepare(ID, Secret(TEXT, "text"), start, start + len(TOKEN))
    assert prepared is not None
    answer = checker.ask(prepared)
    assert (answer.outcome, answer.reason) == (Liveness.UNKNOWN, "request_failed")


def test_a_variable_of_this_machine_leads_the_credential_nowhere_else(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_BASE_URL", provider.address)
    start = TEXT.index(TOKEN)
    prepared = LiveChecker(cache_folder()).prepare(ID, Secret(TEXT, "text"), start, start + len(TOKEN))
    assert prepared is not None
    assert prepared.inquiry.address == "https://api.github.com"
    assert prepared.defaults == {"GITHUB_BASE_URL": "https://api.github.com"}


def test_companions_are_named_among_what_is_sent() -> None:
    id_, secret = Fakes("a live check").aws_pair()
    text = b'aws_access_key_id = "%s"\naws_secret_access_key = "%s"\n' % (id_, secret)
    start = text.index(id_)
    prepared = LiveChecker(cache_folder()).prepare(ID, Secret(text, "text"), start, start + len(id_))
    assert prepared is not None
    assert prepared.inquiry.address == "https://sts.amazonaws.com"
    assert prepared.inquiry.sends == ("betterleaks.aws-access-token", "betterleaks.aws-secret-access-key")


def test_what_no_rule_knows_a_provider_for_is_not_asked_about() -> None:
    """A password, and an address that stands in the repository itself: nobody is to be called there."""
    password = b'password = "%s"\n' % Fakes("a live check").password()
    uri = b"mongodb://app:%s@db.example.invalid/x\n" % Fakes("a live check").password()
    for text in (password, uri, b""):
        assert LiveChecker(cache_folder()).prepare(ID, Secret(text, "text"), 0, len(text)) is None


def test_every_rule_that_would_be_asked_has_an_address_of_its_own() -> None:
    rules = kingfisher_sdk.Rules(cache_dir=cache_folder())
    validating = [rule["id"] for rule in rules.metadata() if rule["validation"]]
    addresses = {id_: address_of(rules.detail(id_)["validation"], {}) for id_ in validating}
    known = {id_: address for id_, address in addresses.items() if address}
    assert len(known) > 200
    assert not [id_ for id_, address in known.items() if not address.startswith("https://")]
    assert addresses["betterleaks.mongodb-connection-string"] == ""
    assert addresses["betterleaks.generic-credential-uri"] == ""
