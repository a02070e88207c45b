"""Forms in which code and settings keep a credential: found with the exact span, whatever the value is."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.engine import Engine, Witnessed
from opensafe.detectors.values import Worth, judge
from opensafe.detectors.words import mixes_letters_and_digits
from opensafe.model.finding import Category, Confidence, Hit
from opensafe.model.specimen import Specimen

SpecimenOf = Callable[..., Specimen]
Sees = Callable[..., list[Hit]]

_VALUE = "kT7" + "vq9" + "-Lm2x"
_HEX = "0a9f8e7d6c5b4a39" + "28171605f4e3d2c1"

# Path and text: `{v}` is the credential.
_FORMS = [
    ("a.py", "SECRET_KEY = config('SECRET_KEY', default='{v}')"),
    ("a.py", "parser.add_argument('--password', type=str, default='{v}')"),
    ("a.py", "user.check_password('{v}')"),
    ("a.py", "url = 'https://x.invalid/?user=a&pass" + "word={v}'"),
    ("a.go", 'flag.StringVar(&pw, "password", "{v}", "the password")'),
    ("a.go", 'db, err := sql.Open("mysql", "app:{v}@tcp(db:3306)/app")'),
    ("a.go", 'var password = []byte("{v}")'),
    ("a.scala", 'val secret = sys.env.getOrElse("SECRET", "{v}")'),
    ("a.php", "$pass = getenv('DB_PASS') ?: '{v}';"),
    ("a.php", "ldap_bind($link, $dn, '{v}');"),
    ("a.c", 'curl_easy_setopt(curl, CURLOPT_USERPWD, "app:{v}");'),
    ("a.java", 'if (password.equals("{v}")) return;'),
    ("a.java", '.withUser("app").password("{{noop}}{v}")'),
    ("a.java", 'keyStore.load(stream, "{v}".toCharArray());'),
    ("a.java", 'user.setPassword(bcrypt.encode("{v}"));'),
    ("a.R", 'req <- req_auth_basic(req, "app", "{v}")'),
    ("a.json", '{{"cmd": ["DB_PASSWORD={v}"]}}'),
    ("a.xml", "<item>DB_PASSWORD={v}</item>"),
    ("nginx.conf", "proxy_set_header x-apikey {v};"),
    ("a.sh", "htpasswd -b -c .htpasswd app {v}"),
    ("a.yml", "command: redis-server --requirepass {v}"),
    ("a.sh", "curl --proxy-user app:{v} https://x.invalid"),
    ("a.md", "Log in with password `{v}`."),
]


@pytest.mark.parametrize(("path", "text"), _FORMS)
def test_credential_is_found_in_its_form(path: str, text: str, engine: Engine, specimen_of: SpecimenOf) -> None:
    assert _VALUE in _found(engine, specimen_of(text.format(v=_VALUE).encode(), path))


_NONE = [
    ("a.py", "parser.add_argument('--password', type=str, default='')"),
    ("a.py", "SECRET_KEY = config('SECRET_KEY', default=DEFAULT)"),
    ("a.php", "'password' => 'required|min:8|confirmed',"),
    ("a.cs", f'const string PublicKeyToken = "{_HEX[:16]}";'),
    ("a.groovy", f"credentialsId: '{_HEX[:8]}-77ab-4c1d-9e2f-{_HEX[8:20]}'"),
    ("a.yml", "sid: S-1-5-32-544"),
    ("a.yml", "access_key: A1B2C3D4" + "E5F6G7H8I9J0"),
    ("a.properties", "Password=Jelsz\u00f3\nConfirm\\ Password=Powt\u00f3rz has\u0142o"),
    ("a.go", f'dummySecret := "{_VALUE}"'),
    ("a.http", "Authorization: AWS4-HMAC-SHA256 Credential=app/19700101/us-east-2/es/aws4_request, Signature=x"),
    ("a.cpp", "// Generator token: " + "10BE3573-1514-4C36" + "-9D1C-5A225CD40393"),
    ("a.py", "address_secret = 'bfee:e3e1:9a92:6617:02d5:256a:b87a:fbcc'"),
    ("a.cs", 'string query = "password=;user=;";'),
    ("a.log", "sudo -p \"[key=xq] password: \" -u root sh -c '\"'\"'echo x'"),
]


@pytest.mark.parametrize(("path", "text"), _NONE)
def test_what_only_looks_like_it_is_no_alarm(path: str, text: str, engine: Engine, specimen_of: SpecimenOf) -> None:
    assert _found(engine, specimen_of(text.encode(), path)) == set()


def test_two_joined_words_are_a_password_in_a_configuration(sees: Sees) -> None:
    text = "SMTP_PASS" + "WORD=orchid-meadow\n"
    (hit,) = sees("secrets.generic-assignment", text, ".env")
    assert (text[hit.start : hit.end], hit.confidence) == ("orchid-meadow", Confidence.MEDIUM)
    (doubted,) = sees("secrets.generic-assignment", "API_SECRET=orchid-meadow\n", ".env")
    assert doubted.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("detector", "text", "value"),
    [
        ("secrets.vendor-tokens", "SSWS {v}", "00" + "kT7vq9Lm2x" * 4),
        ("secrets.vendor-tokens", 'RSCONNECT_API_KEY <- "{v}"', "kT7vq9Lm2xPz4Rw8" + "YcHb3Nf6Jd1Gs5Qa"),
        ("secrets.vendor-tokens", "https://x.logic.azure.com/w?api=1&sig={v}", "kT7vq9Lm2xPz4Rw8" * 2 + "YcHb3Nf6Jd1"),
        ("secrets.password-hashes", "app:{v}", "{SHA}" + "fEqNCcoYqhjUZglDCZJTlBsxWvK" + "="),
    ],
)
def test_a_token_is_found_without_what_stands_before_it(detector: str, text: str, value: str, sees: Sees) -> None:
    whole = text.replace("{v}", value)
    assert [whole[hit.start : hit.end] for hit in sees(detector, whole, "a.txt")] == [value]


def test_a_vendor_s_example_is_no_alarm(sees: Sees) -> None:
    (hit,) = sees("secrets.kingfisher-catalogue", f'key = "{"gh" + "p_"}{"0123456789" * 3}abcdef"', "a.py")
    assert hit.confidence is Confidence.LOW


def test_a_test_key_of_a_vendor_is_one_though_its_name_says_test(sees: Sees) -> None:
    text = 'lob_api_key = "test_' + "f39d44d63bd97652886ec2" + '233845cf360"'
    assert [hit.confidence for hit in sees("secrets.generic-assignment", text, "a.py")] == [Confidence.HIGH]


def _found(engine: Engine, specimen: Specimen) -> set[str]:
    """What the alarms about credentials say that the values are, by their spans."""
    return {specimen.data[w.hit.start : w.hit.end].decode() for w in _alarms(engine, specimen)}


def _alarms(engine: Engine, specimen: Specimen) -> list[Witnessed]:
    """Those of our own rules: a catalogue's span of an address may be the whole of it."""
    return [
        seen
        for seen in (*engine.passage(specimen), *engine.content(specimen))
        if seen.card.category is Category.SECRET
        and seen.card.id != "secrets.kingfisher-catalogue"
        and seen.hit.confidence is not Confidence.LOW
    ]


_CREDENTIAL = (
    st.text("abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789!+-", min_size=10, max_size=24)
    .filter(lambda text: text[0].isalpha() and text[-1].isalnum() and mixes_letters_and_digits(text))
    .filter(lambda text: judge(text.encode()).worth is Worth.PLAUSIBLE)
)
_TWO = st.sampled_from(
    [
        ("a.py", 'connect(password="{a}", secret="{b}")'),
        ("a.js", "login({{ password: '{a}' }}, {{ pwd: '{b}' }})"),
        ("a.java", 'props.put("password", "{a}"); props.put("db.password", "{b}");'),
        ("a.yml", "- name: DB_PASSWORD\n  value: {a}\n- name: ADMIN_PASSWORD\n  value: {b}\n"),
        ("a.json", '[{{"name": "password", "value": "{a}"}}, {{"name": "admin_password", "value": "{b}"}}]'),
        ("a.xml", "<password>{a}</password><passphrase>{b}</passphrase>"),
        ("a.js", "jwt.sign(payload, '{a}'); jwt.sign(other, '{b}')"),
        ("a.ts", "page.fill('#password', '{a}'); page.fill('#new-password', '{b}')"),
    ]
)


@given(_TWO, _CREDENTIAL, _CREDENTIAL)
@settings(deadline=None, max_examples=120)
def test_two_credentials_are_two_and_each_span_is_all_of_it(
    engine: Engine, specimen_of: SpecimenOf, form: tuple[str, str], first: str, second: str
) -> None:
    path, text = form
    assert _found(engine, specimen_of(text.format(a=first, b=second).encode(), path)) == {first, second}
