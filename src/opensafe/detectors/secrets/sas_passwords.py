"""Passwords in SAS programs: `libname … password=`, `connect to oracle (…)`, `%let pw=`, encoded `{SAS002}…`."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_NAME = rb"(?:password|passwd|passwrd|passw|pass|pwd|pw|pswd|orapw|dbpassword|emailpw|read|write|alter)"
_VALUE_FORM = rb"""(?:"(?P<double>[^"\r\n]{1,200}+)"|'(?P<single>[^'\r\n]{1,200}+)'|(?P<bare>[^\s"'();,&%]{4,200}+))"""
_STATEMENT = expression(
    rb"(?is)\b(?:(?:libname|connect\s{1,9}(?:to|using)|options|filename|signon"
    rb"|proc\s{1,9}(?:sql|copy|upload|download|http|ftp))\b[^;]{1,600}?"
    rb"|(?:data|set|merge)\s{1,9}[\w.]{1,65}\s{0,3}\([^;()]{0,200}?)\b"  # options of a data set
    + _NAME
    + rb"\s{0,3}=\s{0,3}"
    + _VALUE_FORM
)
_LET = expression(
    rb"(?i)%let\s{1,9}\w{0,30}?(?:password|passwd|passw|pass|pwd|pw)\w{0,10}\s{0,3}=\s{0,3}(?:%n?r?(?:str|quote)\((?=[^;\r\n]{0,120}\)\s{0,3};))?(?P<value>[^\s;&%][^;\r\n]{2,120}?)\)?\s{0,3};"
)
_PWENCODE = expression(rb"(?i)\bproc\s{1,9}pwencode\b[^;]{0,60}?\bin\s{0,3}=\s{0,3}" + _VALUE_FORM)
_ENCODED = expression(rb"(?i)(?P<value>\{(?:sas00[1-5]|sasenterprise|sas00[1-5]e)\}[A-Za-z0-9+/=]{6,400}+)")
_PROGRAM = expression(rb"(?i)\.(?:sas|egp|log|lst|txt|md|sql)$")


def _judge(value: bytes) -> Judgement:
    """The encoded form is reported whole, as what it is."""
    return Judgement(Worth.NOTHING, "encoded") if _ENCODED.match(value) else judge(value.strip(b"\"'"))


_VALUE = ("kT7", "vq9_Lm2x")
_CODE = ("{SAS", "002}1D57933958C58000", "6055D3DB80A7C51E")

DETECTOR = PatternDetector(
    Card(
        id="secrets.sas-passwords",
        title="Password in a SAS program",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Libraries and connections take passwords without quotes, where other rules see an expression. What "
        "PROC PWENCODE makes is no protection: SAS accepts it as the password, and {SAS002} is decoded by anybody.",
        remedy="Change the password, then redact it; use an authentication domain (authdomain=).",
        reference="SAS, LIBNAME statement for ACCESS engines and PROC PWENCODE; issue 4, sas %let pw=",
        examples=(
            Example(("libname wh oracle user=app pass", "word=", *_VALUE, " path=dw;"), _VALUE, "load.sas"),
            Example(("proc sql; connect to oracle (user=app p", "w=", *_VALUE, ");"), _VALUE, "load.sas"),
            Example(("data secure(re", "ad=", *_VALUE, "); set x; run;"), _VALUE, "load.sas"),
            Example(("%let dbp", "w = ", *_VALUE, ";"), _VALUE, "load.sas"),
            Example(("libname wh sqlsvr user=app p", 'wd="', *_CODE, '";'), _CODE, "load.sas"),
        ),
        non_examples=(
            Example(("libname wh oracle user=app password=&pw. path=dw;",), path="load.sas"),
            Example(("libname wh oracle authdomain='dw';",), path="load.sas"),
            Example(("data wards; set beds(where=(read=overnight)); run;",), path="load.sas"),
            Example(("libname wh oracle user=app password=REDACTED-1;",), path="load.sas"),
        ),
    ),
    (
        rb"(?i:[^\w.]" + _NAME + rb"\s{0,3}=\s{0,3}[\"']?[^\s\"'();,&%=])",
        rb"(?i:%let\s{1,9}\w{0,30}p(?:ass|wd|w))",
        rb"(?i:pwencode)",
        rb"(?i:\{sas(?:00[1-5]e?|enterprise)\}[A-Z0-9+/=]{6})",
    ),
    captured(
        Capture("given in a SAS statement", _STATEMENT, _judge, path=_PROGRAM, beyond=600, certain=True),
        Capture("a macro variable for a password", _LET, _judge, path=_PROGRAM, certain=True),
        Capture("given to PROC PWENCODE", _PWENCODE, _judge),
        Capture("a password as SAS encodes it", _ENCODED, by_shape),
    ),
    reach=700,
)
