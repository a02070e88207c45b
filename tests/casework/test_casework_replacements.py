"""No rule fires on a replacement, whatever it stands in: the second audit must not find what the first removed."""

import pytest

from opensafe.model.context import Context
from opensafe.model.finding import Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.rewriting.replacements import replacement_for
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import ScanSettings

FILES = {
    b"connect.py": b'password = "%s"\ntoken = "%s"\nheaders = {"Authorization": "Bearer %s"}\n',
    b"connect.R": b"pwd <- '%s'\nSys.setenv(API_KEY = '%s')\nusername <- '%s'\n",
    b".env": b"DB_PASSWORD=%s\nAWS_SECRET_ACCESS_KEY=%s\nSECRET=%s\n",
    b"config.yaml": b"password: %s\nsecret_key: '%s'\nnhs_number: %s\n",
    b"config.json": b'{"password": "%s", "patient_name": "%s", "postcode": "%s"}\n',
    b"patients.csv": b"nhs_number,surname,postcode\n%s,%s,%s\n",
    b"notes.md": b"Dr %s asked, mail to %s, phone %s, and that is all of it.\n",
    b"url.txt": b"postgres://user:%s@db/x\nhttps://%s@example.org\nServer=db;Uid=sa;Pwd=%s;\n",
    b"key.pem": b"%s\n%s\n%s\n",
    b"code.sql": b"-- %s\nSELECT * FROM t WHERE nhs = '%s' AND name = '%s'\n",
}
PEOPLE = [None, 3]


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("person", PEOPLE)
def test_no_rule_fires_on_a_replacement(form: Form, person: int | None) -> None:
    scanner = ContentScanner(ScanSettings(Context(()), FingerprintKey(b"k" * 32), workers=1))
    fired: dict[bytes, list[str]] = {}
    for number in (1, 12, 98_765):
        text = replacement_for(form, number, person)
        for path, template in FILES.items():
            data = template % (text, text, text)
            matches = scanner.scan(Oid(""), data, path, PlaceKind.BLOB).matches
            spans = [(match.verdict.detector, data[match.start : match.end]) for match in matches]
            mine = [name for name, span in spans if span and (span in text or text in span)]
            if mine:
                fired[path] = mine
    assert fired == {}


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("person", PEOPLE)
def test_a_replacement_breaks_no_string(form: Form, person: int | None) -> None:
    """Letters, digits, hyphens, dots, a space within and one @ mean the same in Python, R, JSON, YAML, CSV and XML."""
    text = replacement_for(form, 98_765, person)
    assert text.replace(b"@", b"").replace(b"-", b"").replace(b".", b"").replace(b" ", b"").isalnum()
    assert text[:1].isalpha()
    assert text.strip() == text
