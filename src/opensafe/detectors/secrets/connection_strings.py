"""Passwords inside connection strings: ODBC and ADO (`PWD=…;`), JDBC, libpq (`host=… password=…`), Oracle."""

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_PASSWORD = expression(
    rb"""(?i)\b(?:pwd|password)\s{0,3}+=\s{0,3}+"""
    rb"""(?:\{(?P<braced>[^{}\r\n]{1,200}+)\}|(?P<plain>[^;&"'\s{}<>]{1,200}+))"""
)
_QUOTED = expression(
    rb"(?i);\s{0,3}+(?:pwd|password)\s{0,3}+=\s{0,3}+(?P<quote>\\?[\"'])"
    rb"(?P<value>[^\"'\r\n\\]{1,200}+)(?P=quote)\s{0,3};"
)
_COMPANIONS = expression(
    rb"(?is)(?=.{0,900};).{0,600}?\b(?:server|data source|driver|dsn|uid|user id|user|database"
    rb"|initial catalog|host|hostname|provider)\s{0,3}="
)
_LIBPQ = expression(
    rb"(?i)\b(?:dbname|hostaddr|sslmode)\s{0,3}=|\bhost\s{0,3}=[^;\r\n]{1,100}\buser\s{0,3}="
    rb"|\buser\s{0,3}=[^;\r\n]{1,100}\bhost\s{0,3}="
)
_JDBC_QUERY = expression(
    rb"(?i)\bjdbc:[a-z0-9:]{2,40}//?[^\s\"'<>]{1,400}?[?&;:]password=(?P<value>[^\s\"'&;<>]{1,200}+)"
)
_ORACLE = expression(
    rb"(?i)\b(?:jdbc:oracle:(?:thin|oci8?):|oracle:)[\w$#]{1,40}/(?P<thin>[^\s\"'@/]{3,100})@"
    rb"|\b(?:cx_Oracle|oracledb)\.connect\(\s{0,4}[\"'][\w$#]{1,40}/(?P<call>[^\s\"'@/]{3,100})@"
)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.connection-strings",
        title="Password in a connection string",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A connection string opens the database for whoever holds it. The form is certain; sample values are "
        "kept at low.",
        remedy="Change the account's password; use integrated security, or read the string from the environment.",
        reference="facts: secrets 3.3 and 13; ODBC, ADO and JDBC connection strings; libpq, keyword strings",
        examples=(
            Example(("Driver={SQL Server};Server=s1;Database=d;UID=app;PW", "D=", *_VALUE, ";"), _VALUE),
            Example(('"Data Source=s1;User ID=app;Pass', "word=", *_VALUE, '"'), _VALUE, "app.config"),
            Example(("Server=s1;Uid=app;PW", "D={", *_VALUE, "};"), _VALUE),
            Example(('"host=h1 dbname=d user=app pass', "word=", *_VALUE, '"'), _VALUE, "a.py"),
            Example(("jdbc:mysql://h1/d?user=app&pass", "word=", *_VALUE, '"'), _VALUE, "a.java"),
            Example(("jdbc:oracle:thin:app/", *_VALUE, "@h1:1521/dw"), _VALUE, "a.java"),
        ),
        non_examples=(
            Example(("Server=s1;Database=d;Trusted_Connection=yes;",)),
            Example(("Server=s1;UID=app;PWD={pwd};",), path="a.py"),
            Example(("Server=s1;UID=app;PWD=REDACTED-1;",)),
            Example(("jdbc:mysql://h1/d?user=app&password=${DB_PASSWORD}",), path="a.java"),
        ),
    ),
    (
        rb"(?i:(?:pwd|password)\s{0,3}=\s{0,3}[^\s=])",
        rb"(?i:oracle(?::(?:thin|oci8?))?:[A-Z0-9_$#]{1,40}/|oracle(?:db)?\.connect\()",
    ),
    captured(
        Capture("password of a connection string", _PASSWORD, near=_COMPANIONS, certain=True),
        Capture("password of a connection string", _QUOTED, near=_COMPANIONS, certain=True),
        Capture("password of a connection string", _PASSWORD, near=_LIBPQ, certain=True),
        Capture("password of a connection string", _JDBC_QUERY, certain=True),
        Capture("password of a connection string", _ORACLE, certain=True),
    ),
)
