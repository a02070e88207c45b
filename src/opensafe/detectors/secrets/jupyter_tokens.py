"""Tokens of notebook servers: `http://localhost:8888/?token=…`, `--NotebookApp.token=`, Dask and RStudio alike."""

from opensafe.detectors.captures import Capture, by_shape, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_LINK = expression(rb"(?i)[?&]token=(?P<value>[0-9a-f]{48})(?![0-9A-Za-z])")
_OPTION = expression(
    rb"(?i)\b(?:NotebookApp|ServerApp|IdentityProvider|JupyterHub|ConfigurableHTTPProxy|CryptKeeper)\.(?:token|password|auth_token|proxy_auth_token|cookie_secret|keys)\s{0,3}=\s{0,3}[bu]?(?:\"(?P<double>[^\"\r\n]{4,300}+)\"|'(?P<single>[^'\r\n]{4,300}+)'|(?P<bare>[^\s\"'()]{8,300}+))"
)
_VARIABLE = expression(
    rb"\b(?:JUPYTER_TOKEN|JUPYTERHUB_API_TOKEN|CONFIGPROXY_AUTH_TOKEN|JUPYTERHUB_CRYPT_KEY)\s{0,3}[=:]\s{0,3}[\"']?(?P<value>[^\s\"'${}]{6,200}+)"
)

_VALUE = ("0a9f8e7d6c5b4a3928171605", "f4e3d2c1b0a99f8e7d6c5b4a")

DETECTOR = PatternDetector(
    Card(
        id="secrets.jupyter-tokens",
        title="Token of a notebook server",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="The token gives a shell on the machine that runs the server. A token that a server made at its start dies "
        "with it; one in a configuration does not.",
        remedy="Restart the server with another token, then redact it.",
        reference="Jupyter Server, security; JupyterHub configuration; issue 4, Jupyter tokens",
        examples=(
            Example(("http://localhost:8888/?to", "ken=", *_VALUE), _VALUE, "run.log"),
            Example(("c.ServerApp.to", "ken = 'kT7v", "q9-Lm2x'"), ("kT7v", "q9-Lm2x"), "jupyter_config.py"),
        ),
        non_examples=(
            Example(("c.NotebookApp.token = ''",), path="jupyter_config.py"),
            Example(("http://localhost:8888/?token=REDACTED-1",), path="run.log"),
            Example(("c.ServerApp.password = os.environ['X']",), path="jupyter_config.py"),
        ),
    ),
    (
        rb"(?i:[?&]token=[0-9a-f]{48})",
        rb"(?:NotebookApp|ServerApp|IdentityProvider|JupyterHub|ConfigurableHTTPProxy|CryptKeeper)\.(?:token|password|auth_token|proxy_auth|cookie_sec|keys)",
        rb"(?:JUPYTER_TOKEN|JUPYTERHUB_API_TOKEN|CONFIGPROXY_AUTH_TOKEN|JUPYTERHUB_CRYPT_KEY)",
    ),
    captured(
        Capture("the token in a link to a notebook server", _LINK, by_shape),
        Capture("set for a notebook server", _OPTION),
        Capture("set for a notebook server", _VARIABLE),
    ),
)
