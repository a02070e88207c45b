"""Passwords given by position: `server.login("user", "x")`, `odbcConnect("dsn", "user", "x")`, `FTP(h, u, "x")`."""

from opensafe.detectors.captures import QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_PREFIX = rb"[bruN@]{0,2}"
_TEXT = _PREFIX + rb"[\"'][^\"'\r\n]{0,120}[\"']"
_ANY = rb"(?:[\w.]{1,30}\s{0,3}=\s{0,3})?(?:" + _TEXT + rb"|[\w.$:>\[\]-]{1,80}(?:\(\))?)"
_NEXT = rb"\s{0,20},\s{0,20}"
_LAST = rb"(?:(?:pass|pw)[a-z_]{0,20}\s{0,3}=\s{0,3})?" + _PREFIX + QUOTED
_NO_TEXT_NEXT = rb"(?!" + _NEXT + _TEXT + rb")"

# By the place of the password: the call's second, third or fourth argument.
_SECOND = (
    rb"(?i)(?:\.(?:log_?in|sign_?in(?:WithEmailAndPassword)?|(?:password)?SignInAsync|CreateAsync|AddPasswordAsync|simple_bind(?:_s)?|bind(?:_s)?|basic_auth|auth|SetBasicAuth)"
    rb"|(?:\b|\.)(?:log_?in|sign_?in|sign_?up)(?:As|User)?(?=\()"
    rb"|\b(?:authenticate|HTTP(?:Basic|Digest|Proxy|Ntlm)Auth|NetworkCredential|PasswordAuthentication"
    rb"|UsernamePasswordCredentials?|auth_basic|req_auth_basic|set_?basic_?auth|setCredentials|Credentials\.basic|Credentials"
    rb"|BasicAWSCredentials|cx_Oracle\.connect|oracledb\.connect|SqlCredential|BasicCredentials|basicAuth))"
)
_THIRD = (
    rb"(?i)(?:\b(?:FTP(?:_TLS)?|odbcConnect|pymssql\.connect|MySQLdb\.connect|pymysql\.connect|mysqli_connect"
    rb"|new\s{1,3}mysqli|new\s{1,3}PDO|getConnection|ftp_login|ssh2_auth_password|oci_connect"
    rb"|teradatasql\.connect|PlainAuth|ClientSecretCredential|(?:ldap_bind|imap_open|(?:mysql|mssql|odbc|db2|maxdb|ifx)_p?connect)"
    rb"|pgdb\.connect|connections\.Connection)|\bDBI->connect)"
)
_OPEN = rb"\(\s{0,20}"
_TWO_ARGUMENTS = expression(_SECOND + _OPEN + _ANY + _NEXT + _LAST)
_THREE_ARGUMENTS = expression(_THIRD + _OPEN + (_ANY + _NEXT) * 2 + _LAST)
_MADE = expression(  # an account with its mail or name, and its password
    rb"(?i)\b(?:create_(?:super_?)?user|(?:createUser|signIn)WithEmailAndPassword)" + _OPEN + (_ANY + _NEXT) * 2 + _LAST
)
_JOINED = expression(  # user and password with a colon between them: libcurl, Schema Registry
    rb"(?i)(?:(?<![a-z])auth|user[._-]?info|user_?pwd|user_?pass|(?<![a-z])creds|credentials)[\"']?\]?\s{0,3}[:=]\s{0,3}[\"']?"
    rb"[\w.@-]{2,40}:(?P<bare>[^\s\"':/,;(){}\[\]$<>|]{5,100}+)"
)
_OF_PERSON = expression(  # Rails, has_secure_password
    rb"(?i)\b(?:user|customer|account|admin|member|person|staff|owner)\w{0,3}\.(?:authenticate|valid_password\?)"
    + _OPEN
    + QUOTED
    + rb"\s{0,3}\)"
)
_PIPED = expression(rb"\b(?:req_auth_basic|authenticate)" + _OPEN + rb"[\w.]{1,40}" + _NEXT + _ANY + _NEXT + _LAST)
_CURL = expression(rb"\bCURLOPT_(?:PROXY)?USERPWD" + _NEXT + rb"[\"'][^\"':\r\n]{0,80}:(?P<bare>[^\"'\r\n]{1,200}+)")
_DATABASE = expression(rb"(?i)\bdbConnect" + _OPEN + (_ANY + _NEXT) * 2 + _LAST + _NO_TEXT_NEXT)
_FOUR_ARGUMENTS = expression(rb"(?i)\bdbConnect" + _OPEN + (_ANY + _NEXT) * 3 + _LAST)
_PAIR = expression(
    rb"(?i)\b(?:auth|basic_auth|http_auth|credentials|creds)\s{0,3}=\s{0,3}[(\[]\s{0,10}"
    + (_ANY + _NEXT + _LAST)
    + rb"\s{0,10}[)\]]"
)
_OF_DATABASES = (_THREE_ARGUMENTS, _DATABASE, _FOUR_ARGUMENTS)
_OTHER = expression(
    rb"(?i)[\w-]{1,30}=.{0,200}|(?:https?|jdbc|odbc|file):.{0,200}|basic|digest|ntlm|any|utf-?8|latin-?1"
    rb"|[\w.]{1,60}\.(?:csv|txt|json|db|sqlite)"
)


def _judge(value: bytes) -> Judgement:
    """What reads like an option, a scheme or a file is another argument of the call."""
    return Judgement(Worth.NOTHING, "another argument") if _OTHER.fullmatch(value) else judge(value)


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.positional-logins",
        title="Password given to a login by its position",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="SMTP, FTP, LDAP and database calls take the password as second or third argument, without any name beside "
        "it. Sure where the call is one that logs in.",
        remedy="Change the password, then redact it; read it from the environment or a key store.",
        reference="Python smtplib, ftplib, ldap3; R RODBC, DBI, httr; JDBC DriverManager; issue 4",
        examples=(
            Example(("server.log", 'in("app@nhs.example", "', *_VALUE, '")'), _VALUE, "mail.py"),
            Example(("ch <- odbcConn", 'ect("dw", "app", "', *_VALUE, '")'), _VALUE, "load.R"),
            Example(("ftp = FT", "P('h1.org', user, '", *_VALUE, "')"), _VALUE, "load.py"),
            Example(("requests.get(url, auth=", "('app', '", *_VALUE, "'))"), _VALUE, "load.py"),
            Example(("return log", 'in("app", "', *_VALUE, '");'), _VALUE, "LoginTest.java"),
            Example(("expect(user.authen", 'ticate("', *_VALUE, '")).to be_truthy'), _VALUE, "user_spec.rb"),
            Example(("basic.auth.user.info=app:", *_VALUE), _VALUE, "consumer.properties"),
            Example(("DriverManager.getConn", 'ection(url, "app", "', *_VALUE, '");'), _VALUE, "Load.java"),
        ),
        non_examples=(
            Example(("server.login(user, password)",), path="mail.py"),
            Example(('passport.authenticate("google-oauth20")',), path="routes.js"),
            Example(("basic.auth.user.info=user:password",), path="consumer.properties"),
            Example(('url = "https://host/login(app, x)"',), path="a.py"),
            Example(('odbcConnect("dw", uid, pwd)',)),
            Example(('dbConnect(drv, "x.sqlite", "data.csv")',)),
            Example(('client.login("app", "REDACTED-1")',), path="mail.py"),
            Example(('client.login("user", "password")',), path="mail.py"),
        ),
    ),
    (
        (
            rb"(?i:(?:log_?in|sign_?(?:in|up)|(?:log_?in|sign_?in)(?:As|User)|WithEmailAndPassword|(?:Create|Password|SignIn)Async|simple_bind|simple_bind_s|authenticate|Auth|Credentials?|auth_basic|basic_auth"
            rb"|oracle\.connect|oracledb\.connect)\(\s{0,20}[^()\r\n]{1,120},\s{0,20}[^,()]{0,20}[\"'])"
        ),
        (
            rb"(?i:(?:FTP(?:_TLS)?|Connect|getConnection|mysqli|PDO|ftp_login|ldap_bind|imap_open|Connection|auth_password|PlainAuth"
            rb"|ClientSecretCredential|create_(?:super_?)?user|WithEmailAndPassword)\(\s{0,20}[^,\r\n]{1,200},[^,\r\n]{1,120},[^,\r\n]{0,40}[\"'])"
        ),
        (
            rb"(?i:(?:auth|user[._-]?info|userpwd|user_pwd|user_?pass|creds|credentials)[\"']?\]?\s{0,3}[:=]\s{0,3}[\"']?"
            rb"[A-Za-z0-9_.@-]{2,40}:[^\s\"':/])"
        ),
        rb"(?i:\.(?:authenticate|valid_password\?)\(\s{0,20}[\"'])",
        rb"CURLOPT_(?:PROXY)?USERPWD\s{0,3},\s{0,3}[\"']",
        rb"(?i:(?:auth|credentials|creds)\s{0,3}=\s{0,3}[(\[][^()\r\n]{1,120},\s{0,20}[bruN]{0,2}[\"'])",
    ),
    captured(
        Capture("user and password", _JOINED, _judge, sure=False),
        *(
            Capture("given to a login by its position", pattern, _judge, certain=pattern in _OF_DATABASES)
            for pattern in (
                _TWO_ARGUMENTS,
                _THREE_ARGUMENTS,
                _MADE,
                _PIPED,
                _CURL,
                _DATABASE,
                _FOUR_ARGUMENTS,
                _PAIR,
                _OF_PERSON,
            )
        ),
    ),
)
