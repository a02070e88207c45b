"""`name = value` in every language and configuration dialect, where the name says password, secret, token or key."""

from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.assigned import judged
from opensafe.detectors.assignments import TRIGGERS, assignments
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.rawbytes import RAW, is_among_raw_bytes
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for found in assignments(specimen.data, start, end):
        hit = judged(specimen, found)
        if hit is not None:
            yield _in_bytes(hit) if is_among_raw_bytes(specimen, hit.start, hit.end) else hit


def _in_bytes(hit: Hit) -> Hit:
    """Kept and countable, but low."""
    return replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=RAW)


def _example(before: str, value: str, after: str, path: str) -> Example:
    return Example((before, value[:3], value[3:], after), (value[:3], value[3:]), path)


_VALUE = "kT7" + "vq9" + "-Lm2x"

DETECTOR = PatternDetector(
    Card(
        id="secrets.generic-assignment",
        title="Password, secret or key assigned to a name",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A name such as DB_PASSWORD says what its value is. Sure where the value looks random; a "
        "placeholder, a word or a "
        "run lowers the confidence and hides nothing.",
        remedy="Change the password or revoke the key, then redact it; read it from the environment or a key store.",
        reference="facts: secrets 13, labelled source files; CWE-798",
        examples=(
            _example("pass" + 'word <- "', _VALUE, '"', "load.R"),
            _example("Sys.setenv(DB_PASS" + 'WORD = "', _VALUE, '")', "load.R"),
            _example("DB_PASS" + "WORD=", _VALUE, "\n", ".Renviron"),
            _example('{"client_se' + 'cret": "', _VALUE, '"}', "settings.json"),
            _example("  pass" + "word: ", _VALUE, "\n", "config.yml"),
            _example("conn = connect(p" + "wd='", _VALUE, "')", "db.py"),
            _example("os.environ['API_TO" + "KEN'] = '", _VALUE, "'", "db.py"),
            _example("define('DB_PASS" + "WORD', '", _VALUE, "');", "wp-config.php"),
            _example("$pass" + 'word = "', _VALUE, '"', "deploy.ps1"),
            _example("<conn pass" + 'word="', _VALUE, '"/>', "web.config"),
            _example('"source": ["pass' + 'word = \\"', _VALUE, '\\""]', "run.ipynb"),
            _example("api_k" + "ey: str = '", _VALUE, "'", "client.py"),
            _example("source.setPass" + 'word("', _VALUE, '");', "Source.java"),
            _example("%let p" + "w=", _VALUE, ";", "load.sas"),
            _example("DB_PASS" + "WORD => '", _VALUE, "'", "settings.rb"),
            _example("export DB_PASS" + "WORD='\"", _VALUE, "\"'", "run.sh"),
            _example('"db_pass' + 'word" to "', _VALUE, '",', "Fixture.kt"),
            _example('{ "Smtp:Api' + 'Key", "', _VALUE, '" },', "Fixture.cs"),
            _example("let privateK" + 'eyBase64Url = "', "d1H3_dcg0V3Xy" + "AuZW2TE5Z3rhY20M", '"', "Signing.swift"),
            _example("bind" + 'pass = "', _VALUE, '"', "ldap.md"),
            _example(".withUser" + 'Pass("', _VALUE, '")', "Fixture.java"),
        ),
        non_examples=(
            Example(('password <- Sys.getenv("DB_PASSWORD")',)),
            Example(("password = get_password(user)",), path="a.py"),
            Example(("password = password",), path="a.py"),
            Example(('password = "${DB_PASSWORD}"',), path="a.yml"),
            Example((r'$last_token = "\"$last_token\"";',), path="hooks/fsmonitor.pl"),
            Example(('password = "changeme"',)),
            Example(('password = "<your password>"',)),
            Example(('password: "REDACTED-1"',)),
            Example(('"password": "Enter your password"',), path="en.json"),
            Example(('primary_key = "patient_id_2020"',), path="a.py"),
            Example(('author = "Z1ggy5tardust"',)),
            Example(("def login(user: str, password: str = None):",), path="a.py"),
            Example(('select("key", "value12345")',)),
            Example(("Server=a;Password=;Option=3",), path="ci.yml"),
            Example(("azure-keyvault-secrets=4.6.*",), path="environment.yml"),
            Example(("htpasswd: {{ registry_htpasswd | b64encode }}",), path="secrets.yml.j2"),
            Example(('credentials = manager.credentials("audience1")',), path="Fixture.kt"),
            Example(('{ "password", "Enter your password" },',), path="Texts.cs"),
            Example(('"tok', 'en": "kT7vq9Lm2x\u2026"'), path="README.md"),
            Example(("GPG_KEYS=A0D6EEA1DCAE49A635A3B2F0779B22DFB3E717B7",), path="Dockerfile"),
            Example((" * Public Key: d081c13923c2b1d1ecf757dd55243691202248f7fcca520ab0ab3f33b5b0",), path="Key.kt"),
            Example(("app ALL=(root) NOEXEC: NOPASSWD: FAIL2BAN",), path="README.md"),
            Example(('compass = "kT7vq9Lm2x"',), path="a.py"),
            Example(("badge.svg?tok", "en=uGmR", "hc1n9C"), path="README.md"),
            Example(("travis-ci.com/a/b.svg?tok", "en=uGmR", "hc1n9CpQ"), path="README.md"),
            Example(('"hashed_sec', 'ret": "9cc46959390b0cc0', '93c690177091e270d85acd04"'), path=".secrets.baseline"),
            Example(('"secret": self.p12, "ppm_fqdn": "policy.x"',), path="a.py"),
            Example(
                ('"client_tok', 'en":"hmac-sha256:dec5ec66', '56ecafe458a528864bf543f5c5d78d87ba1ffe50"'),
            ),
            Example(
                (
                    "saltVa",
                    'lue="XOu/DwXRBF8waCGlHG/JOQ=="',
                    ' encryptedVerifierHashValue="m0sV/FUAov9d6eNkJTmBoA=="/>',
                ),
            ),
            Example(("new password is spec\x00\x00\x00DPI-1062", ": unexpected"), path="lib.so"),
            Example(("tenant_sec", "ret=AAAAbbbb-cccc-dddd-", "eeee-ffffgggghhhh"), path="a.md"),
            Example(('<td id="no_default_password" id="rule-detail-idp92959104">',), path="report.html"),
            Example(("docsearch:\n  api_k", "ey: 0bdffd5e43d5ef11", "862f19d621d11bb5\n"), path="_pkgdown.yml"),
            Example(("  smtpPass", "word: ", "bXlzbXRw", "cGFzc3dk\n"), path="secret.yaml.snap"),
            Example(('echo "Pass" || (echo2 "Fail"; exit 1)',), path="test.sh"),
            Example(("saltVa", 'lue="udSGgk0F', '4l0l8R0sN5KRSA==" spinCount="100000"'), path="sheet1.xml"),
            Example(
                ('<w:documentProtection w:edit="readOnly" w:sal', 't="udSGgk0F', '4l0l8R0sN5KRSA=="/>'), path="a.xml"
            ),
        ),
    ),
    TRIGGERS,
    _examine,
)
