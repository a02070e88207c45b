"""What the detectors report in real code that holds none of it on purpose, for each megabyte of distinct text.

    python -m benchmarks.noise [--output docs/measured.md] REPO …

Each repository is audited by the public command. Counted are distinct findings that wait for a decision of their own:
those of high or medium confidence, and in brackets all of them. Values are neither printed nor kept.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.detectors import audited, distinct_bytes
from benchmarks.document import with_section
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity

_TITLE = "Noise in real code"
_NONE = "0 in all"
_MEGABYTE = 1_000_000


def _is_stray_number(finding: Finding) -> bool:
    return finding.form is Form.NHS_NUMBER and finding.severity is not Severity.INFO


def _is_strange_name(finding: Finding) -> bool:
    return finding.category is Category.NAME and finding.person is None and not finding.detector.endswith("user-paths")


def _is_grave_secret(finding: Finding) -> bool:
    return finding.category is Category.SECRET and finding.severity.rank <= Severity.HIGH.rank


_COUNTED: dict[str, tuple[str, Callable[[Finding], bool]]] = {
    "stray NHS numbers": (_NONE, _is_stray_number),
    "names (not of its own people)": ("5", _is_strange_name),
    "full postcodes": ("3", lambda finding: finding.form is Form.POSTCODE),
    "credentials, high or critical": ("2", _is_grave_secret),
}

Counts = dict[str, tuple[int, int]]
"""Of each kind the findings that are sure, and all of them."""


def counted(findings: Iterable[Finding]) -> Counts:
    """The findings of each kind that are not decided with their file, as secrets never are."""
    own = [finding for finding in findings if not finding.covered_by or finding.category is Category.SECRET]
    sure = [finding for finding in own if finding.confidence is not Confidence.LOW]
    return {kind: (sum(map(takes, sure)), sum(map(takes, own))) for kind, (_, takes) in _COUNTED.items()}


def _of_all(counts: Sequence[Counts]) -> Counts:
    return {kind: (sum(c[kind][0] for c in counts), sum(c[kind][1] for c in counts)) for kind in _COUNTED}


def _figures(found: tuple[int, int], size: float, kind: str) -> str:
    sure, every = found
    in_all = _COUNTED[kind][0] == _NONE
    return f"{sure:,} ({every:,})" if in_all else f"{sure / size:.1f} ({every / size:.1f})"


def section(names: Sequence[str], sizes: Sequence[float], counts: Sequence[Counts]) -> str:
    """`sizes` are megabytes of distinct lines."""
    lines = [*zip(names, sizes, counts, strict=True), ("together", sum(sizes), _of_all(counts))]
    rows = [
        ["for each megabyte", "megabytes", *_COUNTED],
        ["---"] * (len(_COUNTED) + 2),
        ["at most", "", *(most for most, _ in _COUNTED.values())],
    ]
    for name, size, found in lines:
        rows.append([name, f"{size:.1f}", *(_figures(found[kind], size, kind) for kind in _COUNTED)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"""\
## {_TITLE}

Made by `python -m benchmarks.noise --output docs/measured.md REPO …`, for each megabyte of distinct text, and NHS
numbers in all. Counted are distinct findings of high or medium confidence that wait for a decision of their own, in
brackets those of low confidence too. What is found may be true: code names its authors, and tests hold addresses.
Some of these repositories hold test data on purpose: patients, keys of test servers. The people of a repository itself
are left out, they are one decision each.

{table}
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sources", nargs="+", type=Path, metavar="REPO")
    asked.add_argument("--output", type=Path)
    given = asked.parse_args()
    sources = [source.resolve() for source in given.sources]
    with tempfile.TemporaryDirectory() as scratch:
        cases = [audited(source, Path(scratch).resolve() / str(number)) for number, source in enumerate(sources)]
        counts = [counted(case.index.findings()) for case in cases]
    sizes = [distinct_bytes(source) / _MEGABYTE for source in sources]
    made = section([source.name for source in sources], sizes, counts)
    if given.output:
        whole = given.output.read_text(encoding="utf-8") if given.output.exists() else ""
        given.output.write_text(with_section(whole, made), encoding="utf-8", newline="\n")
    print(made)


if __name__ == "__main__":
    main()
