"""Makes `src/opensafe/detectors/letterpairs.py`: how often one letter follows another in words and identifiers.

The source is what every Python brings along: its reference (`pydoc_data.topics`) and the names and comments of its
standard library, without the tests and the tables of encodings (PSF licence). Only counts of pairs are kept, no text:

    python -m benchmarks.letterpairs

Every distinct word counts by the logarithm of its frequency, so that `self` and `the` do not drown the rest.
"""

import math
import pydoc_data.topics
import re
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/opensafe/detectors/letterpairs.py"

SYMBOLS = "abcdefghijklmnopqrstuvwxyz0"  # 0 stands for every digit
START = "^"
LEFT_OUT = ("/site-packages/", "/encodings/", "/test/", "/lib2to3/", "/idlelib/")
STEPS = 3  # steps to a bit
ZERO = ord("m")  # the letter that stands for 0 bits
SMOOTHING = 0.5
DIGIT_SHARE = 10 / 36  # of random characters

HEAD = '''"""How much likelier one character follows another in words and identifiers than in random text.

Made by `python -m benchmarks.letterpairs` from the reference and the standard library of Python {version}
({words:,} distinct words; PSF licence; counts only, no text).
"""

SYMBOLS = "{symbols}"
"""The columns: letters in any case, and 0 for every digit."""

STEPS = {steps}
"""Steps to a bit."""

ZERO = "{zero}"
"""Stands for as likely as in random text; each letter of the alphabet from there is one step."""

# fmt: off
PAIRS = {{
{rows}
}}
"""One row for each character that stands before; `^` is none."""
# fmt: on
'''


def words() -> Counter[str]:
    """Words and identifiers as they are written, in small letters, digits as 0."""
    counted: Counter[str] = Counter()
    for text in texts():
        counted.update(re.sub(r"\d", "0", word.lower()) for word in re.findall(r"[A-Za-z][A-Za-z0-9]{2,40}", text))
    return counted


def texts() -> Iterator[str]:
    yield from pydoc_data.topics.topics.values()
    library = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(library.rglob("*.py")):
        if not any(part in path.as_posix() for part in LEFT_OUT):
            yield path.read_text("utf-8", "replace")


def likelihoods(counted: Counter[str]) -> dict[str, list[float]]:
    """Bits for each pair: above 0 where it is commoner in words than in random text."""
    pairs: Counter[str] = Counter()
    for word, times in counted.items():
        for before, after in zip(START + word, word, strict=False):
            pairs[before + after] += round(4 * math.log2(1 + times))
    return {before: _row(pairs, before) for before in START + SYMBOLS}


def _row(pairs: Counter[str], before: str) -> list[float]:
    total = sum(pairs[before + after] + SMOOTHING for after in SYMBOLS)
    shares = ((pairs[before + after] + SMOOTHING) / total for after in SYMBOLS)
    return [math.log2(share / _random(after)) for share, after in zip(shares, SYMBOLS, strict=True)]


def _random(symbol: str) -> float:
    return DIGIT_SHARE if symbol == "0" else (1 - DIGIT_SHARE) / 26


def written(bits: float) -> str:
    return chr(max(ord("a"), min(ord("z"), ZERO + round(bits * STEPS))))


def main() -> None:
    counted = words()
    table = likelihoods(counted)
    rows = "\n".join(f'    "{before}": "{"".join(map(written, row))}",' for before, row in table.items())
    version = ".".join(map(str, sys.version_info[:2]))
    page = HEAD.format(version=version, words=len(counted), symbols=SYMBOLS, steps=STEPS, zero=chr(ZERO), rows=rows)
    TARGET.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
