"""The repository's own settings for scanners: what they tell tools to pass over is shown for review, never obeyed."""

import re
from collections.abc import Iterable, Iterator

from opensafe.history.setting import HistorySetting
from opensafe.model.expressions import expression
from opensafe.model.finding import Severity

_TOOLS = {
    "gitleaks": rb"\.?gitleaks(?:\.toml|ignore|-baseline[^/]{0,40}|[^/]{0,40}\.toml)",
    "detect-secrets": rb"\.secrets\.baseline|\.detect-secrets[^/]{0,40}",
    "trufflehog": rb"\.trufflehog[^/]{0,40}|trufflehog[^/]{0,40}\.(?:ya?ml|json|txt)|\.thogignore",
    "gitguardian": rb"\.ggshield[^/]{0,40}|\.gitguardian[^/]{0,40}|\.cache_ggshield",
    "talisman": rb"\.talismanrc",
    "semgrep": rb"\.semgrepignore|\.semgrep\.ya?ml",
    "kingfisher": rb"\.?kingfisher[^/]{0,40}\.(?:ya?ml|toml|json|txt)|\.kingfisher[^/]{0,40}",
    "nosey-parker": rb"\.noseyparker[^/]{0,40}|\.np-ignore",
    "git-secrets": rb"\.gitallowed|\.git-secrets[^/]{0,40}",
    "secretlint": rb"\.secretlint(?:rc[^/]{0,40}|ignore)",
    "whispers": rb"\.?whispers\.ya?ml",
    "bandit": rb"\.bandit[^/]{0,40}|bandit\.ya?ml",
    "github-secret-scanning": rb"secret_scanning\.ya?ml",
}
_PATTERNS = {tool: expression(b"(?:.*/)?(?:" + names + b")", re.DOTALL) for tool, names in _TOOLS.items()}
_ANY = expression(b"|".join(b"(?:" + names + b")$" for names in _TOOLS.values()))


def scanner_settings(paths: Iterable[bytes]) -> Iterator[HistorySetting]:
    """One setting for each tool that is told what to pass over, with every path of the history that tells it."""
    likely = sorted({path for path in paths if _ANY.match(path.rsplit(b"/", 1)[-1])})
    for tool, pattern in _PATTERNS.items():
        found = tuple(path for path in likely if pattern.fullmatch(path))
        if found:
            yield HistorySetting(
                f"scanner-rules-{tool}",
                f"the repository tells {tool} what to pass over",
                Severity.LOW,
                "opensafe does not obey it: what it allows was read and judged like everything else",
                "read the list: it often says where secrets are, or were",
                found,
            )
