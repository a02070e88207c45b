"""Hashed passwords: crypt, bcrypt, Argon2, PBKDF2, scrypt, LDAP, Windows dumps, MySQL and SQL Server."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth
from opensafe.detectors.words import looks_random, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_END = rb"(?![A-Za-z0-9./+$])"
_CRYPT = expression(
    rb"(?<![\w$])(?<!argon2:)(?P<value>\$(?:"
    rb"(?:1|apr1)\$[A-Za-z0-9./]{1,8}\$[A-Za-z0-9./]{22}"
    rb"|\$apr1\$\$[A-Za-z0-9./]{8}\$\$[A-Za-z0-9./]{22}"  # as Docker Compose wants it
    rb"|apr1\\\$[A-Za-z0-9./]{8}\\\$[A-Za-z0-9./]{22}"  # in double quotes of a shell
    rb"|5\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{43}"
    rb"|6\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{86}"
    rb"|2[abxy]\$\d\d\$[A-Za-z0-9./]{53}"
    rb"|g?y\$[A-Za-z0-9./]{1,10}\$[A-Za-z0-9./]{1,86}\$[A-Za-z0-9./]{43}"
    rb"|7\$[A-Za-z0-9./]{11,97}\$[A-Za-z0-9./]{43}"
    rb"|argon2(?:id|i|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,5},p=\d{1,4}\$[A-Za-z0-9+/]{8,86}\$[A-Za-z0-9+/]{16,86}"
    rb"|(?:bcrypt-sha256|scrypt|pbkdf2(?:-sha\d{1,3})?)\$[\w=,.]{1,40}\$[A-Za-z0-9./+]{4,88}\$[A-Za-z0-9./+]{20,128}={0,2}"
    rb"|[PHS]\$[A-Za-z0-9./]{31,52}))" + _END
)
_NAMED = expression(
    rb"(?<![\w$])(?P<value>(?:"
    rb"(?:pbkdf2_sha\d{1,3}|bcrypt_sha256|argon2|scrypt|md5|sha1)\$[\w=,.$]{1,200}?\$[A-Za-z0-9+/]{27,128}={0,2}"
    rb"|(?:pbkdf2:sha\d{1,3}(?::\d{1,9})?|scrypt:\d{1,9}:\d{1,4}:\d{1,4})\$[A-Za-z0-9./]{4,40}\$[0-9a-f]{40,128}"
    rb"|argon2:\$argon2(?:id|i|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,5},p=\d{1,4}\$[A-Za-z0-9+/]{8,86}\$[A-Za-z0-9+/]{16,86}"
    rb"|sha(?:1|256|512):[0-9a-f]{12}:[0-9a-f]{40,128}"
    rb"|SCRAM-SHA-256\$\d{1,9}:[A-Za-z0-9+/]{8,88}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}="
    rb"|\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2[A-Z0-9-]{0,10})\}[A-Za-z0-9+/.$]{13,180}={0,2}))"
    rb"(?![A-Za-z0-9/+])"
)
_WINDOWS = expression(
    rb"(?m)^[^:\s]{1,104}:\d{3,10}:(?P<value>[0-9a-fA-F]{32}:[0-9a-fA-F]{32}):[^:\r\n]{0,80}:[^:\r\n]{0,80}:"
)
_MYSQL = expression(
    rb"(?i)\bby\s{1,3}password\s{1,3}[\"'](?P<value>\*[0-9A-F]{40})[\"']|\bas\s{1,3}'(?P<as>\*[0-9A-F]{40})'"
)
_SQL_SERVER = expression(rb"(?i)\bpassword\s{0,3}=\s{0,3}(?P<value>0x0[12]00[0-9A-F]{48,136})\s{1,3}hashed")
_POSTGRES = expression(rb"(?i)\bpassword\s{1,3}'(?P<value>md5[0-9a-f]{32})'")
_USER_LIST = expression(rb"(?m)^\"[^\"\r\n]{1,63}\"[ \t]{1,9}\"(?P<value>md5[0-9a-f]{32})\"")  # PgBouncer
_HTPASSWD = expression(rb"(?m)^[\w.@-]{1,64}:(?P<value>[A-Za-z0-9./]{13})(?::|\r?$)")
_HTDIGEST = expression(rb"(?m)^[^:\s]{1,64}:[^:\r\n]{1,100}:(?P<value>[0-9a-f]{32})\r?$")
_DIGEST_FILE = expression(rb"(?i)htdigest[\w.-]{0,20}$|\.digest$")
_PASSWORD_FILE = expression(rb"(?i)(?:^|[/._-])(?:htpasswd|passwd|passwords|shadow|master\.passwd)[\w.-]{0,20}$")


_NAMES_SCHEME = expression(rb"\{S?(?:SHA|MD5)\d{0,3}\}")  # base64 of a digest, as long as that: it may lack digits


def _judge(value: bytes) -> Judgement:
    """A hash of a random salt: only masks and samples are not one."""
    if _NAMES_SCHEME.match(value):
        return by_shape(value)
    rest = value[4:].decode("latin-1")
    if not mixes_letters_and_digits(rest) and not looks_random(rest):
        return Judgement(Worth.NOTHING, "not mixed enough for a hash")
    return by_shape(value)


_HASH = ("$2b" + "$12", "$kT7vq9Lm2xPz4Rw8YcHb3u", "Nf6Jd1Gs5Qa0Ue7Wt2oVi4ZrXl8KcPm")

DETECTOR = PatternDetector(
    Card(
        id="secrets.password-hashes",
        title="Hashed password",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A hash can be guessed at leisure: weak passwords fall within hours, and NTLM hashes log in as they are. "
        "Near-perfect precision: scheme, salt and length must all be right.",
        remedy="Have the password changed wherever it was used, then redact the hash.",
        reference="crypt(5); PHC string format; RFC 2307, userPassword; OWASP Password Storage; issue 4, /etc/shadow",
        examples=(
            Example(("app:", *_HASH, "\n"), _HASH, ".htpasswd"),
            Example(
                ("root:", "$6", "$kT7vq9Lm$", "x2Pz4Rw8Yc" * 8, "Hb3Nf6", ":19000:0:99999:7:::"),
                path="shadow",
                value=("$6", "$kT7vq9Lm$", "x2Pz4Rw8Yc" * 8, "Hb3Nf6"),
            ),
            Example(
                ('"app" "md', "5ab8b744ff66bee42dc4", '7bae34ca17959"'),
                path="userlist.txt",
                value=("md", "5ab8b744ff66bee42dc4", "7bae34ca17959"),
            ),
            Example(
                ('users=app:"$', "$apr1$", "$kT7vq9Lm$", "$x2Pz4Rw8YcHb3Nf6Jd1Gs5", '"'),
                path="compose.yml",
                value=("$", "$apr1$", "$kT7vq9Lm$", "$x2Pz4Rw8YcHb3Nf6Jd1Gs5"),
            ),
            Example(
                ("passw", "ord = 'pbkdf2_sha256", "$600000$kT7vq9Lm2x$", "Pz4Rw8YcHb" * 4, "3Nf='"),
                path="users.sql",
                value=("pbkdf2_sha256", "$600000$kT7vq9Lm2x$", "Pz4Rw8YcHb" * 4, "3Nf="),
            ),
        ),
        non_examples=(
            Example(("regex: \\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}",), path="check.py"),
            Example(("root:!:19000:0:99999:7:::\napp:x:1000:1000::/home/app:/bin/sh",), path="passwd"),
            Example(("paste0('$1$', salt)",)),
        ),
    ),
    (
        rb"\$(?:1|apr1|5|6|2[abxy]|g?y|7|argon2i?d?|scrypt|bcrypt-sha256|pbkdf2(?:-sha[0-9]{1,3})?)\$[A-Za-z0-9./=,]{2}",
        rb"\$apr1[\\$]\$",
        rb"\$[PHS]\$[A-Za-z0-9./]{31}",
        rb"(?:pbkdf2_sha[0-9]{1,3}|bcrypt_sha256|argon2|scrypt|md5|sha1)\$[A-Za-z0-9]",
        rb"(?:pbkdf2:sha[0-9]|scrypt:[0-9]{1,9}:[0-9]|sha(?:1|256|512):[0-9a-f]{12}:[0-9a-f]{40}|SCRAM-SHA-256\$)",
        rb"\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2[A-Z0-9-]{0,10})\}[A-Za-z0-9+/.$]{13}",
        rb":[0-9a-fA-F]{32}:[0-9a-fA-F]{32}:",
        rb"'\*[0-9A-Fa-f]{40}'",
        rb"(?i:0x0[12]00[0-9A-F]{48})",
        rb"['\"]md5[0-9a-f]{32}['\"]",
        rb"(?m::[A-Za-z0-9./]{13}\r?$)",
        rb"(?m::[0-9a-f]{32}\r?$)",
    ),
    captured(
        Capture("a password hash in crypt's form", _CRYPT, _judge),
        Capture("a password hash that names its scheme", _NAMED, _judge),
        Capture("LM and NTLM hashes of a Windows account", _WINDOWS, _judge),
        Capture("a MySQL password hash", _MYSQL, _judge),
        Capture("an SQL Server password hash", _SQL_SERVER, _judge),
        Capture("a PostgreSQL password hash", _POSTGRES, _judge),
        Capture("a PostgreSQL password hash", _USER_LIST, _judge),
        Capture("a DES hash in a password file", _HTPASSWD, _judge, path=_PASSWORD_FILE),
        Capture("a digest of user, realm and password", _HTDIGEST, by_shape, path=_DIGEST_FILE),
    ),
    reach=700,
)
