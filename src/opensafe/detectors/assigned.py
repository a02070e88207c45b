"""What an assignment is worth: the evidence of name, joint, form, value and file put together (facts, secrets 13).

Each piece of evidence is said in words. Evidence against a value lowers the confidence of what a name like
`password` or `api_key` announces. Where the name says little, or the form is loose, only a value that looks random
makes a finding at all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from opensafe.detectors.assignments import Assignment, Joint
from opensafe.detectors.credentials import credential
from opensafe.detectors.settingnames import Kind, kind_of, names_digest, names_sample
from opensafe.detectors.shapes import is_digest, is_uuid
from opensafe.detectors.values import WORD, Judgement, Worth, judge
from opensafe.detectors.weakpasswords import chosen, is_of_accounts, is_phrase, is_trial
from opensafe.detectors.words import looks_like_words, looks_random, mixes_letters_and_digits
from opensafe.model.expressions import expression
from opensafe.model.finding import Hit, Severity
from opensafe.model.specimen import Specimen

_LITERAL_BARE = expression(
    rb"(?i)(?:\.(?:ya?ml|ini|cfg|cnf|conf|config|toml|properties|env\w{0,20}|netrc|dcf|tfvars|pypirc|npmrc|sh|bash|zsh"
    rb"|ksh|bat|cmd|service|plist|hcl|desktop|reg)|(?:^|/)\.?(?:env|renviron|rprofile|pgpass|netrc|credentials|aws"
    rb"|dockerfile|bashrc|profile|zshrc)[\w.-]{0,40})$"
)
_CODE = expression(
    rb"(?i)\.(?:r|py|pyw|pyi|js|jsx|mjs|cjs|ts|tsx|java|cs|vb|go|rs|c|h|cc|cpp|cxx|hpp|hxx|php|rb|scala|kt|kts|swift|jl"
    rb"|pl|pm|sql|m|mm|ps1|psm1|vue|svelte|ipynb|rmd|qmd|css|scss|less|html?|svg|xml|rd|json|lua|groovy|gradle|dart|ex"
    rb"|exs|erl|clj|hs|ml|fs|pas|f90|tf|proto|erb|jsp|aspx?|tcl|cmake|mk|zig|nim|cr|d)$"
)
_LOCK = expression(
    rb"(?i)(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|[\w.-]{1,40}\.lock(?:\.json|b)?)$"
)
_MINIFIED = expression(rb"(?i)[.-]min\.(?:js|css|mjs)(?:\.map)?$|\.(?:js|css)\.map$|\.svg$")
_SCRIPT = expression(rb"(?i)\.(?:js|mjs|css|html?)$")
_BADGE = expression(rb"\.svg\?(?:[\w=-]{1,40}&(?:amp;)?){0,3}(?:token|(?:badge_)?key)=\Z")
_BADGE_REACH = 200  # bytes
_OF_OFFICE = expression(rb"\"[ ](?:workbook)?[sS]pinCount=")  # Office Open XML, CT_SheetProtection
_OF_WORD = expression(rb"<w:(?:document|write)Protection\b[^<>]{0,500}=\"\Z")  # Office Open XML, CT_DocProtect
_WORD_REACH = 530  # bytes
# [MS-OFFCRYPTO] 2.3.4.10: how a document was encrypted is told by attributes with such names, side by side.
_OF_ENCRYPTION = expression(rb"\bencrypted(?:HmacKey|HmacValue|KeyValue|VerifierHash(?:Input|Value))=\"")
_ENCRYPTION_REACH = 700  # bytes
# Algolia's DocSearch: the key of a page can do nothing but search it.
_OF_SEARCH = expression(rb"(?i)docsearch\b[^<>]{0,200}\Z")
_SEARCH_REACH = 220  # bytes
_IN_BASELINE = b"hashed_secret"
_BARE_END = expression(rb"[,;(){}\[\]&|]")
_PARAMETER = expression(rb"&(?:amp;)?[\w.\[\]-]{1,40}=")
_IDENTIFIER = expression(rb"[A-Za-z_$@&*!~^-][\w.$:>-]{0,200}")
_PROSE_AFTER = expression(rb"[.,;:]?[ \t]{1,2}[A-Za-z(]{2,30}")
_DECODER = expression(
    rb"(?i)(?:^|[.:_ ])(?:string|str|bytes|secretstr|some|ok|just|literal|nsstring|buffer\.from|b64decode|fromhex"
    rb"|from_hex|unhexlify|frombase64string|uuid|guid|b|s|u|secret|password|protect"
    rb"|char|const|val|from|of|value|getbytes|bytearray|\[\]byte|secretkeyspec|c|l|r|paste0?|encode)!?\($"
)
_TEXT_BEFORE = expression(rb"(?P<mark>[\"'>])(?:[^\"'<>\r\n]{0,200}[&;? ])?[A-Za-z][\w.-]{1,60}=\Z")
_PLAIN_TEXT = expression(rb"[^;&,|?:#=\\][^,|?#()\[\]{}\\]{3,200}")
_TEXT = 270  # bytes before a value in which the text that it stands in may begin
_LOGIN = expression(  # calls that open a database or a share, up to an argument of theirs
    rb"(?i)(?:\b(?:dbConnect|dbPool|odbc(?:Driver)?Connect|src_(?:postgres|mysql)|(?:psycopg2?|pymssql|pymysql|MySQLdb"
    rb"|pyodbc|oracledb|cx_Oracle|teradatasql|asyncpg|mariadb|jaydebeapi|mysql\.connector|snowflake\.connector)\.connect"
    rb"|SMBConnection|sftp\.?Connection|Transport|SqlConnection|MongoClient)"
    rb"|\.option)\((?:[^()]|\([^()]{0,200}\)){0,400}\Z"
)
_LOGIN_REACH = 500  # bytes
_USER_BEFORE = expression(
    rb"(?i)\b(?:login|user(?:[ ]?(?:name|id))?|uid|account)[ ]?[:=][ ]{0,4}[\w.@\\-]{2,60}[ \t,;/|]{1,8}"
    rb"(?:pass\w{0,5}|pwd?|passwrd)[ ]?[:=][ ]{0,4}\Z"
)
_OF_CLIENTS = expression(rb"(?:PGPASSWORD|MYSQL_PWD|SQLCMDPASSWORD|SSHPASS|RSYNC_PASSWORD|SMBPASSWD)\Z")
_TWO_WORDS = expression(rb"[A-Za-z]{3,20}-[A-Za-z]{3,20}")
_PASSWORD_NAME = expression(rb"(?i)(?:password|passwd|pwd|pass|passphrase)\d{0,3}\Z")
_PASSWORD_PART = expression(rb"(?i)pass|pwd|(?<![a-z])pw(?![a-z])")
_REST = expression(rb"(?:[ ][A-Za-z]{2,20}){1,7}(?=[ \t]{0,8}(?:\r?\n|\Z))")
_PHRASE = expression(rb"[A-Za-z]{3,16}(?:-[A-Za-z]{3,16}){2,5}")
_PLAIN = b"{noop}"  # Spring Security: what follows is the password as it is
_NUMBERED = expression(rb"[A-Za-z][a-z]{2,20}(?:[_-][a-z]{2,20}){0,3}[_-]?\d{1,2}")  # `audience1`, given to some call
_NOT_ALNUM = expression(rb"[^a-z0-9]")
_KEY_LENGTH = 8
_LEAST = {Kind.PASSWORD: 5, Kind.KEY: _KEY_LENGTH, Kind.HINT: 10}  # characters, where name or form say little
_LONG_KEY = 16
_LONG_LINE = 1000
_DIGITS = 6


def judged(specimen: Specimen, found: Assignment) -> Hit | None:
    """The hit of an assignment, or None where it is plainly none."""
    kind = kind_of(found.name)
    if kind is Kind.NONE or _is_formatted(found):
        return None
    located = _located(specimen, found)
    if located is None:
        return None
    at, value, sure = located
    if kind is not Kind.PASSWORD and not found.quoted and value.isdigit():
        return None
    if found.joint is Joint.BESIDE and kind is Kind.PASSWORD and _PHRASE.fullmatch(value):
        return credential(at, value, Judgement(Worth.DOUBTFUL, "words that are joined"), found.joint.value, sure=False)
    weak = kind is Kind.HINT or found.joint in {Joint.BESIDE, Joint.LISTED} or not sure
    strict = found.joint is Joint.LISTED or (not sure and _NUMBERED.fullmatch(value) is not None)
    if weak and not _looks_random_enough(kind, value, strict=strict):
        return None
    judgement = judge(value)
    if judgement.worth is Worth.NOTHING:
        return None
    if _is_passphrase(specimen, found, value, judgement):
        hit = credential(at, value, Judgement(Worth.PLAUSIBLE, "words that are joined"), found.joint.value, sure=False)
        return hit and replace(hit, severity=Severity.MEDIUM)
    against = list(_against(specimen, found, kind, value))
    if against:
        doubts = [*against, *([judgement.why] if judgement.worth is Worth.DOUBTFUL else [])]
        judgement = Judgement(Worth.DOUBTFUL, "; ".join(doubts))
    if weak:
        return _uncertain(found, at, value, judgement)
    if kind is Kind.PASSWORD and judgement.worth is Worth.DOUBTFUL and _is_certain(specimen, found):
        judgement = chosen(value, judgement)
    what = found.joint.value if found.quoted else f"{found.joint.value} without quotes"
    certain = found.joint is Joint.ASSIGNED and _is_strong(value)
    hit = credential(at, value, judgement, what, sure=certain)
    return hit if hit is None or found.end - found.start == len(found.value) else replace(hit, end=found.end)


def _is_certain(specimen: Specimen, found: Assignment) -> bool:
    """Whether nothing but a password of use can stand there: in a call that logs in, or a file of somebody's settings.

    `PGPASSWORD` and its like are read by a client, and by nothing else.
    """
    if found.joint is not Joint.ASSIGNED or not _PASSWORD_PART.search(found.name):
        return False
    if is_trial(specimen, found.start, found.end):
        return False
    if is_of_accounts(specimen.path) or _OF_CLIENTS.search(found.name):
        return True
    first = max(0, found.start - _LOGIN_REACH)
    if not found.quoted:
        return not _CODE.search(specimen.path) and _USER_BEFORE.search(specimen.data, first, found.start) is not None
    return _LOGIN.search(specimen.data, first, found.start) is not None


def _is_passphrase(specimen: Specimen, found: Assignment, value: bytes, judgement: Judgement) -> bool:
    """`SMTP_PASSWORD=orchid-meadow`: in a configuration, where nothing but its words speaks against it.

    In code it takes three words in quotes.
    """
    if judgement.worth is not Worth.DOUBTFUL or found.joint is not Joint.ASSIGNED:
        return False
    if _repeats_name(found.name, value) or _PASSWORD_NAME.search(found.name) is None:
        return False
    if _LITERAL_BARE.search(specimen.path) is None:
        return found.quoted and b" " not in value and is_phrase(value, judgement)
    return is_phrase(value, judgement) or (judgement.why == WORD and _TWO_WORDS.fullmatch(value) is not None)


def _is_formatted(found: Assignment) -> bool:
    return b"{" in found.value and found.prefix.lower() in {b"f", b"fr", b"rf", b"$", b"s"}


def _located(specimen: Specimen, found: Assignment) -> tuple[int, bytes, bool] | None:
    """Where the value is, what it is, and whether its form makes it sure to be a text and not an expression."""
    if found.quoted:
        value = _unquoted(found.value.strip().removeprefix(_PLAIN))
        known = not found.wrapper or _DECODER.search(found.wrapper) is not None
        return found.start + found.value.find(value), value, known
    if found.value.startswith(b";"):
        return None  # nothing is given: `Password=;Option=3`
    if _is_within_text(specimen, found):
        return found.start, found.value.partition(b"&")[0].partition(b";")[0], True
    bare = _bare(specimen, found)
    return None if bare is None else (found.start, bare, _CODE.search(specimen.path) is None)


def _unquoted(value: bytes) -> bytes:
    """Without a second pair of quotation marks: `'"…"'`."""
    is_pair = len(value) > len(b"''") and value[:1] == value[-1:] and value[:1] in {b'"', b"'"}
    return value[1:-1] if is_pair else value


def _is_within_text(specimen: Specimen, found: Assignment) -> bool:
    """`"NAME=value"`: a text of code or markup that holds one whole setting."""
    first = specimen.data.rfind(b"\n", max(0, found.start - _LONG_LINE), found.start) + 1
    opened = _TEXT_BEFORE.search(specimen.data, max(first, found.start - _TEXT), found.start)
    closing = specimen.data[found.start + len(found.value) : found.start + len(found.value) + 1]
    if opened is None or _PLAIN_TEXT.fullmatch(found.value) is None:
        return False
    mark = opened["mark"]
    if mark == b">":
        return closing == b"<"
    return closing == mark and specimen.data.count(mark, first, opened.end("mark")) % 2 == 1


def _bare(specimen: Specimen, found: Assignment) -> bytes | None:
    """Without quotes: all of it in a configuration; in code, a name or call is no value; in prose, a sentence isn't."""
    value = found.value
    if (further := _PARAMETER.search(value)) is not None:
        value = value[: further.start()]
    if _LITERAL_BARE.search(specimen.path):
        value = value.rstrip(b",;") + _further_words(specimen, found)
        return value.rstrip(b"})]") if not re.search(rb"[{(\[]", value) else value
    cut = _BARE_END.search(value)
    if cut is not None:
        if cut.group() in {b"(", b"["}:
            return None
        value = value[: cut.start()]
    value = value.rstrip(b".:\\*")
    text = value.decode("utf-8", "replace")
    if _CODE.search(specimen.path):
        return value if mixes_letters_and_digits(text) and not _reads_like_code(value, text) else None
    is_prose = _PROSE_AFTER.match(specimen.data, found.start + len(value)) is not None
    return None if is_prose and not mixes_letters_and_digits(text) else value


def _further_words(specimen: Specimen, found: Assignment) -> bytes:
    """The rest of a passphrase: `passphrase: correct horse …`, where nothing but words stands on the line."""
    if _PASSWORD_NAME.search(found.name) is None or not found.value.isalpha():
        return b""
    rest = _REST.match(specimen.data, found.start + len(found.value))
    return b"" if rest is None else rest.group()


def _reads_like_code(value: bytes, text: str) -> bool:
    return _IDENTIFIER.fullmatch(value) is not None and not looks_random(text) and not is_uuid(value)


def _against(specimen: Specimen, found: Assignment, kind: Kind, value: bytes) -> Iterator[str]:
    """What name, form and file say against the value."""
    text = value.decode("utf-8", "replace")
    if kind is not Kind.PASSWORD and not looks_like_key(text):
        yield "a key has letters and digits, eight at least"
    elif kind is not Kind.PASSWORD and looks_like_words(text):
        yield "it reads like words"
    if kind is Kind.PASSWORD and text.isdigit() and (len(text) < _DIGITS or not found.quoted):
        yield "it is a number"
    if names_sample(found.name):
        yield "its name says that it is made up"
    if _repeats_name(found.name, value):
        yield "it repeats the name"
    if is_digest(value) and kind is not Kind.PASSWORD and names_digest(found.name):
        yield "it has the length of a checksum, and the name speaks of one"
    if is_uuid(value) and kind is Kind.HINT:
        yield "it is an identifier (UUID)"
    if found.quoted and found.value[:1].isspace() and " " in text:
        yield "it reads like code between two texts"
    if found.goes_on and not looks_random(text):
        yield "more is added to it"
    if _BADGE.search(specimen.data, max(0, found.start - _BADGE_REACH), found.start):
        yield "it shows a badge, and nothing else"
    if found.quoted and _OF_OFFICE.match(specimen.data, found.end):
        yield "it is the salt of a sheet's protection"
    if found.quoted and _OF_WORD.search(specimen.data, max(0, found.start - _WORD_REACH), found.start):
        yield "it is the salt of a document's protection"
    if kind is not Kind.PASSWORD and _OF_SEARCH.search(specimen.data, max(0, found.start - _SEARCH_REACH), found.start):
        yield "it searches the pages of a documentation, and is made to be public"
    if found.quoted and _is_of_encryption(specimen.data, found):
        yield "it tells how a document was encrypted, and opens nothing without its password"
    if is_digest(value) and found.name.endswith(_IN_BASELINE):
        yield "it is a checksum that detect-secrets keeps of a secret"
    if _LOCK.search(specimen.path):
        yield "it stands in a lock file"
    if kind is not Kind.PASSWORD and _is_minified(specimen, found):
        yield "it stands in minified code"


def _is_of_encryption(data: bytes, found: Assignment) -> bool:
    low, high = max(0, found.start - _ENCRYPTION_REACH), found.end + _ENCRYPTION_REACH
    return found.name.lower().endswith((b"value", b"key")) and _OF_ENCRYPTION.search(data, low, high) is not None


def looks_like_key(text: str) -> bool:
    """Eight characters with letters and digits, or sixteen that are no words (facts, secrets 13)."""
    if len(text) < _KEY_LENGTH or " " in text:
        return False
    return mixes_letters_and_digits(text) or (len(text) >= _LONG_KEY and not looks_like_words(text))


def _repeats_name(name: bytes, value: bytes) -> bool:
    ours, its = _NOT_ALNUM.sub(b"", value.lower()), _NOT_ALNUM.sub(b"", name.lower())
    return ours in its or (len(its) >= _KEY_LENGTH and its in ours)


def _is_minified(specimen: Specimen, found: Assignment) -> bool:
    if _MINIFIED.search(specimen.path):
        return True
    if not _SCRIPT.search(specimen.path):
        return False
    before = specimen.data.rfind(b"\n", 0, found.start)
    after = specimen.data.find(b"\n", found.end, found.end + _LONG_LINE)
    return found.start - before > _LONG_LINE or (after < 0 and len(specimen.data) > found.end + _LONG_LINE)


def _is_strong(value: bytes) -> bool:
    """Whether it is more than a word."""
    text = value.decode("utf-8", "replace")
    return not text.isalpha() or looks_random(text)


def _looks_random_enough(kind: Kind, value: bytes, *, strict: bool) -> bool:
    """What a value needs where its name or form says little."""
    text = value.decode("utf-8", "replace")
    if " " in text or len(text) < _LEAST[kind]:
        return False
    if kind is Kind.PASSWORD and not strict:
        return mixes_letters_and_digits(text) or looks_random(text)
    if kind is Kind.HINT and not mixes_letters_and_digits(text):
        return False
    return looks_random(text) or (kind is Kind.KEY and is_uuid(value))


def _uncertain(found: Assignment, at: int, value: bytes, judgement: Judgement) -> Hit | None:
    if judgement.worth is Worth.DOUBTFUL:
        return None
    hit = credential(at, value, Judgement(Worth.PLAUSIBLE, "it looks random"), found.joint.value, sure=False)
    return hit and replace(hit, severity=Severity.MEDIUM, end=found.end if found.quoted else hit.end)
