"""The tour in the README: blocks of what `opensafe demo` really prints, with what differs each time taken out."""

import re
import subprocess
import sys
from pathlib import Path

_BLOCK = re.compile(r"(<!-- tour: (?P<which>[^>]+?) -->\n).*?(<!-- end of tour -->)", re.DOTALL)
_PLACEHOLDERS = (
    (re.compile(r"\b(F|S)-[a-z2-7]{26}\b"), r"\1-…"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r"\b[0-9a-f]{40}\b"), "<commit>"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "<date>"),
    (re.compile(r"\b[\d,]+ bytes\b"), "<n> bytes"),  # numbers in replacements have one digit or two
    (re.compile(r"\bDone in \d+ seconds\b"), "Done in <n> seconds"),
)
_PROMPT = "$ opensafe "
_TAIL = 1000  # characters of a demo that failed


def demo_output(folder: Path) -> str:
    """Run the demo in `folder`; what it prints, results and advice as a person sees them. Raises RuntimeError."""
    command = [sys.executable, "-P", "-m", "opensafe", "--no-color", "demo", str(folder)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    printed = done.stdout.decode()
    if done.returncode:
        raise RuntimeError(f"the demo ended with {done.returncode}:\n{printed[-_TAIL:]}")
    return printed.replace(f"{folder}/", "demo/").replace(str(folder), "demo")


def blocks(output: str) -> dict[str, str]:
    """The output of each command by its command line, without what differs from run to run."""
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", output):
        line = block.partition("\n")[0]
        if line.startswith(_PROMPT):
            found[_settled(line).removeprefix(_PROMPT)] = _settled(_sorted_findings(block))
    return found


def with_tour(readme: str, output: str) -> str:
    """The README with every marked block filled anew. Raises KeyError for a command that the demo does not run."""
    told = blocks(output)

    def filled(match: re.Match[str]) -> str:
        block = next((text for line, text in told.items() if line.startswith(match["which"])), None)
        if block is None:
            raise KeyError(f"the demo runs no command that begins with {match['which']!r}")
        return f"{match[1]}```console\n{block}\n```\n{match[3]}"

    return _BLOCK.sub(filled, readme)


def _settled(text: str) -> str:
    for pattern, placeholder in _PLACEHOLDERS:
        text = pattern.sub(placeholder, text)
    return text


def _sorted_findings(block: str) -> str:
    """Findings of equal weight come in the order of their ids, which each case draws by lot."""
    lines = block.split("\n")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and re.match(r"\s*F-", lines[end]):
            end += 1
        lines[at:end] = sorted(lines[at:end], key=lambda line: re.sub(r"F-\w+", "", line))
        at = end + 1
    return "\n".join(lines)
