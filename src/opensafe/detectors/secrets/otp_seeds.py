"""Seeds of one-time passwords: `otpauth://` links, and what is given to a TOTP library or program."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_BASE32 = rb"(?P<value>[A-Za-z2-7]{16,128}+)={0,6}"
_LINK = expression(rb"(?i)otpauth://[th]otp/[^\s\"'<>]{0,300}?[?&]secret=" + _BASE32)
_CALL = expression(
    rb"(?i)\b(?:t|h)?otp(?:\.new|\.parse|\.now|\.generate|\.gen|\.create)?\(\s{0,10}+(?:secret|key"
    rb"|s)?\s{0,3}[=:]?\s{0,3}"
    rb"[\"']" + _BASE32 + rb"[\"']"
)
_MEMBER = expression(rb"(?i)\b(?:secret|seed|key)[\"']?\s{0,3}(?:=>|[:=]|<-)\s{0,3}[\"']?" + _BASE32 + rb"(?![\w/+])")
_TOOL = expression(
    (rb"(?i)\boathtool\b(?=[^\r\n]{0,120}\s(?:-b|--base32))[^\r\n]{0,120}?\s[\"']?") + _BASE32 + rb"(?![\w./-])"
)
_NEAR = expression(rb"(?i)totp|hotp|\botp|two[-_ ]?factor|2fa|mfa|authenticator|speakeasy|oathtool")

_VALUE = ("KT7VQ2LM2XPZ4RW6", "YCHB3NF6JDMGS5QA")

DETECTOR = PatternDetector(
    Card(
        id="secrets.otp-seeds",
        title="Seed of one-time passwords",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Whoever has the seed makes the second factor at any time. Near-perfect precision: base32 in a link or a "
        "constructor that takes nothing else.",
        remedy="Enrol the account's second factor again, then redact the seed.",
        reference="Key URI format (otpauth); RFC 6238; RFC 4648, base32; facts: secrets 13, small rules",
        examples=(
            Example(("otpauth://totp/app:me?sec", "ret=", *_VALUE, "&issuer=app"), _VALUE, "notes.md"),
            Example(("code = pyotp.TO", 'TP("', *_VALUE, '").now()'), _VALUE, "login.py"),
            Example(("oathtool --totp ", "-b ", *_VALUE, "\n"), _VALUE, "login.sh"),
            Example(("speakeasy.totp({ sec", "ret: '", *_VALUE, "', encoding: 'base32' })"), _VALUE, "login.js"),
        ),
        non_examples=(
            Example(("otpauth://totp/app:me?secret=${SEED}",), path="notes.md"),
            Example(("totp = pyotp.TOTP(user.totp_seed)",), path="login.py"),
            Example(('totp_secret = "REDACTED-1"',), path="login.py"),
        ),
    ),
    (
        rb"(?i:secret=[A-Z2-7]{16})",
        rb"(?i:otp[.A-Z]{0,10}\(\s{0,10}[A-Z]{0,6}\s{0,3}[=:]?\s{0,3}[\"'][A-Z2-7]{16})",
        rb"(?i:(?:secret|seed|key)[\"']?\s{0,3}(?:[:=]>?|<-)\s{0,3}[\"'][A-Z2-7]{16})",
        rb"(?i:oathtool)",
    ),
    captured(
        Capture("the secret of an otpauth link", _LINK, by_shape),
        Capture("given to a constructor of one-time passwords", _CALL, by_shape, beyond=100),
        Capture("base32 beside words for one-time passwords", _MEMBER, by_shape, near=_NEAR, reach=200),
        Capture("given to oathtool", _TOOL, by_shape),
    ),
)
