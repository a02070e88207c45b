"""Keys of Azure: storage accounts, Service Bus and IoT Hub, client secrets of applications, personal access tokens."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_ACCOUNT = expression(
    rb"(?i)\b(?:account_?key|azure_storage_(?:account_)?key|storage_?(?:account_?)?key|storage_account_access_key|sharedkey|access_?key|cosmos\w{0,20}_?key|key|account\.key\.[\w.-]{1,100})"
    rb"(?:[\"')\]]{0,2}\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?|</(?:name|key)>\s{0,60}<(?:value|string)>\s{0,10})"
    rb"(?P<value>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])"
)
_SHARED = expression(rb"(?i)\bSharedAccessKey\s{0,2}=\s{0,2}(?P<value>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])")
_CLIENT_SECRET = expression(
    rb"(?<![A-Za-z0-9~._-])(?P<value>[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9~_-])"
)
_PAT = expression(rb"(?<![A-Za-z0-9])(?P<value>[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})(?![A-Za-z0-9])")
_OLD_PAT = expression(rb"(?<![A-Za-z0-9])(?P<value>[a-z2-7]{52})(?![A-Za-z0-9])")
_DEVOPS = expression(
    rb"(?i)dev\.azure\.com|visualstudio\.com|azure[_ -]?devops|azdo|vsts|\bado_|system_accesstoken|_pat\b|_packaging/"
)
_FUNCTION = expression(rb"[?&]code=(?P<value>[A-Za-z0-9_/+-]{40,80}(?:={1,2}|%3[Dd]){1,2})")

_KEY = ("kT7vq9Lm2x" * 8, "Pz4Rw8==")
_SECRET = ("kT7", "8Q" + "~", "vq9Lm2xPz4Rw8YcHb3Nf6Jd1Gs5Qa0Ue7W")

DETECTOR = PatternDetector(
    Card(
        id="secrets.azure-keys",
        title="Azure key, client secret or access token",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="An account key opens everything in a storage account, a client secret whatever the application may do. "
        "Near-perfect precision: length, alphabet and marker are fixed.",
        remedy="Regenerate the key or delete the secret in Azure, then redact it; use a managed identity.",
        reference="Azure Storage and Service Bus connection strings; Microsoft Entra client secrets; issue 4",
        examples=(
            Example(("AccountName=a1;AccountK", "ey=", *_KEY, ";EndpointSuffix=x"), _KEY, "app.config"),
            Example(
                ("Endpoint=sb://n1/;SharedAccessK", "ey=", "kT7vq9Lm2x" * 4, "Pz4="),
                path="a.cfg",
                value=("kT7vq9Lm2x" * 4, "Pz4="),
            ),
            Example(('secret <- "', *_SECRET, '"'), _SECRET),
        ),
        non_examples=(
            Example(("AccountKey=${STORAGE_KEY};EndpointSuffix=x",)),
            Example(("sha512-", "kT7vq9Lm2x" * 8, "Pz4Rw8=="), path="package-lock.json"),
            Example(("SharedAccessKey=REDACTED-1;",)),
        ),
    ),
    (
        rb"(?i:key[\"')\]]{0,2}\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?[A-Z0-9+/]{86}==)",
        rb"account\.key\.[A-Za-z0-9]",
        rb"(?i:SharedAccessKey\s{0,2}=\s{0,2}[A-Z0-9+/]{43}=)",
        rb"[78]Q~[A-Za-z0-9_~.-]{31}",
        rb"AZDO[A-Za-z0-9]{4}",
        rb"\b[a-z2-7]{52}\b",
        rb"[?&]code=[A-Za-z0-9_/+-]{40}",
    ),
    captured(
        Capture("the key of a storage account", _ACCOUNT, by_shape),
        Capture("a shared access key", _SHARED, by_shape),
        Capture("a client secret with its marker", _CLIENT_SECRET, by_shape),
        Capture("an access token of Azure DevOps", _PAT, by_shape),
        Capture("52 letters and digits beside Azure DevOps", _OLD_PAT, by_shape, near=_DEVOPS),
        Capture("the key of an Azure function", _FUNCTION, by_shape, near=expression(rb"azurewebsites\.net")),
    ),
    reach=700,
)
