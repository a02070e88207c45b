"""Keys that web frameworks sign sessions with: Django, Flask, Rails, Laravel, ASP.NET, WordPress, Phoenix."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth
from opensafe.detectors.words import looks_like_words, mixes_letters_and_digits
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_DJANGO = expression(
    rb"(?i)\bsecret_key(?:_fallbacks)?[\"']?\]?\s{0,3}(?::\s{0,2}(?:str|bytes|final)\s{0,2})?(?:=|:)\s{0,3}\[?\s{0,3}(?:env\([\"']\w{1,40}[\"'],\s{0,3}(?:default=)?)?"
    rb"[brf]{0,2}(?:\"(?P<double>[^\"\r\n]{16,200}+)\"|'(?P<single>[^'\r\n]{16,200}+)')"
)
_RAILS = expression(
    rb"(?i)\bsecret_(?:key_base|token)[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?(?P<value>[0-9a-f]{32,160})(?![0-9A-Za-z])"
)
_RAILS_FILE = expression(rb"\A\s{0,3}(?P<value>[0-9a-f]{32})\s{0,3}\Z")
_MASTER_KEY = expression(rb"(?:^|/)(?:master|credentials/[\w-]{1,30}|production|staging|development)\.key$")
_LARAVEL = expression(
    rb"\bAPP_KEY\s{0,3}=\s{0,3}[\"']?base64:(?P<value>[A-Za-z0-9+/]{22,43}={1,2})|\bbase64:(?P<array>[A-Za-z0-9+/]{43}=)(?=[\"'])"
)
_MACHINE_KEY = expression(
    rb"(?i)\b(?:validation|decryption)Key\s{0,3}=\s{0,3}[\"'](?P<value>[0-9A-F]{32,128})(?=[\"',])"
)
_WORDPRESS = expression(
    rb"(?i)\bdefine\(\s{0,3}[\"'](?:(?:secure_|logged_in_)?auth|logged_in|nonce|secret)_(?:key|salt)[\"']\s{0,3},\s{0,20}"
    rb"(?:'(?P<single>[^'\r\n]{32,100}+)'|\"(?P<double>[^\"\r\n]{32,100}+)\")"
)
_OTHERS = expression(
    rb"(?i)\b(?:play\.http\.secret\.key|play\.crypto\.secret|application\.secret|secret_key_base:|signing_salt:|encryption_salt:"
    rb"|app_secret|session_secret|cookie_?secret|csrf_secret|jwt_secret(?:_key)?|securitySalt|blowfish_secret|cookie_validation_key|cookieValidationKey)"
    rb"[\"')\]]{0,3}\s{0,3}(?:=|:|=>)?\s{0,3}[\"'](?P<value>[^\"'\r\n]{16,160}+)[\"']"
)
_TEMPLATE = expression(
    rb"^\$\{[^}]{1,80}\}$|^\{\{.{1,80}\}\}$|^<.{1,80}>$|^%.{1,60}%$|put your unique phrase|^\$\w{1,60}$|environ|getenv"
)


def _judge(value: bytes) -> Judgement:
    """Such a key holds any character, brackets and dollars too: only what is a template as a whole is one."""
    if _TEMPLATE.search(value):
        return Judgement(Worth.NOTHING, "a template")
    text = value.decode("utf-8", "replace")
    if looks_like_words(text.removeprefix("django-insecure-")) or not mixes_letters_and_digits(text):
        return Judgement(Worth.DOUBTFUL, "it reads like words")
    return by_shape(value)


_KEY = ("kT7(vq9$Lm2x#", "Pz4{Rw8!Yc%Hb3^Nf6&Jd1*Gs5")
_HEX = ("0a9f8e7d6c5b4a39", "28171605f4e3d2c1")

DETECTOR = PatternDetector(
    Card(
        id="secrets.framework-keys",
        title="Signing key of a web framework",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="With the key anybody makes a session of any user, and with some frameworks runs code. Such keys hold "
        "brackets and dollars, which other rules take for code. Sure where the name and the form are the framework's.",
        remedy="Make a new key (all sessions end), then redact the old one; read it from the environment.",
        reference="Django SECRET_KEY; Rails secret_key_base and master.key; ASP.NET machineKey; issue 4",
        examples=(
            Example(("SECRET_K", "EY = '", *_KEY, "'"), _KEY, "settings.py"),
            Example(("  secret_key_b", "ase: ", *_HEX, "\n"), _HEX, "secrets.yml"),
            Example((*_HEX, "\n"), _HEX, "config/master.key"),
            Example(("<machineKey validationK", 'ey="', *_HEX, '" />'), _HEX, "web.config"),
            Example(("define('AUTH_K", "EY', '", *_KEY, "');"), _KEY, "wp-config.php"),
        ),
        non_examples=(
            Example(("SECRET_KEY = os.environ['SECRET_KEY']",), path="settings.py"),
            Example(("SECRET_KEY = '${DJANGO_SECRET_KEY}'",), path="settings.py"),
            Example(("define('AUTH_KEY', 'put your unique phrase here');",), path="wp-config.php"),
            Example(('<machineKey validationKey="AutoGenerate,IsolateApps" />',), path="web.config"),
        ),
    ),
    (
        rb"(?i:secret_key(?:_fallbacks)?[\"']?\]?\s{0,3}[^\r\n]{0,60}[\"'][^\"'\r\n]{16})",
        rb"(?i:secret_(?:key_base|token)[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?[0-9a-f]{32})",
        rb"(?m:^[0-9a-f]{32}\r?$)",
        rb"base64:[A-Za-z0-9+/]{22}",
        rb"(?i:(?:validation|decryption)Key\s{0,3}=\s{0,3}[\"'][0-9A-F]{32})",
        rb"(?i:_(?:key|salt)[\"']\s{0,3},\s{0,20}[\"'][^\"'\r\n]{32})",
        rb"(?i:(?:http\.secret\.key|crypto\.secret|application\.secret|signing_salt|encryption_salt|app_secret|session_secret|cookie_?secret|csrf_secret|jwt_secret|securitySalt|blowfish_secret|validation_?key)[^\r\n]{1,12}[\"'][^\"'\r\n]{16})",
    ),
    captured(
        Capture("the signing key of a web application", _DJANGO, _judge),
        Capture("the signing key of a Rails application", _RAILS, by_shape),
        Capture("a file that holds a Rails key and nothing else", _RAILS_FILE, by_shape, path=_MASTER_KEY),
        Capture("the key of a Laravel application", _LARAVEL, by_shape),
        Capture("a key of ASP.NET", _MACHINE_KEY, by_shape),
        Capture("a key of WordPress", _WORDPRESS, _judge),
        Capture("the signing key of a web application", _OTHERS, _judge),
    ),
)
