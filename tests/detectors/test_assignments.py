"""`name = value` in many dialects: found, with the exact span; and what stands there but is no value."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.detectors.assignments import assignments
from opensafe.model.finding import Confidence, Hit

Sees = Callable[..., list[Hit]]
_ASSIGNED = "secrets.generic-assignment"
_VALUE = "kT7" + "vq9" + "-Lm2x"
_KEY = "Zk8vQ2" + "pLm4Xr" + "7TnB"

# Path and text; `{v}` is a password, `{k}` a key.
_DIALECTS = [
    ("a.py", 'd["password"] = "{v}"'),
    ("a.py", 'password = os.environ.get("DB_PASSWORD", "{v}")'),
    ("a.py", "SECRET_KEY = os.getenv('SECRET_KEY') or '{k}'"),
    ("a.py", 'password = (\n    "{v}"\n)'),
    ("a.py", 'if password == "{v}":'),
    ("a.js", "const k = process.env.API_TOKEN || '{k}'"),
    ("a.js", 'x = "{{\\"password\\":\\"{v}\\"}}"'),
    ("a.js", 'url = "https://x/?api_key={k}&user=a"'),
    ("a.java", 'String password =\n        "{v}";'),
    ("a.java", 'source.setPassword("{v}");'),
    ("a.java", 'props.setProperty("api.key", "{k}");'),
    ("a.kt", 'val apiKey: String? = "{k}"'),
    ("a.go", 'var password string = "{v}"'),
    ("a.c", '#define DB_PASSWORD "{v}"'),
    ("a.c", 'char password[] = "{v}";'),
    ("a.cs", 'public string Password {{ get; set; }} = "{v}";'),
    ("a.vb", 'Dim password As String = "{v}"'),
    ("a.rs", 'const PASSWORD: &\'static str = "{v}";'),
    ("a.rb", ":password => '{v}'"),
    ("a.php", "define('DB_PASSWORD', '{v}');"),
    ("a.gradle", 'storePassword "{v}"'),
    ("a.sql", "DECLARE @password NVARCHAR(50) = '{v}';"),
    ("a.sas", "%let pw={v};"),
    ("a.yml", "password: ${{DB_PASSWORD:-{v}}}"),
    ("a.yml", "      - DB_PASSWORD={v}"),
    ("a.yml", "password: {v}=\nother: 1"),
    ("Dockerfile", "ENV DB_PASSWORD {v}"),
    ("a.sh", "export PASSWORD={v}"),
    ("a.bat", "set PASSWORD={v}"),
    ("a.md", "**Password:** {v}"),
    ("a.md", "The password is `{v}`"),
    ("a.md", "| password | {v} |"),
    ("a.http", "X-Api-Key: {k}"),
    ("a.http", 'WWW-Authenticate: Digest nonce="{k}"'),
]


@pytest.mark.parametrize(("path", "text"), _DIALECTS)
def test_value_is_found_with_its_exact_span(path: str, text: str, sees: Sees) -> None:
    data = text.format(v=_VALUE, k=_KEY)
    hits = [hit for hit in sees(_ASSIGNED, data, path) if hit.confidence is not Confidence.LOW]
    assert {data[hit.start : hit.end].rstrip("=") for hit in hits} == {_VALUE if "{v}" in text else _KEY}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "password = get_password(user)"),
        ("a.py", "key = row.key1 + other"),
        ("a.ts", "password: string;"),
        ("a.ts", "token: Token1 = null"),
        ("a.js", "tokenType: 'bearer'"),
        ("a.js", "key: 'some.translation.key'"),
        ("a.js", "if (passwordStrength > 3) {"),
        ("a.py", "raise ValueError('Invalid password or PKCS12 data')"),
        ("a.json", '"versionNonce": 412042976,'),
        ("a.yml", "key: |"),
        ("a.md", "Your password must be long."),
        ("a.sh", "SECRET_VALUE=$(cat /run/x)"),
        ("a.py", "NONCE = ObjectIdentifier('1.3.6.1.5.5.7.48.1.2')"),
        ("a.xml", "<key>CFBundleName2</key>"),
    ],
)
def test_what_is_no_value_is_no_finding(path: str, text: str, sees: Sees) -> None:
    assert [hit.why for hit in sees(_ASSIGNED, text, path)] == []


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("a.py", 'api_key = "abcd-short"', "eight at least"),
        ("a.py", 'user_password = "user_password"', "it repeats the name"),
        ("a.py", 'password = "Summer" + "!2029" + suffix', "more is added to it"),
        ("yarn.lock", f'password = "{_VALUE}"', "lock file"),
        ("a.min.js", f'x={{authToken:"{_KEY}"}}', "minified code"),
        ("a.py", "token_hash = '" + "3f9a0b1c5d7e2846" * 2 + "00aa11bb'", "length of a checksum"),
    ],
)
def test_evidence_against_a_value_is_said_and_hides_nothing(path: str, text: str, reason: str, sees: Sees) -> None:
    hits = sees(_ASSIGNED, text, path)
    assert [(hit.confidence, reason in hit.why) for hit in hits] == [(Confidence.LOW, True)]


def test_every_doubt_is_said(sees: Sees) -> None:
    (hit,) = sees(_ASSIGNED, 'password = "your_secret_here"')
    assert hit.why.split("; ") == [
        "assigned to a telling name",
        "it reads like a placeholder",
        "it holds the name of what it would be",
        "it is words that are joined",
        "it reads like a word",
    ]


def test_value_in_several_literals_is_one_with_the_span_of_all(sees: Sees) -> None:
    text = f'String password = "{_VALUE[:5]}" +\n        "{_VALUE[5:]}";'
    (hit,) = sees(_ASSIGNED, text, "a.java")
    assert (hit.value.reveal().decode(), text[hit.start : hit.end]) == (
        _VALUE,
        f'{_VALUE[:5]}" +\n        "{_VALUE[5:]}',
    )


@pytest.mark.parametrize("after", ['"key": "b"', '  "user": "b",', "'x' = 1", '"""Text."""', '"b"', '"b" <- 1'])
def test_a_value_ends_with_its_quote_where_the_next_line_adds_nothing(after: str, sees: Sees) -> None:
    text = f'password = "{_VALUE}"\n{after}\n'
    assert [text[hit.start : hit.end] for hit in sees(_ASSIGNED, text, "a.py")] == [_VALUE]


def test_two_indented_literals_are_one(sees: Sees) -> None:
    text = f'password = (\n    "{_VALUE[:5]}"\n    "{_VALUE[5:]}"\n)'
    (hit,) = sees(_ASSIGNED, text, "a.py")
    assert hit.value.reveal().decode() == _VALUE


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('keyring.set_password("{v}", user, value)', []),
        ('keyring.set_password("{v}", "me", value)', []),
        ('user.set_password("{v}")', [_VALUE]),
        ('user.set_password("{v}", commit=True)', [_VALUE]),
        ('user.set_password("{v}", True)', [_VALUE]),
    ],
)
def test_service_of_a_key_store_is_no_password(call: str, found: list[str], sees: Sees) -> None:
    text = call.format(v=_VALUE)
    assert [text[hit.start : hit.end] for hit in sees(_ASSIGNED, text, "a.py")] == found


def test_a_long_value_is_found_whole(sees: Sees) -> None:
    value = (_KEY + "/x+") * 150
    text = f"db-password: {value}=\nother: 1\n"
    assert [text[hit.start : hit.end] for hit in sees(_ASSIGNED, text, "sealed.yaml")] == [value + "="]


def test_two_parameters_of_an_address_are_two(sees: Sees) -> None:
    other = _KEY[::-1]
    text = f"https://x.invalid/?token={_KEY}&auth={other}"
    assert [text[hit.start : hit.end] for hit in sees(_ASSIGNED, text, "a.txt")] == [_KEY, other]


_PIECE = st.sampled_from(
    ["password", "key", "token", "auth", " ", "=", ":", '"', "'", "(", ",", "\n", "x9", "\\", "|", "is", "[", "{", "é"]
)


@given(st.lists(_PIECE, max_size=60).map("".join))
@settings(deadline=None, max_examples=200)
def test_spans_lie_in_the_text_and_hold_the_value(text: str) -> None:
    data = text.encode()
    for found in assignments(data, 0, len(data)):
        assert 0 <= found.start <= found.end <= len(data)
        assert data[found.start : found.end].startswith(found.value[:1])
