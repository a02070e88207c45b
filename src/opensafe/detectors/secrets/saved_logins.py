"""Passwords that client programs save: WinSCP, FileZilla, Remote Desktop, VNC, mRemoteNG, PuTTY sessions."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_RDP = expression(rb"(?im)^password 51:b:(?P<value>[0-9A-F]{32,4000})")
_WINSCP = expression(
    rb"(?m)^\"?(?:Password|PasswordPlain|TunnelPassword|ProxyPassword(?:Enc)?)\"?=\"?(?P<value>[0-9A-F]{16,600})\"?\r?$"
)
_FILEZILLA = expression(rb"<Pass(?: encoding=\"(?:base64|crypt)\"[^<>]{0,600})?>(?P<value>[^<>\s]{3,800})</Pass>")
_MREMOTE = expression(rb"<Node [^<>]{0,1500}?\bPassword=\"(?P<value>[A-Za-z0-9+/]{24,400}={0,2})\"")
_VNC = expression(
    rb"(?im)^\"?(?:Password|PasswordViewOnly|passwd\d?)\"?=(?:hex:)?\"?(?P<value>[0-9A-F]{16}|(?:[0-9A-F]{2},){7}[0-9A-F]{2})\"?\r?$"
)
_VNC_FILE = expression(rb"(?i)vnc[\w.-]{0,30}$")
_DBEAVER = expression(
    rb"(?i)\"(?:password|passphrase)_?(?:encrypted|enc|hash)\"\s{0,3}:\s{0,3}\"(?P<value>[A-Za-z0-9+/]{16,400}={0,2})\""
)

_CODE = ("A35C755E6D593D323332", "2E3333286D64726D7A")

DETECTOR = PatternDetector(
    Card(
        id="secrets.saved-logins",
        title="Password saved by a client program",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="WinSCP, FileZilla, VNC and mRemoteNG save passwords in forms that public tools turn back. Near-perfect "
        "precision: the field and its form are the program's.",
        remedy="Change the password, then redact it or remove the file; do not save passwords in such programs.",
        reference="WinSCP.ini; FileZilla sitemanager.xml; Microsoft .rdp files, password 51; issue 4",
        examples=(
            Example(("[Sessions\\h1]\nHostName=h1\nPass", "word=", *_CODE, "\n"), _CODE, "WinSCP.ini"),
            Example(
                ("<Server><Pass enc", 'oding="base64">', "a1Q3dnE5", "LUxtMng=", "</Pass></Server>"),
                ("a1Q3dnE5", "LUxtMng="),
                "sitemanager.xml",
            ),
            Example(
                ("full address:s:h1\npass", "word 51:b:", "01000000D08C9DDF", *_CODE),
                path="h1.rdp",
                value=("01000000D08C9DDF", *_CODE),
            ),
        ),
        non_examples=(
            Example(("full address:s:h1\nprompt for credentials:i:1",), path="h1.rdp"),
            Example(("<Pass>REDACTED-1</Pass>",), path="sitemanager.xml"),
            Example(("[Sessions\\h1]\nPassword=\n",), path="WinSCP.ini"),
        ),
    ),
    (
        rb"password 51:b:[0-9A-Fa-f]{16}",
        rb"(?i:(?:password|passwordplain|passwordviewonly|proxypassword|passwd[0-9]?)\"?=(?:hex:)?\"?[0-9A-F]{2},?[0-9A-F]{6})",
        rb"</Pass>",
        rb"Password=\"[A-Za-z0-9+/]{24}",
        rb"(?i:passw[a-z]{3,6}_?(?:encrypted|enc|hash)\"\s{0,3}:)",
    ),
    captured(
        Capture("the password of a Remote Desktop file", _RDP, by_shape),
        Capture("a password that WinSCP saved", _WINSCP, by_shape),
        Capture("a password that FileZilla saved", _FILEZILLA),
        Capture("a password that mRemoteNG saved", _MREMOTE, by_shape),
        Capture("a password that VNC saved", _VNC, path=_VNC_FILE),
        Capture("a password that a database client saved", _DBEAVER, by_shape),
    ),
    reach=4000,
)
