"""What a value can be instead of a credential: shapes that say by themselves what they are (facts, secrets 13)."""

from opensafe.model.expressions import expression

_UUID = expression(rb"[{(]?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}[)}]?")
_DIGEST = expression(rb"(?:0x)?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96,128})")

_NAMED_DIGEST = rb"(?i)(?:hmac[-_])?(?:sha-?(?:1|224|256|384|512)|md5)[:=-][0-9a-f]{32,128}"
"""A checksum that names its kind: what Vault writes to its log for a secret, and registries for an image."""
_SHAPES = tuple(
    (expression(pattern), why)
    for pattern, why in (
        (
            (
                rb"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ][\d:.]{4,15}(?:Z|[+-][\d:]{4,6})?)?"
                rb"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
                rb"|\d{1,2}:\d{2}(?::\d{2})?"
            ),
            "it reads like a date or time",
        ),
        (
            rb"[vV^~>=<]{0,2}\d{1,4}(?:\.\d{1,5}){1,4}(?:[-.+]?[a-zA-Z]{1,10}[\d.]{0,8}|-\d{1,3}[\d.]{0,8}|\.\*)?",
            "it reads like a version",
        ),
        (rb"[+-]?(?:\d{1,5}|\d{1,20}\.\d{0,20})(?:px|em|rem|%|ms|s|pt|vh|vw|dp|[eE][+-]?\d{1,3})?", "it is a number"),
        (_NAMED_DIGEST, "it is a checksum, and says of which kind"),
        (rb":\d{2,5}(?:/.{0,100})?", "it reads like a path or address"),
        (rb"[+-]?0x[0-9a-fA-F]{1,8}|#[0-9a-fA-F]{3,8}", "it is a number"),
        (rb"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}", "it reads like an e-mail address"),
        (
            (
                rb"(?i)[\w./\\ -]{1,200}\.(?:pem|crt|cer|key|pub|jks|p12|pfx|keystore|json|ya?ml|xml|txt|md|html?|css"
                rb"|jsx?|tsx?|py|rb|go|java|php|png|jpe?g|gif|svg|ico|csv|sql|sh|conf|cfg|ini|log|properties|db|so|dll|exe|zip|gz)"
            ),
            "it reads like the name of a file",
        ),
        (
            (
                rb"(?:(?:www|api|mail|smtp|db|dev|test)\.)?(?:[a-z0-9-]{1,63}\.){1,4}"
                rb"(?:com|org|net|io|gov|edu|uk|de|fr|local|localhost|internal|dev|app|cloud)(?::\d{1,5})?(?:/[^\s]{0,200})?"
            ),
            "it reads like a path or address",
        ),
        (
            (
                rb"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,30}) [\S ]{1,2000}|AAAA[BCE]3Nza\S{1,2000}"
                rb"|(?:MIIBIjAN|MIGfMA0G|MIICIjAN|MIIBoj|MFkwEwYH|MFwwDQYJ|MCowBQYD)\S{1,2000}"
            ),
            "it is a public key",
        ),
        (rb"(?:application|text|image|audio|video|multipart)/[\w.+-]{1,80}", "it is a type of content"),
        (
            rb"(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}:){0,6}:(?::?[0-9a-fA-F]{1,4}){0,6}",
            "it is an address of a network",
        ),
        (rb"[^/\s]{1,60}/\d{8}/[\w-]{1,40}/\w{1,40}/\w{1,40}_request,?", "it says what a signature covers"),
        (rb"S-1-\d{1,3}(?:-\d{1,10}){1,14}", "it is an identifier of Windows (SID)"),
        (
            rb"[a-z_]{2,30}(?::[\w,./-]{1,60})?(?:\|[a-z_]{2,30}(?::[\w,./-]{1,60})?){1,12}",
            "it reads like a list of conditions",
        ),
        (rb"\d{1,6}(?:\.\d{1,8}){2,20}", "it is an object identifier"),
        (rb"[a-z][\w.-]{0,80}:\d{1,5}|[\w.-]{1,80}:\d{1,4}(?:\.\d{1,4}){1,3}", "it reads like a path or address"),
        (
            rb"(?i)base-?(?:64|32|58)|hex|binary|utf-?(?:8|16|32)(?:[-_]?[bl]e)?|latin-?1|ascii|iso-?8859-\d{1,2}|cp\d{3,4}",
            "it names an encoding",
        ),
        (
            (
                rb"(?i)(?:aes|rsa|sha|hmac|ecdsa|ecdh|[rhep]s|pbkdf|pbe|des|md|rc|pkcs|ed|x|curve|secp|chacha)[-_]?\d{1,5}"
                rb"(?:[-_/+][a-z0-9]{1,12}){0,4}(?:sum|with[a-z0-9]{1,12})?"
            ),
            "it names an algorithm",
        ),
        (rb"(?i)(?:sha(?:1|256|384|512)|md5)[-:][A-Za-z0-9+/=]{16,128}", "it is a checksum"),
        (rb"(?:\\x[0-9a-fA-F]{2}|\\[0-7]{3}|\\u[0-9a-fA-F]{4}|0x[0-9a-fA-F]{2},? ?){2,200}", "it is a list of bytes"),
        (rb"data:[\w/+.-]{1,60};.{0,400}", "it is content in the line"),
    )
)

# Published by standards and vendors to test with, in any case: AES and DES vectors, RFC 2617, 5849, 6238, 6749, 6750,
# one-time passwords, JWT; the storage emulator of Azure; the mark that Rcpp writes into every package.
_TEST_VECTORS = (
    b"deadbeef", b"cafebabe", b"baadf00d", b"feedface", b"c0ffee", b"decafbad",
    b"2b7e151628aed2a6", b"0f1571c947d9e859", b"133457799bbcdff1",
    b"gezdgnbvgy3tqojq", b"jbswy3dpehpk3pxp", b"jbswy3dpee",
    b"eyjzdwiioiixmjm0nty3odkw", b"y2hhbmdlbwu", b"2yotnfzfejr1", b"tgzv3jokf0xg", b"dcd98b7102dd2f0e",
    b"h480djs93hd8", b"dj83hs9s", b"0685bd9184jfhq22", b"ad180jjd733klru7", b"lsdkfol23w54", b"dpf43f3p2l4k3l03",
    b"kd94hf93k423kf44", b"nnch734d00sl2jdk", b"pfkkdhi9sl3r4s00",
    b"eby8vdm02xnocqflquw",
    b"10be3573-1514-4c36-9d1c-5a225cd40393", b"s6bhdrkqt3", b"7fjfp0zbr1kt", b"gx1fbat3bv", b"mf_9.b5f-4.1jqm",
)  # fmt: skip


def other_shape(value: bytes) -> str | None:
    """What the whole value reads like, in words, if it is plainly something else than a credential."""
    return next((why for pattern, why in _SHAPES if pattern.fullmatch(value)), None)


def is_test_vector(value: bytes) -> bool:
    """Whether it holds a value that standards and vendors publish to test with."""
    lowered = value.lower()
    return any(vector in lowered for vector in _TEST_VECTORS)


def is_uuid(value: bytes) -> bool:
    return _UUID.fullmatch(value) is not None


def is_digest(value: bytes) -> bool:
    """As long as a checksum in hexadecimal digits, or an id of git."""
    return _DIGEST.fullmatch(value) is not None
