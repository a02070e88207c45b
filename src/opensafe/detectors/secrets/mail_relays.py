"""Passwords of mail relays: Postfix's `sasl_passwd` (`[host]:port user:password`) and Exim's `client_send`."""

from opensafe.detectors.captures import Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_POSTFIX = expression(
    rb"(?m)^\[[\w.-]{1,100}\](?::\w{1,12})?[ \t]{1,40}[\w.+@-]{1,100}:(?P<value>[^\s:]{4,120})[ \t]{0,8}\r?$"
)
_EXIM = expression(
    rb"(?m)^[ \t]{0,20}client_send[ \t]{0,8}=[ \t]{0,8}\"?(?:\^[\w.+@-]{1,100}\^|: [\w.+@-]{1,100} : )"
    rb"(?P<value>[^\s:\"^]{4,120})\"?[ \t]{0,8}\r?$"
)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.mail-relays",
        title="Password of a mail relay",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="A mail server logs in to the next one by such a line, which has no word that says password. With it "
        "anybody sends mail in the organisation's name.",
        remedy="Change the account's password, then redact it; keep the file on the server only.",
        reference="Postfix, smtp_sasl_password_maps; Exim, the plaintext authenticator; issue 4, SMTP",
        examples=(
            Example(("[mail.example.org]:587 app@example.org:", *_VALUE, "\n"), _VALUE, "postfix/sasl_passwd"),
            Example(("  client_send = : app : ", *_VALUE, "\n"), _VALUE, "exim.conf"),
            Example(('client_send = "^app^', *_VALUE, '"\n'), _VALUE, "exim4.conf.template"),
        ),
        non_examples=(
            Example(("[mail.example.org]:587 username:password\n",), path="sasl_passwd"),
            Example(("[mail.example.org]:587 app:REDACTED-1\n",), path="sasl_passwd"),
            Example(("[1] name:", *_VALUE, " and more\n"), path="notes.txt"),
            Example(("client_send = : $auth1 : $auth2\n",), path="exim.conf"),
        ),
    ),
    (rb"\][:a-z0-9]{0,13}[ \t]{1,9}[A-Za-z0-9.+@_-]{1,100}:[^\s:]{4}", rb"client_send"),
    captured(
        Capture("the login of a mail relay (Postfix)", _POSTFIX),
        Capture("the login of a mail relay (Exim)", _EXIM),
    ),
)
