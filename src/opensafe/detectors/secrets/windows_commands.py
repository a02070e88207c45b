"""Passwords on Windows command lines: `net use`, `cmdkey`, `schtasks /RP`, `sqlcmd -P`, `bcp`, `sqlplus user/x@db`."""

from opensafe.detectors.captures import ARGUMENT, QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_NET_USE = expression(
    rb"(?i)\bnet(?:\.exe)?[ \t]{1,4}use[ \t]{1,4}(?:[a-z*]:?[ \t]{1,4})?[\"']?\\\\[^\s\"']{2,200}[\"']?[ \t]{1,4}"
    rb"(?:/user:[^\s]{1,100}[ \t]{1,4}(?:/persistent:\w{2,3}[ \t]{1,4})?)?(?!/)(?:"
    + QUOTED
    + rb"|(?P<bare>[^\s\"'*/][^\s\"']{0,199}+))"
)
_NET_USER = expression(
    rb"(?i)\bnet(?:\.exe)?[ \t]{1,4}user[ \t]{1,4}[\"']?[\w.-]{1,60}[\"']?[ \t]{1,4}(?!/)(?:"
    + QUOTED
    + rb"|(?P<bare>[^\s\"'*/][^\s\"']{0,199}+))"
)
_COLON = expression(
    rb"(?i)\b(?:cmdkey|wmic|psexec|runas|netdom|winrs|msdeploy|nuget|devcon|tfs|appcmd|certutil|dsadd|dsmod"
    rb"|ksetup|ktpass|setx|sc)(?:\.exe)?\b[^\r\n]{0,300}?"
    rb"[/-](?:pass(?:word)?|pwd|passwordd|p)[: ]" + ARGUMENT
)
_TASK = expression(rb"(?i)\bschtasks(?:\.exe)?\b[^\r\n]{0,400}?/r?p[ \t]{1,4}" + ARGUMENT)
_SERVICE = expression(
    rb"(?i)\bsc(?:\.exe)?[ \t]{1,4}(?:config|create)\b[^\r\n]{0,300}?\bpassword=[ \t]{1,4}" + ARGUMENT
)
_DASH_P = expression(
    rb"(?i:\b(?:sqlcmd|osql|isql|bcp|dtexec|dtutil|sqlpackage|tabcmd|pbm"
    rb"|rs)(?:\.exe)?\b)[^\r\n]{0,400}?[ \t](?:-P[ \t]{0,2}|/(?i:de(?:crypt)?|p)[ \t]{1,2})" + ARGUMENT
)
_ORACLE = expression(
    rb"(?i)\b(?:sqlplus|sqlldr|impdp|expdp|exp|imp|rman|connect|conn"
    rb"|userid=)[ \t]{0,4}(?:-\w{1,8}[ \t]{1,4}){0,4}(?:userid=|target[ \t]{1,4})?[\"']?"
    rb"[A-Za-z][\w$#]{0,30}/(?P<bare>[^\s\"'@/]{3,60})@[\w/(]"
)
_SEND_KEYS = expression(
    rb"(?i)-AsPlainText\b[^\r\n]{0,60}?-String[ \t]{1,4}"
    + QUOTED
    + rb"|"
    + QUOTED.replace(b"double", b"d2").replace(b"single", b"s2")
    + rb"[ \t]{0,4}\|[ \t]{0,4}convertto-securestring"
)
_ARGUMENT_WORD = expression(
    rb"(?i)[%!]\w{1,60}[%!]|/.{0,200}|add|delete|del|active:\w{2,3}|\d{1,4}|(?:[a-z]:)?\\.{0,200}"
)


def _judge(value: bytes) -> Judgement:
    return Judgement(Worth.NOTHING, "another argument") if _ARGUMENT_WORD.fullmatch(value) else judge(value)


_SECRET = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.windows-commands",
        title="Password given to a Windows or database program",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Batch files of locked-down networks map drives, schedule tasks and load tables with a password in "
        "clear. Near-perfect precision: only commands that take one at that place.",
        remedy="Change the password; use the signed-in account, a managed service account or a credential store.",
        reference="Microsoft: net use, cmdkey, schtasks, sqlcmd, bcp; Oracle: sqlplus; facts: secrets 13",
        examples=(
            Example(("net use Z: \\\\h1\\share ", *_SECRET, " /user:DOM\\app"), _SECRET, "map.bat"),
            Example(("net use Z: \\\\h1\\share /user:DOM\\app ", *_SECRET), _SECRET, "map.bat"),
            Example(("cmdkey /add:h1 /user:app /pass:", *_SECRET), _SECRET, "map.bat"),
            Example(("schtasks /create /tn x /ru app /r", "p ", *_SECRET, " /sc daily"), _SECRET, "task.bat"),
            Example(("bcp d.dbo.t out x.csv -S s1 -U app -", "P", *_SECRET, " -c"), _SECRET, "out.bat"),
            Example(("sqlplus -s app/", *_SECRET, "@dw @x.sql"), _SECRET, "load.bat"),
        ),
        non_examples=(
            Example(("net use Z: \\\\h1\\share /persistent:no",), path="map.bat"),
            Example(("net use Z: \\\\h1\\share %PASSWORD% /user:app",), path="map.bat"),
            Example(("schtasks /create /tn x /sc daily /ru SYSTEM",), path="task.bat"),
            Example(("sqlplus /@dw @x.sql",), path="load.bat"),
            Example(("cmdkey /add:h1 /user:app /pass:REDACTED-1",), path="map.bat"),
        ),
    ),
    (
        rb"(?i:net(?:\.exe)?\s{1,4}user?\s)",
        (
            rb"(?i:(?:cmdkey|wmic|psexec|runas|netdom|winrs|msdeploy|nuget|appcmd|certutil|dsadd|dsmod"
            rb"|ktpass)[^\r\n]{1,300}[/-]p(?:ass(?:word)?|wd)?[: ])"
        ),
        rb"(?i:schtasks[^\r\n]{1,400}/r?p\s)",
        rb"(?i:sc(?:\.exe)?\s{1,4}(?:config|create)\s[^\r\n]{1,300}password=\s)",
        rb"(?i:(?:sqlcmd|osql|isql|bcp|dtexec|dtutil|tabcmd)(?:\.exe)?\s[^\r\n]{1,400}\s[/-](?:p|de))",
        rb"(?i:(?:sqlplus|sqlldr|impdp|expdp|rman|conn(?:ect)?|userid=)[^\r\n]{0,60}/[^\s\"'@/]{3,60}@)",
        rb"(?i:convertto-securestring)",
    ),
    captured(
        *(
            Capture("given on a command line", pattern, _judge, certain=True)
            for pattern in (_NET_USE, _NET_USER, _COLON, _TASK, _SERVICE, _DASH_P, _ORACLE, _SEND_KEYS)
        )
    ),
)
