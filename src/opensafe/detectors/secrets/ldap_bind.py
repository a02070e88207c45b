"""Passwords that programs log in to a directory with: `bindpw x`, `AuthLDAPBindPassword`, `olcRootPW`, LDIF."""

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_SETTING = expression(
    rb"(?im)^[ \t]{0,20}(?:bindpw|rootbindpw|rootpw|olcRootPW:?|AuthLDAPBindPassword|ldap_default_authtok"
    rb"|adminpw|service_?account_?pass|userPassword:|krbPrincipalPassword:?|dnpass)"
    rb"[ \t]{0,4}[=:]?[ \t]{0,4}(?:\"(?P<double>[^\"\r\n]{1,200}+)\"|'(?P<single>[^'\r\n]{1,200}+)'"
    rb"|(?P<bare>[^\s\"':=#{][^\s]{2,200}+))"
)
_LIBRARY = expression(
    rb"(?i)\b(?:bind_?(?:pw|password|credentials?)|AUTH_LDAP_BIND_PASSWORD|ldap_?pass(?:word|wd)?"
    rb"|search_bind_password|SECURITY_CREDENTIALS)[\"']?\]?\s{0,3}(?:=>?|:|<-"
    rb"|,)\s{0,3}(?:\"(?P<double>[^\"\r\n]{1,200}+)\"|'(?P<single>[^'\r\n]{1,200}+)')"
)
_PROSE = expression(rb"(?i)is|the|from|for|file|env|must|should|will|with|can|and|or|in|on|to")


def _judge(value: bytes) -> Judgement:
    return Judgement(Worth.NOTHING, "prose") if _PROSE.fullmatch(value) else judge(value)


_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.ldap-bind",
        title="Password for a directory (LDAP)",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The account reads the whole directory of staff, and often more. Sure: these settings hold nothing else.",
        remedy="Change the account's password, then redact it; read it from a file outside the repository.",
        reference="OpenLDAP slapd.conf(5) and LDIF; nslcd.conf(5); Apache mod_authnz_ldap; issue 4",
        examples=(
            Example(("binddn cn=app\nbind", "pw ", *_VALUE, "\n"), _VALUE, "ldap.conf"),
            Example(("AuthLDAPBindPass", 'word "', *_VALUE, '"\n'), _VALUE, "httpd.conf"),
            Example(("env.put(Context.SECURITY_CREDEN", 'TIALS, "', *_VALUE, '");'), _VALUE, "Ldap.java"),
        ),
        non_examples=(
            Example(("bindpw ${LDAP_PASSWORD}",), path="ldap.conf"),
            Example(("bindpw REDACTED-1",), path="ldap.conf"),
            Example(("env.put(Context.SECURITY_CREDENTIALS, password);",), path="Ldap.java"),
        ),
    ),
    (
        (
            rb"(?i:(?:bindpw|rootpw|AuthLDAPBindPassword|ldap_default_authtok|userPassword:|krbPrincipalPassword"
            rb"|dnpass)[ \t=:\"'])"
        ),
        (
            rb"(?i:(?:bind_?(?:password|credentials?)|ldap_?pass(?:word|wd)?"
            rb"|SECURITY_CREDENTIALS)[\"']?\]?\s{0,3}(?:=>?|:|<-|,)\s{0,3}[\"'])"
        ),
    ),
    captured(
        Capture("a setting of a directory service", _SETTING, _judge),
        Capture("given to a directory library", _LIBRARY, _judge),
    ),
)
