"""Passwords given to Unix programs in their own ways: `mysql -px`, `sshpass -p x`, `smbclient -U user%x`."""

import re

from opensafe.detectors.captures import ARGUMENT, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_REST = rb"\b[^\r\n|]{0,300}?\s"
_JOINED = (  # the option and its value are one word
    rb"""(?:"(?P<double>[^"\r\n]{1,200}+)"|'(?P<single>[^'\r\n]{1,200}+)'"""
    rb"""|(?P<bare>[^\s"'`,;|&<>)\]\\=-][^\s"'`;|&<>)\]\\]{2,199}+))"""
)
_MYSQL = expression(
    rb"\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlshow|mariadb(?:-\w{1,12})?)"
    + _REST
    + rb"-p"
    + _JOINED
)
_DASH_P = expression(
    rb"\b(?:sshpass|mongo(?:sh|dump|restore|import|export)?|docker[ \t]{1,4}login|podman[ \t]{1,4}login"
    rb"|oc[ \t]{1,4}login"
    rb"|az[ \t]{1,4}login|cqlsh|ncftp(?:put|get)?|cf[ \t]{1,4}login|rasdial|grdesktop|rdesktop|htpasswd|snowsql|beeline"
    rb"|ksql|svn|useradd|usermod|psexec(?:\.exe)?|twine[ \t]{1,4}upload|xfreerdp|vncdo)"
    rb"" + _REST + rb"(?:-p[ \t]{0,4}|/p:)" + ARGUMENT
)
_HTPASSWD = expression(
    rb"\bhtpasswd[ \t]{1,4}(?:-\w{1,6}[ \t]{1,4}){0,5}?-\w{0,5}b\w{0,5}[ \t]{1,4}(?:-\w{1,6}[ \t]{1,4}){0,4}"
    rb"(?:[^\s\"'-][^\s\"']{0,120}[ \t]{1,4}){1,2}?" + ARGUMENT + rb"(?=[ \t]{0,4}(?:\r?$|[;|&>\"'\]]))",
    re.MULTILINE,
)
_REDIS = expression(rb"(?i)\b(?:requirepass|masterauth)[ \t\"',]{1,6}" + ARGUMENT)
_DASH_A = expression(rb"\bredis-cli" + _REST + rb"-a[ \t]{1,4}" + ARGUMENT)
_DASH_W = expression(
    rb"\b(?:ldap(?:search|modify|add|delete|whoami|passwd|compare|modrdn)|ipmitool|impala-shell|netcat-ldap)"
    + _REST
    + rb"-[wP][ \t]{1,4}"
    + ARGUMENT
)
_ZIP = expression(
    rb"\b(?:(?:un)?zip" + _REST + rb"-P[ \t]{0,4}|(?:7z[ar]?|7za|rar|unrar)" + _REST + rb"-h?p)" + ARGUMENT
)
_KEY_TOOL = expression(
    rb"(?i)(?<![\w-])-(?:storepass|keypass|srcstorepass|deststorepass|srckeypass|destkeypass)[ \t]{1,4}" + ARGUMENT
)
_NEW_PASSWORD = expression(rb"\bkeytool" + _REST + rb"-new[ \t]{1,4}" + ARGUMENT)
_PERCENT = expression(
    rb"(?i)\b(?:smbclient|smbget|rpcclient|net\s{1,3}rpc|winexe|mount\.cifs|smbmap|wmic|nmblookup)"
    + _REST
    + rb"(?:-U|--user)[ =]{0,3}[\"']?[^\s\"'%]{1,80}%(?P<bare>[^\s\"']{1,200}+)"
)
_MOUNT = expression(
    rb"(?i)\b(?:cifs|mount|user(?:name)?=)[^\r\n]{0,200}?[\s,\"'](?:pass|password)=(?P<bare>[^\s,\"']{1,200}+)"
)
_COMMA = expression(rb"\blftp" + _REST + rb"(?:-u|--user)[ =]{1,3}[\"']?[^\s\"',]{1,80},(?P<bare>[^\s\"']{1,200}+)")
_PIPED = expression(
    rb"(?i)\b(?:echo|printf)(?:[ \t]{1,4}-[ne]{1,2})?[ \t]{1,4}" + ARGUMENT + rb"[ \t]{0,4}\|[ \t]{0,4}"
    rb"(?=(?:sudo[ \t]{1,4}(?:-\w[ \t]{1,4}){0,3}?-S|kinit|su\b|passwd|gpg|cryptsetup|docker[ \t]{1,4}login"
    rb"|helm[ \t]{1,4}registry))"
)
_CHPASSWD = expression(
    rb"(?i)\b(?:echo|printf)(?:[ \t]{1,4}-[ne]{1,2})?[ \t]{1,4}[\"']?[\w.-]{1,40}:"
    rb"(?P<bare>[^\s\"'|$\\]{1,200}+)(?:\\n)?[\"']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd"
)
_FTP_LINE = expression(
    rb"(?im)^[ \t]{0,12}(?:quote[ \t]{1,4})?(?:user[ \t]{1,4}[^\s\"']{1,80}[ \t]{1,4}"
    rb"|pass[ \t]{1,4})(?P<bare>[^\s\"'$%(){};=]{4,100}+)[ \t]{0,4}\r?$"
)
_FTP = expression(rb"(?i)\b(?:ftp|open)[ \t]{1,4}(?:-\w{1,5}[ \t]{1,4}){0,4}[\w.-]{2,100}")
_OPENSSL = expression(
    rb"\bopenssl[ \t]{1,4}(?:enc|aes|des|rsa|pkcs12|genrsa|req)"
    + _REST
    + rb"-(?:k|passw?|password)[ \t]{1,4}(?!pass:|env:|file:|fd:|stdin)"
    + ARGUMENT
)
_PLINK = expression(rb"(?i)\b(?:plink|pscp|psftp|kitty)(?:\.exe)?" + _REST + rb"-pw[ \t]{1,4}" + ARGUMENT)
_AZURE = expression(rb"\baz[ \t]" + _REST + rb"--(?:account|storage|access)-key[ \t=]{1,4}" + ARGUMENT)
_HTTPIE = expression(
    rb"\bhttps?[ \t]{1,4}(?:[^\r\n|]{0,200}?[ \t])?(?:-a|--auth)[ =][\"']?[^\s\"':]{1,80}:(?P<bare>[^\s\"']{1,200}+)"
)
_VAULT = expression(rb"\bvault[ \t]{1,4}login[ \t]{1,4}(?:-no-print[ \t]{1,4})?(?P<bare>[^\s\"'=-][^\s\"'=]{15,200}+)")
_SUDO = expression(rb"\bsudo[ \t]{1,4}-S[ \t]{0,4}<<<[ \t]{0,4}" + ARGUMENT)
_WORD = expression(
    rb"[a-z]{1,9}|[A-Z_]{3,40}|.{0,80}\.(?:sql|sh|txt|ya?ml|json|conf|zip|7z|rar)|\d{1,5}(?::\d{1,5})?"
    rb"|/.{0,80}|\.{1,2}/.{0,80}"
)


def _judge(value: bytes) -> Judgement:
    """Bare words, ports and files after a short option are other arguments of it."""
    return Judgement(Worth.NOTHING, "another argument") if _WORD.fullmatch(value) else judge(value)


_SECRET = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.shell-commands",
        title="Password given to a Unix program",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Each program has its own short option for the password. Near-perfect precision: only programs that take "
        "one there, and never a plain word, a port or a file.",
        remedy="Change the password; let the program read it from a file, a prompt or the environment.",
        reference="manual pages of the programs named; facts: secrets 13, families that every peer misses",
        examples=(
            Example(("mysql -u app -", "p", *_SECRET, " db < x.sql"), _SECRET, "load.sh"),
            Example(("ksql -u app -", "p ", *_SECRET, " http://h1"), _SECRET, "load.sh"),
            Example(("keytool -list -store", "pass ", "orch", "ard"), ("orch", "ard"), "load.sh"),
            Example(("sshpass -", "p '", *_SECRET, "' scp x app@h1:"), _SECRET, "load.sh"),
            Example(("smbclient //h1/share -U app", "%", *_SECRET), _SECRET, "load.sh"),
            Example(("lftp -u app,", *_SECRET, " sftp://h1"), _SECRET, "load.sh"),
            Example(("echo '", *_SECRET, "' | sudo -S mount x"), _SECRET, "load.sh"),
            Example(("http -a app:", *_SECRET, " https://h1"), _SECRET, "load.sh"),
            Example(("plink -ssh app@h1 -p", "w ", *_SECRET, " ls"), _SECRET, "load.bat"),
        ),
        non_examples=(
            Example(("mysql -u app -p db < x.sql",), path="load.sh"),
            Example(("mysql -u app -p$DB_PASSWORD db",), path="load.sh"),
            Example(("keytool -list -storepass changeit",), path="load.sh"),
            Example(("docker run -p 8080:80 image",), path="load.sh"),
            Example(("sshpass -p REDACTED-1 ssh h1",), path="load.sh"),
            Example(("mkdir -p build/kT7vq9",), path="load.sh"),
        ),
    ),
    (
        rb"(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb)[^\r\n|]{0,200}\s-p[^\s]",
        (
            rb"(?:sshpass|mongo|ksql|(?:docker|podman|oc|az|cf) login|cqlsh|ncftp|rasdial|rdesktop|htpasswd|snowsql"
            rb"|beeline|svn|twine|xfreerdp|useradd|usermod|(?i:psexec))[^\r\n]{0,200}\s(?:-p|/p:)"
        ),
        rb"htpasswd -[^\r\n]{0,20}b",
        rb"(?i:requirepass|masterauth)[ \t\"',]",
        rb"redis-cli[^\r\n]{0,200}\s-a\s",
        rb"(?:ldap[a-z]{3,8}|ipmitool)\s[^\r\n]{0,200}\s-[wP]\s",
        rb"(?:zip|rar|7z[ar]?)\s[^\r\n]{0,200}-h?[pP]\s?[^\s]",
        rb"-(?:src|dest)?(?:store|key)pass\s",
        rb"(?:smbclient|smbget|rpcclient|winexe|cifs)[^\r\n]{1,200}%[^\s]",
        rb"(?:cifs|mount|user(?:name)?=)[^\r\n]{0,200}[\s,\"']pass(?:word)?=",
        rb"lftp\s[^\r\n]{0,200}-(?:u|-user)[ =]",
        rb"\|\s{0,4}(?:sudo\s[^\r\n]{0,20}-S|kinit|su\s|passwd|gpg|cryptsetup|docker login|(?:sudo )?chpasswd)",
        rb"(?im:^[ \t]{0,12}(?:quote )?(?:user [^\s]{1,80}|pass) [^\s]{4,100}\r?$)",
        rb"openssl (?:enc|aes|des|rsa|pkcs12|genrsa|req)[^\r\n]{0,200}-(?:k|passw?|password)\s",
        rb"(?i:(?:plink|pscp|psftp|kitty)(?:\.exe)?\s[^\r\n]{0,200}-pw\s)",
        rb"sudo -S <<<",
        rb"az [^\r\n]{0,300}--(?:account|storage|access)-key[ =]",
        rb"https? [^\r\n]{0,200}(?:-a|--auth)[ =]",
        rb"vault login ",
    ),
    captured(
        *(
            Capture("given on a command line", pattern, _judge)
            for pattern in (
                _MYSQL,
                _DASH_P,
                _DASH_A,
                _HTPASSWD,
                _REDIS,
                _DASH_W,
                _ZIP,
                _NEW_PASSWORD,
                _PERCENT,
                _MOUNT,
                _COMMA,
                _PIPED,
                _CHPASSWD,
                _OPENSSL,
                _PLINK,
                _SUDO,
                _AZURE,
                _HTTPIE,
                _VAULT,
            )
        ),
        Capture("given on a command line", _KEY_TOOL, certain=True),
        Capture("a line of an FTP session", _FTP_LINE, _judge, near=_FTP),
    ),
)
