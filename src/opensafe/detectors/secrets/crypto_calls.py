"""Keys and passphrases given to cryptographic calls: `HMAC256("x")`, `jwt.sign(payload, "x")`, `SecretKeySpec("x")`."""

from opensafe.detectors.captures import QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_OPEN = rb"\(\s{0,20}"
_NEXT = rb"\s{0,3},\s{0,20}"
_TEXT = rb"[bruN@]{0,2}" + QUOTED
_BYTES = (  # the literal itself, or what makes bytes of it
    rb"(?:(?:\[\]byte|Buffer\.from|bytes|bytearray|str|JWK\.asKey|new\s{1,3}String"
    rb"|(?:new\s{1,3})?TextEncoder\(\)\.encode|[\w.]{0,40}GetBytes|Keys\.hmacShaKeyFor)\(\s{0,3})?"
)
_ARGUMENT = (  # a payload, a name of an algorithm, data
    rb"(?:[\w.$:>\[\]\"'-]{1,80}(?:\([^()\r\n]{0,80}\))?|\{[^{}\r\n]{0,200}\})"
)
_HASHED = rb"(?:\.getBytes\(|\.encode\(|\.toByteArray\()?"

# By the place of the key: the call's first, second or third argument.
_FIRST = expression(
    rb"\b(?:HMAC(?:256|384|512)|SecretKeySpec|SymmetricSecurityKey|HMACSHA(?:1|256|384|512)|hmac\.new|Fernet"
    rb"|Pbkdf2PasswordEncoder|Encryptors\.\w{4,16}|PasswordDeriveBytes|Rfc2898DeriveBytes|AES(?:GCM|\.new)?|DES3?\.new|cookieParser|PBEKeySpec|setSigningKey|SignedString|hmacShaKeyFor"
    rb"|(?:URLSafe)?TimedSerializer|IvParameterSpec|\w{0,20}(?i:encoder|bcrypt)(?:\(\))?\.(?:encode|hash(?:Sync|pw)?)|generate_password_hash)"
    + _OPEN
    + _BYTES
    + _TEXT
    + rb"(?="
    + _HASHED
    + rb")"
)
_SECOND = expression(
    rb"(?i)(?:\b(?:jwt|jsonwebtoken|JWT|jws|jose)\.(?:sign|verify|encode|decode)|\bcreateHmac|\bcreate(?:De)?cipher(?:iv)?"
    rb"|\bsignWith|CryptoJS\.[A-Za-z0-9]{2,20}(?:\.(?:en|de)crypt)?|\bhmac\.New|OpenSSL::HMAC\.(?:hex)?digest)"
    + _OPEN
    + _ARGUMENT
    + _NEXT
    + _BYTES
    + _TEXT
)
_THIRD = expression(
    rb"(?i)\b(?:hash_hmac|openssl_(?:en|de)crypt)" + _OPEN + _ARGUMENT + _NEXT + _ARGUMENT + _NEXT + _TEXT
)
_CHARACTERS = expression(QUOTED + rb"\.toCharArray\(\)")  # Java keeps passwords so
_OPENED = expression(rb"(?i)key_?store|\b[kt]s\.load\(|passw|passphrase|pbe|keymanager|trustmanager")
_OTHER = expression(
    rb"(?i)(?:sha|md)-?\d{1,3}|[HRPE]S\d{3}|(?:aes|des|chacha)[\w-]{0,30}|utf-?8|hex|base64|ascii|none|[\w-]{1,30}\.pem"
)


def _judge(value: bytes) -> Judgement:
    """The name of an algorithm or encoding is another argument of the call."""
    return Judgement(Worth.NOTHING, "another argument") if _OTHER.fullmatch(value) else judge(value)


_KEY = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.crypto-calls",
        title="Key given to a cryptographic call",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Whoever has the key signs tokens and opens what was encrypted. It stands in the call itself, without a "
        "name beside it. Sure by the call; words and samples are kept at low.",
        remedy="Make a new key, then redact the old one; read it from the environment or a key store.",
        reference="CWE-321, use of a hard-coded cryptographic key; RFC 7518; facts: secrets 13",
        examples=(
            Example(("Algorithm.HMAC", '256("', *_KEY, '")'), _KEY, "Tokens.java"),
            Example(("new SecretKey", 'Spec("', *_KEY, '".getBytes(), "AES")'), _KEY, "Tokens.java"),
            Example(("jwt.si", "gn(payload, '", *_KEY, "')"), _KEY, "login.js"),
            Example(("jwt.enc", 'ode({"a": 1}, "', *_KEY, '", algorithm="HS256")'), _KEY, "login.py"),
            Example(("crypto.createH", "mac('sha256', '", *_KEY, "')"), _KEY, "login.ts"),
            Example(("token.Signed", 'String([]byte("', *_KEY, '"))'), _KEY, "login.go"),
            Example(("hash_h", "mac('sha256', $data, '", *_KEY, "')"), _KEY, "login.php"),
        ),
        non_examples=(
            Example(("jwt.sign(payload, process.env.JWT_SECRET)",), path="login.js"),
            Example(("new SecretKeySpec(key, 'AES')",), path="Tokens.java"),
            Example(("jwt.decode(token, 'RS256')",), path="login.py"),
            Example(("jwt.sign(payload, 'secret')",), path="login.js"),
            Example(("jwt.sign(payload, 'REDACTED-1')",), path="login.js"),
            Example(("crypto.createHmac('sha256', key)",), path="login.js"),
        ),
    ),
    (
        rb"[\"']\.toCharArray\(\)",
        (
            rb"(?i:(?:HMAC(?:SHA)?[0-9]{1,3}|SecretKeySpec|SecurityKey|hmac\.new|Fernet|PasswordEncoder|Encryptors\.[a-z]{4,16}|DeriveBytes|AES(?:GCM|\.new)?|DES3?\.new"
            rb"|cookieParser|PBEKeySpec|SigningKey|SignedString|ShaKeyFor|TimedSerializer|ParameterSpec"
            rb"|(?:encoder|bcrypt)(?:\(\))?\.(?:encode|hash(?:sync|pw)?)|password_hash)\(\s{0,20}[^\"'()\r\n]{0,40}\(?\s{0,3}[bru@]{0,2}[\"'])"
        ),
        (
            rb"(?i:(?:(?:jwt|jsonwebtoken|jws|jose)\.(?:sign|verify|encode|decode)|createHmac|cipher(?:iv)?|signWith"
            rb"|CryptoJS\.[a-z0-9.]{2,30}|hmac\.(?:new|digest|hexdigest)|hash_hmac|openssl_(?:en|de)crypt)"
            rb"\(\s{0,20}[^,\r\n]{1,200},[^\"'\r\n]{0,60}[\"'])"
        ),
    ),
    captured(
        *(Capture("the key of a cryptographic call", pattern, _judge) for pattern in (_FIRST, _SECOND, _THIRD)),
        Capture("a password in characters", _CHARACTERS, _judge, near=_OPENED),
    ),
)
