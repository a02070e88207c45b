"""Keys of virtual networks and routers: IPsec secrets, WireGuard, OpenVPN static keys, Cisco configurations."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_IPSEC = expression(
    rb"(?m)(?:^|\s):\s{1,4}(?:PSK|XAUTH|EAP|NTLM)\s{1,4}(?:\"(?P<double>[^\"\r\n]{1,200}+)\""
    rb"|(?P<bare>0[xs][A-Za-z0-9+/=]{8,200}+|[^\s\"'#]{6,100}+))"
)
_SHARED = expression(
    rb"(?i)\b(?:pre-?shared-?key|shared-?key|ipsec[_-]?psk|isakmp[ \t]{1,4}key)(?:[ \t]{1,4}(?:local|remote"
    rb"|ascii-text|hex|address|[0-7]))?"
    rb"(?:[ \t]{0,4}[=:][ \t]{0,4}|[ \t]{1,8})(?:\"(?P<double>[^\"\r\n]{4,200}+)\""
    rb"|'(?P<single>[^'\r\n]{4,200}+)'|(?P<bare>[^\s\"',;<>(){}]{6,200}+))"
)
_WIREGUARD = expression(
    rb"(?i)\b(?:PrivateKey|PresharedKey|wg[_-]?private[_-]?key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?"
    rb"(?P<value>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])"
)
_OPENVPN = expression(
    rb"(?P<value>-----BEGIN OpenVPN (?:Static|tls-crypt-v2 (?:client"
    rb"|server)) [Kk]ey(?: V1)?-----\s{1,4}(?:[A-Za-z0-9+/=]{8,100}\s{1,4}){4,40}-----END OpenVPN "
    rb"[\w -]{4,40}-----)"
)
_CISCO = expression(
    rb"(?m)^[ \t]{0,8}(?:enable[ \t]{1,4}|username[ \t]{1,4}[^\s]{1,60}[ \t]{1,4}"
    rb"(?:privilege[ \t]{1,4}\d{1,2}[ \t]{1,4})?|line[ \t]{1,4})?"
    rb"(?:password|secret)[ \t]{1,4}(?:[0456789][ \t]{1,4})(?P<value>[^\s]{6,120}+)[ \t]{0,4}\r?$"
)
_SNMP = expression(
    rb"(?im)^[ \t]{0,8}(?:snmp-server[ \t]{1,4}community[ \t]{1,4}|rocommunity6?[ \t]{1,4}"
    rb"|rwcommunity6?[ \t]{1,4}|(?:tacacs|radius)-server[ \t]{1,4}"
    rb"(?:host[ \t]{1,4}[\w.]{1,60}[ \t]{1,4})?key[ \t]{1,4}(?:[07][ \t]{1,4})?)(?P<value>[^\s\"']{5,80}+)"
)
_GROUP = expression(rb"(?im)^!?(?:enc_)?(?:GroupPwd|UserPassword)=(?P<value>[^\s]{5,400}+)")
_COMMON = expression(rb"(?i)public|private|community|authentication|configured|is|must|should|required|value")


def _judge(value: bytes) -> Judgement:
    """The communities that everybody has are no secret, and prose about keys is none."""
    return Judgement(Worth.NOTHING, "a common word") if _COMMON.fullmatch(value) or value.isalpha() else judge(value)


_VALUE = ("kT7", "vq9-Lm2x")
_KEY = ("kT7vq9Lm2xPz4Rw8YcHb3", "Nf6Jd1Gs5Qa0Ue7Wt2oViA=")

DETECTOR = PatternDetector(
    Card(
        id="secrets.vpn-keys",
        title="Key of a virtual network or router",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The key opens the inside of the network from anywhere. Sure where it stands in the form that the program "
        "or router reads.",
        remedy="Change the key at both ends, then redact it.",
        reference="ipsec.secrets(5); WireGuard wg(8); OpenVPN static keys; Cisco IOS; issue 4, VPN and IPsec PSK",
        examples=(
            Example(("1.2.3.4 %any : P", 'SK "', *_VALUE, '"'), _VALUE, "ipsec.secrets"),
            Example(("[Interface]\nPrivateK", "ey = ", *_KEY, "\n"), _KEY, "wg0.conf"),
            Example(("crypto isakmp k", "ey ", *_VALUE, " address 1.2.3.4"), _VALUE, "router.cfg"),
            Example(("username app pass", "word 7 ", "0822455D0A", "165445"), ("0822455D0A", "165445"), "router.cfg"),
        ),
        non_examples=(
            Example((': PSK "REDACTED-1"',), path="ipsec.secrets"),
            Example(("The pre-shared key is configured elsewhere.",), path="README.md"),
            Example(("snmp-server community public RO",), path="router.cfg"),
            Example(("PrivateKey = ${WG_KEY}",), path="wg0.conf"),
        ),
    ),
    (
        rb":\s{1,4}(?:PSK|XAUTH|EAP|NTLM)\s{1,4}[^\s]",
        rb"(?i:(?:shared-?key|ipsec[_-]psk|isakmp key)[ \t=:]{1,8}[^\s=:])",
        rb"(?i:(?:PrivateKey|PresharedKey|private_key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?[A-Z0-9+/]{43}=)",
        rb"BEGIN OpenVPN ",
        rb"(?:password|secret)[ \t]{1,4}[0456789][ \t]{1,4}[^\s]{6}",
        rb"(?i:snmp-server community |r[ow]community6? |-server [^\r\n]{0,80}key )",
        rb"(?i:(?:GroupPwd|UserPassword)=[^\s]{5})",
    ),
    captured(
        Capture("a secret of IPsec", _IPSEC, _judge),
        Capture("a key that both ends share", _SHARED, _judge),
        Capture("a key of WireGuard", _WIREGUARD, by_shape),
        Capture("a static key of OpenVPN", _OPENVPN, by_shape, beyond=4000),
        Capture("a password of a router", _CISCO, _judge),
        Capture("a community or key of network management", _SNMP, _judge),
        Capture("a password in a VPN profile", _GROUP, _judge),
    ),
    reach=2500,
)
