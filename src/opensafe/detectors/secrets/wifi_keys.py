"""Keys of wireless networks: wpa_supplicant, Windows profiles, QR codes, `netsh` and `nmcli`, small devices."""

from opensafe.detectors.captures import ARGUMENT, QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_PSK = expression(
    rb"(?im)(?:^|[\s{,;])(?:#?psk|wpa_passphrase|wpa_psk|wep_key\d|wifi[_-]?psk|sae_password)\s{0,3}[=:]\s{0,3}(?:"
    + QUOTED
    + rb"|(?P<bare>[^\s\"'#,;}{]{8,64}+))"
)
_MATERIAL = expression(rb"<keyMaterial>(?P<value>[^<>\r\n]{4,200})</keyMaterial>")
_QR = expression(rb"\bWIFI:(?:[TSHR]:[^;]{0,64};){0,4}P:(?P<value>(?:[^;\\]|\\.){4,80});")
_COMMAND = expression(
    rb"(?i)\b(?:nmcli\b[^\r\n]{0,200}?\b(?:password|wifi-sec\.psk|802-11-wireless-security\.psk)"
    rb"|netsh[ \t]{1,4}wlan\b[^\r\n]{0,200}?\bkey=|wpa_passphrase[ \t]{1,4}[^\s]{1,40}"
    rb"|networksetup[ \t]{1,4}-setairportnetwork[ \t]{1,4}\w{1,8}[ \t]{1,4}[^\s]{1,40})[ \t]{0,4}" + ARGUMENT
)
_BEGIN = expression(
    rb"(?i)\bwifi(?:multi)?\.(?:begin|addAP|connect)\(\s{0,4}(?:\"[^\"\r\n]{1,40}\"|\w{1,40})\s{0,4},\s{0,4}" + QUOTED
)
_NETWORK = expression(rb"(?i)ssid|wpa|wifi|wlan|hostapd|wireless")

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.wifi-keys",
        title="Key of a wireless network",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The key lets anybody nearby into the network. Sure where it stands in the form that one of these programs "
        "reads.",
        remedy="Change the network's key, then redact it.",
        reference="wpa_supplicant.conf(5); Windows WLAN profile schema; nmcli(1); issue 4",
        examples=(
            Example(('network={\n ssid="ward"\n ps', 'k="', *_VALUE, '"\n}'), _VALUE, "wpa_supplicant.conf"),
            Example(("<sharedKey><keyMat", "erial>", *_VALUE, "</keyMaterial></sharedKey>"), _VALUE, "wifi.xml"),
            Example(("nmcli dev wifi connect ward pass", "word ", *_VALUE), _VALUE, "wifi.sh"),
            Example(("WiFi.be", 'gin("ward", "', *_VALUE, '");'), _VALUE, "device.ino"),
        ),
        non_examples=(
            Example(('network={\n ssid="ward"\n psk="REDACTED-1"\n}',), path="wpa_supplicant.conf"),
            Example(("<keyMaterial>{{ key }}</keyMaterial>",), path="wifi.xml"),
            Example(("WiFi.begin(ssid, password);",), path="device.ino"),
        ),
    ),
    (
        rb"(?i:(?:psk|wpa_passphrase|wep_key[0-9]|sae_password)\s{0,3}[=:]\s{0,3}[^\s])",
        rb"<keyMaterial>",
        rb"WIFI:[TSHRP]:",
        rb"(?i:nmcli\s|netsh\s{1,4}wlan|wpa_passphrase\s|setairportnetwork)",
        rb"(?i:wifi(?:multi)?\.(?:begin|addAP|connect)\()",
    ),
    captured(
        Capture("the key of a wireless network", _PSK, near=_NETWORK),
        Capture("the key in a Windows profile", _MATERIAL),
        Capture("the key in the text of a QR code", _QR),
        Capture("given on a command line", _COMMAND),
        Capture("given to a wireless library", _BEGIN),
    ),
)
