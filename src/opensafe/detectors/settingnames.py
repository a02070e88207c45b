"""What the name of a setting says about its value: `DB_PASSWORD`, `apiKey`, `sort.key`."""

from enum import Enum
from functools import lru_cache

from opensafe.model.expressions import expression


class Kind(Enum):
    """What must stand there for it to be a credential.

    PASSWORD: whatever does is one. KEY: what looks like a key. HINT: only what looks random, since the name says
    little (`key`, `session`) or the telling word is not the last (`tokenData`).
    """

    NONE = "none"
    HINT = "hint"
    KEY = "key"
    PASSWORD = "password"  # noqa: S105 - a kind of name, not a credential


_STRENGTHS = tuple(Kind)
_WORD = expression(rb"[A-Z]{2,40}(?![a-z])|[A-Z]?[a-z]{1,40}|[A-Z]|\d{1,20}")

_PASSWORDS = frozenset(
    b"password passwords passwd passwds passwrd passphrase passcode pass pwd pwds psw pw passw pswd pword secret "
    b"secrets credential credentials passwort kennwort contrasena senha wachtwoord mdp motdepasse userpwd".split()
)
_PASSWORD_ENDS = (
    b"password", b"passwords", b"passwd", b"passphrase", b"pwd", b"secret", b"pass", b"passw", b"pw",
)  # fmt: skip
_NO_PASSWORDS = frozenset(
    b"nopasswd nopassword nopass compass encompass bypass trespass surpass overpass underpass lowpass highpass "
    b"bandpass allpass prepass firstpass secondpass onepass singlepass multipass renderpass subpass fullpass".split()
)
_KEYS = frozenset(
    b"token tokens cred creds salt nonce otp totp pat apikey apikeys authkey jwt bearer pepper pin psk sas apitoken "
    b"accesskey secretkey privatekey webhook".split()
)
_KEY_ENDS = (
    b"apikey", b"accesskey", b"secretkey", b"privatekey", b"authkey", b"sharedkey", b"accountkey", b"token", b"tokens",
    b"masterkey", b"signingkey", b"encryptionkey", b"licensekey", b"licencekey", b"appkey",
)  # fmt: skip
_WEAK = frozenset(b"key keys auth seed session sessionid sid cookie api authorization authentication hash iv".split())
# Words before "key" that say that it opens or signs something.
_OF_KEYS = frozenset(
    b"api access secret private auth app application client shared account master signing sign signature encryption "
    b"encrypt encrypted decryption crypto cipher aes des rsa hmac jwt license licence subscription service storage ssh "
    b"deploy consumer customer developer dev user admin server host instrumentation webhook session cookie csrf xsrf "
    b"security root project site partner merchant stripe aws azure gcp google github gitlab slack twilio sendgrid "
    b"mailgun openai firebase maps rest oauth sas django flask rails hash salt wep wpa pre".split()
)
# Words that may stand after the telling one: DB_PASSWORD_PROD, tokenValue, secret_key_base.
_TAILS = frozenset(
    b"value val string str text plain plaintext clear prod production dev development test testing live staging uat "
    b"local default old new current previous admin user root db database base base64 b64 hex sha256 id primary "
    b"secondary master main backup key secret token hash confirm confirmation again raw bytes env app one two three a "
    b"b c x y const decoded encoded encrypted expected actual me s".split()
)
# Words after the telling one with which the value is something about the credential, and never it.
_ABOUT = frozenset(
    b"count counts length len size num number min max limit type types kind name names field fields label labels url "
    b"urls uri uris endpoint path paths file files filename filepath dir directory folder regex regexp pattern format "
    b"placeholder hint title message messages msg error errors input box column columns class selector policy policies "
    b"expiry expires expire expiration expired ttl timeout age lifetime duration date time at prefix suffix algorithm "
    b"alg encoding provider store manager service handler factory code codes event press board word stroke ring chain "
    b"table index request response required enabled disabled visible valid invalid strength rules rule help link "
    b"button page form view controller util utils helper validator validation reset change changed prompt header "
    b"headers param params parameter property prop attr attribute attributes domain host version description desc "
    b"info status state mode usage scope scopes issuer audience source uid group groups role arn vault ref "
    b"reference callback listener map mapping order sort space board frame frames down up char chars warning notice "
    b"caption tooltip translation icon image color style width height count offset option options".split()
)
# Words before "key" or "token" that make it something else.
_OTHER_KEYS = frozenset(
    b"primary foreign public pub sort cache partition join group natural surrogate composite unique lookup dimension "
    b"i18n legend hot row column col object dict map answer route short registry index config search date by order "
    b"merge idempotency translation label layout plot metric event field property attribute header param query pad "
    b"eos bos unk mask sep cls page next continuation start end special stop num n max min shift alt ctrl arrow "
    b"figure data item list node entity locale lang message sub parent child routing dedup sharding shard range hash "
    b"state context menu down up esc escape enter space tab home function named first last prev react gpg pgp".split()
)
_OF_MANY_KINDS = frozenset(b"key keys token tokens hash seed auth iv session".split())
_OF_SYSTEMS = frozenset(b"password passwd passphrase pwd pass pw".split())
_SAMPLES = frozenset(b"dummy fake example sample placeholder bogus".split())
_REFERRED = frozenset(b"credential credentials cred creds secrets".split())
"""Where the name of such a word's id is given, the value says where it is kept: `credentialsId`, `UserSecretsId`."""
_TELLING_PARTS = expression(rb"passw|passphrase|secret|token|apikey|credential|pwd|privatekey|accesskey")
_DIGESTS = frozenset(
    b"hash checksum integrity digest sha sha1 sha256 sha512 md5 commit rev revision etag fingerprint thumbprint crc "
    b"blob tree oid git resolved cache".split()
)


def words_of(name: bytes) -> list[bytes]:
    """`dbPassword2` → db, password, 2: in small letters."""
    return [word.lower() for word in _WORD.findall(name)]


@lru_cache(maxsize=4096)
def kind_of(name: bytes) -> Kind:
    """PASSWORD, KEY, HINT or NONE: the strongest that the name says, without the words that may stand at its end."""
    words = words_of(name)
    if words[-3:] == [b"base", b"64", b"url"]:
        words = words[:-3]  # an encoding, and no address
    own = len(words_of(name.rpartition(b".")[2])) or len(words)
    is_id = words[-1:] == [b"id"]
    kind = _telling(words, own)
    while words and (words[-1].isdigit() or words[-1] in _TAILS):
        words.pop()
        own -= 1
        kind = max(kind, _telling(words, own), key=_STRENGTHS.index)
    if name.isupper() and kind is Kind.HINT and _is_of_system(words_of(name)):
        return Kind.PASSWORD
    if words_of(name)[-3:] == [b"private", b"key", b"id"]:
        return Kind.NONE  # a key of Google Cloud is known by it, and opens nothing
    if is_id and not _REFERRED.isdisjoint(words_of(name)[-2:]):
        return Kind.NONE
    if words_of(name)[-2:] == [b"secret", b"id"]:
        return Kind.KEY  # of AppRole and of Nomad's tokens
    return Kind.HINT if kind in {Kind.KEY, Kind.PASSWORD} and is_id else kind


def _is_of_system(words: list[bytes]) -> bool:
    """`PWD_DWH`: a variable of the environment for the password of something; no word says that it is about one."""
    return words[0] in _OF_SYSTEMS and _ABOUT.isdisjoint(words)


@lru_cache(maxsize=4096)
def names_sample(name: bytes) -> bool:
    """Whether a word of the name says that its value is made up."""
    return not _SAMPLES.isdisjoint(words_of(name))


@lru_cache(maxsize=4096)
def names_digest(name: bytes) -> bool:
    """Whether a word of the name says that its value is a checksum or an id of a version control system."""
    return not _DIGESTS.isdisjoint(words_of(name))


def _telling(words: list[bytes], own: int) -> Kind:
    """`own` of the words stand behind the last full stop: those before it are the thing that has the setting."""
    if not words:
        return Kind.NONE
    last, before = words[-1], words[-2] if len(words) > 1 else b""
    if last in _PASSWORDS or (last.endswith(_PASSWORD_ENDS) and last not in _NO_PASSWORDS):
        return Kind.PASSWORD
    if own > 1 and last in _OF_MANY_KINDS and (before in _OTHER_KEYS or words[-3:-1] == [b"public", b"key"]):
        return Kind.NONE
    if last in _KEYS or last.endswith(_KEY_ENDS) or (last in {b"key", b"keys"} and before in _OF_KEYS):
        return Kind.KEY
    if last in _WEAK:
        return Kind.HINT
    if last in _ABOUT:
        return Kind.NONE
    if last in _TAILS or last.isdigit():
        return Kind.NONE
    return Kind.HINT if _holds_telling_word(words) else Kind.NONE


def _holds_telling_word(words: list[bytes]) -> bool:
    """Somewhere before the last word: `tokenData`, `password_of_bob`; not `tokenizer` or `monkey`."""
    return any(_TELLING_PARTS.search(word) or word in _PASSWORDS or word in _KEYS for word in words[:-1])
