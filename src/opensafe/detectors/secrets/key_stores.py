"""Key stores by their first bytes: Java key stores, PKCS #12, Kerberos keytabs and tickets, KeePass, raw keys."""

from collections.abc import Iterator

from opensafe.detectors.kinds import ContentDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_SEQUENCE = rb"\x30(?:[\x00-\x7f]|\x81.|\x82..|\x83...|\x80)"
_FRONTS = tuple(
    (what, expression(rb"(?s)\A" + front))
    for what, front in (
        ("a Java key store", rb"(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce)\x00\x00\x00[\x01\x02]"),
        (
            "a PKCS #12 key store",
            _SEQUENCE + rb"\x02\x01\x03" + _SEQUENCE + rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01\x02]",
        ),
        ("a Kerberos keytab", rb"\x05[\x01\x02](?:\x00\x00..|\xff\xff..)\x00[\x01-\x08]\x00[\x01-\xff][A-Za-z0-9.-]"),
        (
            "a Kerberos ticket cache",
            rb"\x05\x04\x00[\x00-\x40](?:.{0,64})\x00\x00\x00[\x01-\x0b]\x00\x00\x00[\x01-\x08]",
        ),
        ("a KeePass database", rb"\x03\xd9\xa2\x9a[\x65-\x67]\xfb\x4b\xb5"),
        (
            "a private key in DER",
            _SEQUENCE + rb"\x02\x01\x00(?:\x02\x82.[\x00\x01]\x00|" + _SEQUENCE + rb"\x06[\x05-\x09][\x2a\x2b])",
        ),
        ("an encrypted private key in DER", _SEQUENCE + _SEQUENCE + rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"),
        (
            "an OpenPGP private key",
            rb"(?:\x95[\x01-\x0f].|\xc5[\x00-\xff]{1,5}|\x94.)[\x03-\x06]....[\x01-\x13\x16]\x00?",
        ),
        ("a key box of GnuPG", rb"....\x01\x01..KBXf"),
    )
)
_SHORTEST = 32


def _look(specimen: Specimen) -> Iterator[Hit]:
    data = specimen.data
    if specimen.via or len(data) < _SHORTEST or data[0] in b"\t\n\r #/<@{":
        return
    for what, front in _FRONTS:
        if front.match(data):
            yield Hit(
                start=0,
                end=0,
                value=Secret(b"key-store", "file"),
                form=Form.FILE,
                severity=Severity.HIGH,
                confidence=Confidence.HIGH,
                why=f"{what}, by its first bytes",
            )
            return


DETECTOR = ContentDetector(
    Card(
        id="secrets.key-stores",
        title="Key store",
        category=Category.FILE,
        severity=Severity.HIGH,
        scope=Scope.CONTENT,
        why="A key store holds private keys or passwords; most open with a password that can be guessed at leisure, "
        "keytabs and raw keys with none. Recognised by content, whatever the file is called.",
        remedy="Replace the keys in it, then remove the file from the whole history.",
        reference="RFC 7292 (PKCS #12); MIT Kerberos, keytab format; JKS; KeePass KDBX; issue 4, keytabs, JKS and PFX",
        examples=(
            Example(
                ("\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01", "\x00\xfe" * 20),
                path="server.jks",
                encoding="latin-1",
            ),
            Example(
                ("\x05\x02\x00\x00\x00\x4a\x00\x02\x00\x09TRUST.ORG", "\x00\xfe" * 20),
                path="app.keytab",
                encoding="latin-1",
            ),
            Example(
                (
                    "\x30\x82\x0a\x10\x02\x01\x03\x30\x82\x09\xd6\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01",
                    "\x00\xfe" * 20,
                ),
                path="client.pfx",
                encoding="latin-1",
            ),
        ),
        non_examples=(
            Example(
                ("\x30\x82\x03\x10\x30\x82\x02\x10\xa0\x03\x02\x01\x02\x02\x01\x05", "\x00\xfe" * 20),
                path="ca.der",
                encoding="latin-1",
            ),
            Example(("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "\x00" * 40), path="plot.png", encoding="latin-1"),
            Example(("0 <- keystore('server.jks') # kept outside",)),
        ),
    ),
    _look,
)
