"""Passwords of what a call opens, by position: `X509Certificate2("x.pfx", "x")`, `URL.create(d, u, "x")`.

Certificates and key files, proxies, shares, databases by their less common clients, and dialogues that scripts hold.
"""

import re

from opensafe.detectors.captures import ARGUMENT, QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_PREFIX = rb"[bruN@]{0,2}"
_ANY = (
    rb"(?:[\w.]{1,30}\s{0,3}=\s{0,3})?(?:"
    + _PREFIX
    + rb"(?:\"[^\"\r\n]{0,200}\"|'[^'\r\n]{0,200}')|[\w.$:>\[\]-]{1,80}(?:\([^()\r\n]{0,60}\))?)"
)
_OPEN, _NEXT = rb"\(\s{0,20}", rb"\s{0,20},\s{0,20}"
_LAST = rb"(?:(?:pass|pw)[a-z_]{0,20}\s{0,3}=\s{0,3})?" + _PREFIX + QUOTED

_SECOND = expression(
    rb"\b(?:X509Certificate2?|X509Certificate2Collection|SMBConnection|UsernamePassword(?:Authentication)?Token"
    rb"|load_(?:key_and_certificates|pkcs12|(?:pem|der|ssh)_private_key)|keyring_(?:create|unlock))"
    + _OPEN
    + _ANY
    + _NEXT
    + _LAST
)
_IMPORTED = expression(rb"(?i)\.Import" + _OPEN + rb"[\"'][^\"'\r\n]{0,120}\.(?:pfx|p12)[\"']" + _NEXT + QUOTED)
_ADDRESS = expression(rb"(?:\bURL\.create|(?<![.\w])(?<!new )URL)" + _OPEN + (_ANY + _NEXT) * 2 + _LAST)
_PROXY = expression(rb"\b(?:use_proxy|req_proxy)" + _OPEN + (_ANY + _NEXT) * 3 + _LAST)
_AFTER_PORT = expression(rb"\.connect" + _OPEN + _ANY + _NEXT + rb"\d{2,5}" + _NEXT + _ANY + _NEXT + _LAST)
_OF_JDBC = expression(rb"\bjaydebeapi\.connect" + _OPEN + (_ANY + _NEXT) * 2 + rb"[\[(]\s{0,9}" + _ANY + _NEXT + QUOTED)
_MATLAB = expression(rb"(?<![\w.])database" + _OPEN + (_ANY + _NEXT) * 2 + _LAST)
_MATLAB_FILE = expression(rb"(?i)\.ml?x?$")
_MAPPED = expression(rb"(?i)\.MapNetworkDrive[ (]{1,2}" + (_ANY + _NEXT) * 4 + QUOTED)
_SIGNED = expression(rb"(?i)\bsigntool(?:\.exe)?[\"']?[ \t]{1,4}sign\b[^\r\n]{0,300}?[ \t]/p[ \t]{1,4}" + ARGUMENT)
_SENT = expression(
    rb"(?i)expect[^\r\n]{0,60}pass(?:word|phrase)?[^\r\n]{0,20}\r?\n?[^\r\n]{0,20}"
    rb"\bsend(?:line)?[ \t(]{1,4}(?:--[ \t]{1,4})?"
    rb"[\"'{](?P<value>[^\"'\\$\r\n{}]{4,100}+)(?:\\r|\\n|[\"'}])"
)
_KEYTAB = expression(
    rb"\badd(?:ent|_entry)[ \t]{1,4}-password\b[^\r\n\"']{1,200}(?:\\n|\r?\n)(?P<value>[^\s\\\"']{4,100}+)(?:\\n|\r?$)",
    re.MULTILINE,
)
_KEPT = expression(rb"\bsecret-tool[ \t]{1,4}store\b[^\r\n]{0,200}?<<<[ \t]{0,4}" + ARGUMENT)
_CERTAIN = (_SECOND, _IMPORTED, _AFTER_PORT, _OF_JDBC, _MAPPED, _SIGNED, _SENT, _KEYTAB, _KEPT)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.opening-calls",
        title="Password of what a call opens",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Certificates, key files, proxies, shares and some clients of databases take the password by its position, "
        "and dialogues answer a prompt with it: no name stands beside it. Sure: nothing else stands there.",
        remedy="Change the password, then redact it; read it from the environment or a key store.",
        reference=".NET X509Certificate2; Python cryptography, SQLAlchemy, paramiko, jaydebeapi; R httr, keyring; "
        "Expect; MIT Kerberos ktutil; issue 4",
        examples=(
            Example(('new X509Certificate2("x.pfx", "', *_VALUE, '");'), _VALUE, "Load.cs"),
            Example(('$cert.Import("x.pfx", "', *_VALUE, '", "Exportable")'), _VALUE, "load.ps1"),
            Example(("load_pem_private_key(data, b'", *_VALUE, "')"), _VALUE, "load.py"),
            Example(('URL.create("mssql", "app", "', *_VALUE, '", "h1")'), _VALUE, "load.py"),
            Example(('use_proxy("h1", 8080, "app", "', *_VALUE, '")'), _VALUE, "load.R"),
            Example(('ssh.connect("h1", 22, "app", "', *_VALUE, '")'), _VALUE, "load.py"),
            Example(('jaydebeapi.connect("d", "jdbc:x", ["app", "', *_VALUE, '"])'), _VALUE, "load.py"),
            Example(('conn = database("dw","app","', *_VALUE, '");'), _VALUE, "load.m"),
            Example(('n.MapNetworkDrive "Z:", "\\\\h1\\s", False, "app", "', *_VALUE, '"'), _VALUE, "map.vbs"),
            Example(("signtool sign /f x.pfx /p ", *_VALUE, " a.exe"), _VALUE, "sign.bat"),
            Example(('expect "password:"\nsend "', *_VALUE, '\\r"'), _VALUE, "copy.exp"),
            Example(("addent -password -p app@H1 -k 1\n", *_VALUE, "\nwkt x"), _VALUE, "make.sh"),
            Example(("secret-tool store --label=dw service dw <<< '", *_VALUE, "'"), _VALUE, "keep.sh"),
        ),
        non_examples=(
            Example(('new X509Certificate2("x.pfx", password);',), path="Load.cs"),
            Example(("load_pem_private_key(data, None)",), path="load.py"),
            Example(('new URL("a", "b", "', *_VALUE, '")'), path="load.js"),
            Example(('database("dw", "app", "', *_VALUE, '")'), path="load.py"),
            Example(('s.connect("h1", 22)\nprint("', *_VALUE, '")'), path="load.py"),
            Example(('expect "password:"\nsend "$password\\r"',), path="copy.exp"),
            Example(('new X509Certificate2("x.pfx", "REDACTED-1");',), path="Load.cs"),
        ),
    ),
    (
        (
            rb"(?:X509Certificate2?(?:Collection)?|SMBConnection|UsernamePassword(?:Authentication)?Token"
            rb"|load_(?:key_and_certificates|pkcs12|(?:pem|der|ssh)_private_key)|keyring_(?:create|unlock))\(\s{0,20}[^\r\n]{1,200},\s{0,20}[^,]{0,20}[\"']"
        ),
        rb"(?i:\.(?:pfx|p12)[\"']\s{0,20},\s{0,20}[\"'])",
        rb"URL(?:\.create)?\(\s{0,20}[^,\r\n]{1,200},[^,\r\n]{1,200},[^,\r\n]{0,40}[\"']",
        rb"_proxy\(\s{0,20}[^,\r\n]{1,200},[^,\r\n]{1,40},[^,\r\n]{1,100},[^,\r\n]{0,40}[\"']",
        rb"\.connect\(\s{0,20}[^,\r\n]{1,200},\s{0,20}[0-9]{2,5}\s{0,20},",
        rb"jaydebeapi\.connect\(",
        rb"database\(\s{0,20}[^,\r\n]{1,200},[^,\r\n]{1,100},\s{0,20}[\"']",
        rb"(?i:MapNetworkDrive)",
        rb"(?i:signtool)",
        rb"(?i:expect[^\r\n]{0,60}pass(?:word|phrase)?[^\r\n]{0,20}\r?\n?[^\r\n]{0,20}send)",
        rb"add(?:ent|_entry)[ \t]{1,4}-password[^\r\n]{1,200}(?:\\n|\r?\n)[^\s]",
        rb"secret-tool",
    ),
    captured(
        *(Capture("opens what the call names", pattern, certain=True, beyond=300) for pattern in _CERTAIN),
        *(Capture("opens what the call names", pattern) for pattern in (_ADDRESS, _PROXY)),
        Capture("opens what the call names", _MATLAB, path=_MATLAB_FILE),
    ),
)
