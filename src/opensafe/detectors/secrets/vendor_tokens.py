"""Vendor tokens whose shape is certain and which the catalogues miss (checked with well-formed invented tokens)."""

import re

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_SHAPES = (  # vendor, what the token begins with or holds, all of it
    ("salesforce", rb"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{60}", rb"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{60,250}"),
    ("google-oauth", rb"GOCSPX-[A-Za-z0-9_-]{28}", rb"GOCSPX-[A-Za-z0-9_-]{28}"),
    ("google-oauth", rb"ya29\.[A-Za-z0-9_-]{40}", rb"ya29\.[A-Za-z0-9_-]{40,800}"),
    ("google-oauth", rb"1//0[A-Za-z0-9_-]{40}", rb"1//0[A-Za-z0-9_-]{40,200}"),
    ("mailgun", rb"key-[0-9a-f]{32}", rb"key-[0-9a-f]{32}"),
    ("new-relic", rb"NRA[KA]-[A-Z0-9]{27}", rb"NRA[KA]-[A-Z0-9]{27}"),
    ("mapbox", rb"sk\.eyJ[A-Za-z0-9_-]{40}", rb"sk\.eyJ[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,60}"),
    ("notion", rb"ntn_[A-Za-z0-9]{40}", rb"ntn_[A-Za-z0-9]{40,60}"),
    ("sentry", rb"sntrys_eyJ[A-Za-z0-9+/=_]{40}", rb"sntrys_eyJ[A-Za-z0-9+/=_]{40,500}"),
    ("sonarqube", rb"sq[apu]_[0-9a-f]{40}", rb"sq[apu]_[0-9a-f]{40}"),
    ("artifactory", rb"(?:cmVmdGtu|AKCp)[A-Za-z0-9]{50}", rb"(?:cmVmdGtu[A-Za-z0-9]{56}|AKCp[A-Za-z0-9]{50,80})"),
    ("nuget", rb"oy2[a-z0-9]{43}", rb"oy2[a-z0-9]{43}"),
    (
        "planetscale",
        rb"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32}",
        rb"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}",
    ),
    ("tailscale", rb"tskey-[a-z]{3,10}-[A-Za-z0-9]{8}", rb"tskey-[a-z]{3,10}-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{16,64}"),
    ("bitbucket", rb"ATBB[A-Za-z0-9]{24}", rb"ATBB[A-Za-z0-9]{24}[A-F0-9]{8}"),
    ("crates-io", rb"cio[A-Za-z0-9]{32}", rb"cio[A-Za-z0-9]{32}"),
    ("okta", rb"SSWS\s{1,3}00[A-Za-z0-9_-]{40}", rb"(?<=SSWS )00[A-Za-z0-9_-]{40}"),
    ("posit", rb"(?i:CONNECT_API_KEY|RSCONNECT_\w{0,20}KEY)", rb"(?<=CONNECT_API_KEY=)[A-Za-z0-9]{32}"),
    (
        "power-bi-or-teams",
        rb"(?i:webhookb2/[0-9a-f-]{36})",
        rb"(?<=webhookb2/)[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-zA-Z]{32}/[0-9a-f-]{36}(?:/[\w-]{10,80})?",
    ),
    ("power-automate", rb"logic\.azure\.com", rb"(?<=&sig=)[A-Za-z0-9_-]{43}"),
    ("discord", rb"(?i:discord(?:app)?\.com/api/webhooks/[0-9]{17})", rb"(?<=/)[0-9]{17,20}/[A-Za-z0-9_-]{60,72}"),
    ("cloudinary", rb"cloudinary://[0-9]{12}", rb"(?<=:)[A-Za-z0-9_-]{27}(?=@[a-z0-9_-]{2,40}\b)"),
    ("dynatrace", rb"dt0c01\.[A-Z0-9]{24}", rb"dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    (
        "age",
        rb"AGE-PLUGIN-[A-Z0-9]{1,20}-1[A-Z0-9]{20}",
        rb"AGE-PLUGIN-[A-Z0-9]{1,20}-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{20,800}",
    ),
    ("age", rb"AGE-SECRET-KEY-1[A-Z0-9]{58}", rb"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    (
        "json-web-token",
        rb"eyJ[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{8}",
        rb"eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{20,1400}",
    ),
    ("databricks", rb"dapi[0-9a-f]{32}", rb"dapi[0-9a-f]{32}(?:-\d)?"),
    ("stripe", rb"[rs]k_(?:live|test)_[A-Za-z0-9]{24}", rb"(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{24,120}"),
    ("aws", rb"bedrock-api-key-[A-Za-z0-9+/=]{40}", rb"bedrock-api-key-[A-Za-z0-9+/=]{40,400}"),
    (
        "shopify-or-slack",
        rb"(?:shp(?:at|ca|pa|ss)_[0-9a-f]{32}|xapp-[0-9]-[A-Z0-9]{8})",
        rb"(?:shp(?:at|ca|pa|ss)_[0-9a-f]{32}|xapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[0-9a-f]{64})",
    ),
)
_SALESFORCE_TOKEN = re.compile(
    rb"(?i)\bsecurity_?token[\"']?\]?\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?(?P<value>[A-Za-z0-9]{24,25})(?![A-Za-z0-9])"
)
_TWILIO = re.compile(rb"(?i)\btwilio[^\r\n]{0,80}?[\"'=:\s](?P<value>[0-9a-f]{32})(?![0-9A-Za-z])")

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
        *(trigger for _, trigger, _ in _SHAPES),
        rb"(?i:security_?token[\"']?\]?\s{0,3}(?:=|:|<-|,)\s{0,3}[\"']?[A-Z0-9]{24})",
        rb"(?i:twilio[^\r\n]{0,80}[\"'=:\s][0-9a-f]{32})",
    ),
    captured(
        *(
            Capture(
                f"rule {vendor}: the shape of its tokens",
                re.compile(rb"(?<![A-Za-z0-9+])(?P<value>" + whole + rb")(?![A-Za-z0-9])"),
                by_shape,
            )
            for vendor, _, whole in _SHAPES
        ),
        Capture("rule salesforce: a security token by its name and length", _SALESFORCE_TOKEN, by_shape),
        Capture("rule twilio: a token beside its name", _TWILIO, by_shape),
    ),
    reach=2500,
)
