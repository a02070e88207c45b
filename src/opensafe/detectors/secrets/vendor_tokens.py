"""Vendor tokens whose shape is certain and which the catalogues miss (checked with well-formed invented tokens)."""

from opensafe.detectors.captures import Capture, Shape, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_SHAPES = (
    Shape("salesforce", rb"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{60}", rb"[A-Za-z0-9._]{0,190}"),
    Shape("google-oauth", rb"GOCSPX-[A-Za-z0-9_-]{28}"),
    Shape("google-oauth", rb"ya29\.[A-Za-z0-9_-]{40}", rb"[A-Za-z0-9_-]{0,760}"),
    Shape("google-oauth", rb"1//0[A-Za-z0-9_-]{40}", rb"[A-Za-z0-9_-]{0,160}"),
    Shape("mailgun", rb"key-[0-9a-f]{32}"),
    Shape("new-relic", rb"NR(?:A[KA]|I[IQ]|RA|SP)-[A-Za-z0-9_-]{27}", rb"[A-Za-z0-9_-]{0,15}"),
    Shape("mapbox", rb"sk\.eyJ[A-Za-z0-9_-]{40}", rb"[A-Za-z0-9_-]{0,160}\.[A-Za-z0-9_-]{20,60}"),
    Shape("notion", rb"ntn_[A-Za-z0-9]{40}", rb"[A-Za-z0-9]{0,20}"),
    Shape("sentry", rb"sntrys_eyJ[A-Za-z0-9+/=_]{40}", rb"[A-Za-z0-9+/=_]{0,460}"),
    Shape("sonarqube", rb"sq[apu]_[0-9a-f]{40}"),
    Shape("artifactory", rb"cmVmdGtu[A-Za-z0-9]{56}"),
    Shape("artifactory", rb"AKCp[A-Za-z0-9]{50}", rb"[A-Za-z0-9]{0,30}"),
    Shape("nuget", rb"oy2[a-z0-9]{43}"),
    Shape("planetscale", rb"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32}", rb"[A-Za-z0-9_.=-]{0,32}"),
    Shape("tailscale", rb"tskey-[a-z]{3,10}-[A-Za-z0-9]{8}", rb"[A-Za-z0-9]{0,22}-[A-Za-z0-9]{16,64}"),
    Shape("bitbucket", rb"ATBB[A-Za-z0-9]{24}", rb"[A-F0-9]{8}"),
    Shape("crates-io", rb"cio[A-Za-z0-9]{32}"),
    Shape("doppler", rb"dp\.(?:ct|pt|sa|scim|audit|st(?:\.[a-z0-9_-]{2,35})?)\.[A-Za-z0-9]{40}", rb"[A-Za-z0-9]{0,4}"),
    Shape("flutterwave", rb"FLWSECK(?:_TEST)?-[0-9a-f]{12}", rb"[0-9a-zA-Z-]{0,24}"),
    Shape("tavily", rb"tvly-(?:dev-|prod-)?[A-Za-z0-9]{32}"),
    Shape("jina", rb"jina_[0-9a-f]{32}[A-Za-z0-9_-]{28}"),
    Shape("twitch", rb"live_[0-9]{8,10}_[A-Za-z0-9]{30}"),
    Shape("okta", rb"00[A-Za-z0-9_-]{40}", context=rb"SSWS\s{1,3}"),
    Shape(
        "posit",
        rb"[A-Za-z0-9]{32}",
        context=rb"(?i:(?:posit|rs)?_?connect_(?:api_?)?(?:key|token)[\"')\]]{0,3}\s{0,3}(?:=|<-|:|,)\s{0,3}[\"']?)",
    ),
    Shape(
        "power-bi-or-teams",
        rb"(?i:[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-z]{32}/)",
        rb"[0-9a-f-]{36}(?:/[\w-]{10,80})?",
        context=rb"(?i:webhook(?:b2)?/)",
    ),
    Shape("power-automate", rb"[A-Za-z0-9_-]{43}", context=rb"logic\.azure\.com[^\s\"']{1,300}[?&]sig="),
    Shape(
        "discord",
        rb"[0-9]{17,20}/[A-Za-z0-9_-]{60}",
        rb"[A-Za-z0-9_-]{0,12}",
        context=rb"(?i:discord(?:app)?\.com/api/webhooks/)",
    ),
    Shape("cloudinary", rb"[A-Za-z0-9_-]{27}", context=rb"cloudinary://[0-9]{12,18}:"),
    Shape("dynatrace", rb"dt0c01\.[A-Z0-9]{24}", rb"\.[A-Z0-9]{64}"),
    Shape("age", rb"AGE-PLUGIN-[A-Z0-9]{1,20}-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{20}", rb"[A-Z0-9]{0,780}"),
    Shape("age", rb"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    Shape(
        "json-web-token",
        rb"eyJ[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{8}",
        rb"[A-Za-z0-9_-]{0,4000}\.[A-Za-z0-9_-]{20,1400}",
    ),
    Shape("databricks", rb"dapi[0-9a-f]{32}", rb"(?:-\d)?"),
    Shape("stripe", rb"(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{24}", rb"[A-Za-z0-9]{0,96}"),
    Shape("aws", rb"bedrock-api-key-[A-Za-z0-9+/=]{40}", rb"[A-Za-z0-9+/=]{0,360}"),
    Shape("shopify", rb"shp(?:at|ca|pa|ss)_[0-9a-f]{32}"),
    Shape("slack", rb"xapp-[0-9]-[A-Z0-9]{8}", rb"[A-Z0-9]{0,6}-\d{10,14}-[0-9a-f]{64}"),
)
_SALESFORCE_TOKEN = expression(
    rb"(?i)\bsecurity_?token[\"']?\]?\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?(?P<value>[A-Za-z0-9]{24,25})(?![A-Za-z0-9])"
)
_TWILIO = expression(rb"(?i)\btwilio[^\r\n]{0,80}?[\"'=:\s](?P<value>[0-9a-f]{32})(?![0-9A-Za-z])")

_KEY = ("kT7vq9Lm2xPz4Rw8", "YcHb3Nf6Jd1Gs5Qa")
_TOKEN = ("GOC", "SPX-", "kT7vq9Lm2xPz4Rw8YcHb3Nf6Jd1G")

DETECTOR = PatternDetector(
    Card(
        id="secrets.vendor-tokens",
        title="Vendor token (own patterns)",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The shape belongs to one vendor's tokens, and the catalogues do not know it. Near-perfect precision.",
        remedy="Revoke the token with its vendor, then redact it.",
        reference="the vendors' documentation of token formats; facts: secrets 13, Salesforce and Twilio",
        examples=(
            Example(('client_secret: "', *_TOKEN, '"'), _TOKEN, "client.yml"),
            Example(("CONNECT_API_K", "EY=", *_KEY, "\n"), _KEY, ".Renviron"),
            Example(
                ("sid = '00D", "5g000004Xy", "zA!", "AQ.kT7vq9Lm2x" * 6, "'"),
                path="crm.py",
                value=("00D", "5g000004Xy", "zA!", "AQ.kT7vq9Lm2x" * 6),
            ),
        ),
        non_examples=(
            Example(("GOCSPX-", "x" * 28)),
            Example(("data:image/png;base64,AAoy2", "A" * 60)),
            Example(("key-" + "0" * 32,)),
        ),
    ),
    (
        *(shape.trigger for shape in _SHAPES),
        rb"(?i:security_?token[\"']?\]?\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?[A-Z0-9]{24})",
        rb"(?i:twilio[^\r\n]{0,80}[\"'=:\s][0-9a-f]{32})",
    ),
    captured(
        *(shape.capture for shape in _SHAPES),
        Capture("rule salesforce: a security token by its name and length", _SALESFORCE_TOKEN, by_shape),
        Capture("rule twilio: a token beside its name", _TWILIO, by_shape),
    ),
    reach=2500,
)
