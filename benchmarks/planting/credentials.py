"""Families of credentials. Prefixes are put together here, so that no file holds what is shaped like a token."""

import base64
import binascii
import hashlib
import json
import string
import struct
from collections.abc import Callable

from benchmarks.planting.chance import Chance
from benchmarks.planting.families import SECRET, Family

_BASE32 = string.ascii_uppercase + "234567"
_CRYPT = string.ascii_letters + string.digits + "./"
_PW = "pass" + "word"


def _family(id_: str, make: Callable[[Chance], str], *lines: str, column: str = "", named: bool = False) -> Family:
    return Family(id_, SECRET, make, lines, column, frozenset({"secret"}), named)


def _key(label: str) -> Callable[[Chance], str]:
    def make(chance: Chance) -> str:
        body = base64.b64encode(b"\x30\x82\x04\xa3\x02\x01\x00" + chance.bytes(600)).decode()
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])

    return make


def _openssh(chance: Chance) -> str:
    head = b"openssh-key-v1\0" + b"\0\0\0\x0aaes256-ctr\0\0\0\x06bcrypt" + chance.bytes(500)
    body = base64.b64encode(head).decode()
    label = "OPENSSH " + "PRIVATE KEY"
    lines = [body[at : at + 70] for at in range(0, len(body), 70)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def _jwt(chance: Chance) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": chance.digits(10), "iat": 1600000000 + chance.number(0, 10**7)})
    said = [json.dumps(part, separators=(",", ":")).encode() for part in parts]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (*said, chance.bytes(32)))


def _basic(chance: Chance) -> str:
    return base64.b64encode(f"{chance.user()}:{chance.password()}".encode()).decode()


def _shadow(chance: Chance) -> str:
    return "$6$" + chance.text(16, _CRYPT) + "$" + chance.text(86, _CRYPT)


def _htpasswd(chance: Chance) -> str:
    return "$apr1$" + chance.text(8, _CRYPT) + "$" + chance.text(22, _CRYPT)


def _sha_hash(chance: Chance) -> str:
    return "{SHA}" + base64.b64encode(hashlib.sha1(chance.bytes(20), usedforsecurity=False).digest()).decode()


def _nats_seed(chance: Chance) -> str:
    """The seed of a user: prefixes, 32 bytes and their check sum, in base 32 (NATS nkeys)."""
    raw = bytes([18 << 3 | 20 >> 2, (20 & 3) << 6]) + chance.bytes(32)
    return base64.b32encode(raw + struct.pack("<H", binascii.crc_hqx(raw, 0))).decode().rstrip("=")


def _word(chance: Chance) -> str:
    return chance.password()


CREDENTIALS = (
    _family("password assignment", _word, f'db_{_PW} = "$v"', f'{_PW} <- "$v"', f"DB_{_PW.upper()}=$v",
            f"{_PW}: $v", f'"{_PW}": "$v"', f"MYSQL_{_PW.upper()}: '$v'", column=_PW),
    _family("key assignment", lambda c: c.text(32), 'api_key = "$v"', 'API_SECRET="$v"', "client_secret: $v",
            '"auth_token": "$v"', 'secret_key <- "$v"', column="api_key"),
    _family("environment of R", _word, f'Sys.setenv(DB_{_PW.upper()} = "$v")', "DWH_PWD='$v'",
            f'options(warehouse_{_PW} = "$v")'),
    _family("keyring misuse", _word, 'keyring::key_set_with_value("dwh", "$user", "$v")',
            'keyring.set_password("dwh", "$user", "$v")'),
    _family("SAS macro", _word, "%let pw=$v;", "libname dw oracle user=$user pw='$v' path=dwh;"),
    _family("ODBC string", _word, "Driver={SQL Server};Server=$host;Database=$db;UID=$user;PWD=$v;",
            'odbcDriverConnect("driver=SQL Server;server=$host;uid=$user;pwd=$v")'),
    _family("SQLAlchemy address", lambda c: c.text(14), "mssql+pyodbc://$user:$v@$host/$db",
            'create_engine("postgresql://$user:$v@$host:5432/$db")'),
    _family("JDBC address", lambda c: c.text(14), f"jdbc:sqlserver://$host:1433;databaseName=$db;user=$user;{_PW}=$v;",
            f"jdbc:postgresql://$host/$db?user=$user&{_PW}=$v"),
    _family("DBI connection", _word, 'DBI::dbConnect(odbc::odbc(), server = "$host", uid = "$user", pwd = "$v")',
            f'dbConnect(RPostgres::Postgres(), host = "$host", user = "$user", {_PW} = "$v")'),
    _family("ADO string", _word, f"Data Source=$host;Initial Catalog=$db;User ID=$user;{_PW.title()}=$v;"),
    _family("pgpass", lambda c: c.text(14), "$host:5432:$db:$user:$v"),
    _family("netrc", _word, f"machine $host login $user {_PW} $v"),
    _family("address with a password", lambda c: c.text(12), "sftp://$user:$v@$host/in", "smb://$user:$v@$host/share",
            "https://$user:$v@$host/api", "redis://:$v@$host:6379/0"),
    _family("command line", _word, f"mysql -u $user --{_PW}=$v $db", "curl -u $user:$v https://$host/",
            "sqlcmd -S $host -U $user -P $v", "openssl rsa -in key.pem -passin pass:$v", "sshpass -p '$v' ssh $host"),
    _family("SQL password", _word, f"CREATE LOGIN $user WITH {_PW.upper()} = '$v';",
            "ALTER USER $user IDENTIFIED BY '$v';", f"CREATE USER $user WITH {_PW.upper()} '$v';"),
    _family("mail server", _word, 'smtp.login("$user@$host", "$v")', f"SMTP_{_PW.upper()}=$v"),
    _family("Databricks token", lambda c: "da" + "pi" + c.hexadecimal(32), "DATABRICKS_TOKEN=$v", 'token = "$v"',
            column="token", named=True),
    _family("Azure storage key", lambda c: c.base64(64),
            "DefaultEndpointsProtocol=https;AccountName=$db;AccountKey=$v;EndpointSuffix=core.windows.net"),
    _family("Azure SAS", lambda c: c.text(43) + "%3D",
            "https://$db.blob.core.windows.net/in?sv=2022-11-02&sr=c&se=2030-01-01T00:00:00Z&sp=rl&sig=$v"),
    _family("AWS key id", lambda c: "AK" + "IA" + c.text(16, _BASE32), "aws_access_key_id = $v",
            'AWS_ACCESS_KEY_ID="$v"', column="aws_access_key_id", named=True),
    _family("AWS secret key", lambda c: c.text(40, string.ascii_letters + string.digits + "+/"),
            "aws_secret_access_key = $v", 'AWS_SECRET_ACCESS_KEY="$v"'),
    _family("GitHub token", lambda c: "gh" + "p_" + c.text(36), 'token <- "$v"', "GITHUB_PAT=$v", column="token",
            named=True),
    _family("GitLab token", lambda c: "gl" + "pat-" + c.text(20), "GITLAB_TOKEN=$v", column="token", named=True),
    _family("Slack token", lambda c: "xo" + f"xb-{c.digits(12)}-{c.digits(13)}-{c.text(24)}", 'slack = "$v"',
            column="token", named=True),
    _family("Twilio key", lambda c: "S" + "K" + c.hexadecimal(32), "TWILIO_API_KEY=$v", 'twilio_api_key = "$v"'),
    _family("NATS seed", _nats_seed, 'nkey_seed: "$v"', "NATS_NKEY=$v"),
    _family("OTP", lambda c: c.text(32, _BASE32), "otpauth://totp/dwh:$user?secret=$v&issuer=dwh",
            'pyotp.TOTP("$v").now()'),
    _family("JWT", _jwt, 'jwt = "$v"', "Authorization: Bearer $v", column="token"),
    _family("Bearer", lambda c: c.text(40), "Authorization: Bearer $v", '"Authorization": "Bearer $v"'),
    _family("Basic", _basic, "Authorization: Basic $v", 'headers = {"Authorization": "Basic $v"}'),
    _family("cookie", lambda c: c.hexadecimal(32), "Cookie: sessionid=$v; theme=dark",
            "Set-Cookie: PHPSESSID=$v; HttpOnly"),
    _family("hash of a password", lambda c: c.one((_shadow, _htpasswd, _sha_hash))(c), "$user:$v",
            "$user:$v:18000:0:99999:7:::"),
    _family("secure string", _word, 'ConvertTo-SecureString "$v" -AsPlainText -Force'),
    _family("npm token", lambda c: c.text(36), "//$host/:_authToken=$v"),
    _family("RSA key", _key("RSA " + "PRIVATE KEY"), "$v"),
    _family("encrypted key", _key("ENCRYPTED " + "PRIVATE KEY"), "$v"),
    _family("OpenSSH key", _openssh, "$v"),
)  # fmt: skip


def _store(head: bytes) -> Callable[[Chance], bytes]:
    return lambda chance: head + chance.bytes(900)


def _keytab(chance: Chance) -> bytes:
    """One entry of version 2 (MIT Kerberos, keytab file format)."""
    realm, user, key = b"CORP.EXAMPLE", chance.user().encode(), chance.bytes(32)
    named = b"".join(struct.pack(">H", len(text)) + text for text in (realm, user))
    entry = struct.pack(">H", 1) + named + struct.pack(">IIBHH", 1, 1600000000, 2, 18, len(key)) + key
    return b"\5\2" + struct.pack(">i", len(entry)) + entry


KEY_STORES: dict[str, tuple[str, Callable[[Chance], bytes]]] = {
    "Kerberos keytab": ("keytab", _keytab),
    "Java key store": ("jks", _store(b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\1\0\x03etl")),
    "PFX": ("pfx", _store(b"0\x82\4\x00\2\1\x030\x82\3\xf0\6\x09\x2a\x86\x48\x86\xf7\r\1\7\1")),
}
"""Files that are credentials as a whole: the ending of the name, and what makes one."""
