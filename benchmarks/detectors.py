"""Recall and precision of the detectors, end to end: what is planted in a repository, and what an audit finds of it.

    python -m benchmarks.detectors [--each N] [--output docs/measured.md] [REPO …]

A repository is made with every family of credentials, identifiers and names in every surface (`benchmarks.planting`),
and audited by the public command. A value counts as found where a finding of its category stands in its place and
covers at least half of it; as exact where it covers all of it and nothing else. For each REPO, a repository that
holds none of it on purpose, findings are counted per megabyte of distinct lines.
"""

import argparse
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from benchmarks.document import with_section
from benchmarks.planting.families import IDENTIFIER, NAME, SECRET
from benchmarks.planting.repository import RULES, Planter, Spot
from opensafe.casefile.folder import Case
from opensafe.casework.team_rules import RULES_FILE
from opensafe.cli.main import invoke
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.place import Place, PlaceKind
from opensafe.scan.values import Contents

_TITLE = "Planted values, end to end"
_SEED = "planted"
_ENOUGH = 0.95
_MEGABYTE = 1_000_000
_GROUPS = (SECRET, IDENTIFIER, NAME)

EXACT, FOUND, LOW, MISSED = "exact", "found", "low", "missed"
Outcomes = Counter[str]


def audited(source: Path, folder: Path, rules: str = "") -> Case:
    """The case in `folder` after `opensafe start` and `opensafe audit`, with these rules of the team."""
    _run("--case", str(folder), "start", str(source))
    if rules:
        (folder / RULES_FILE).write_text(rules, encoding="utf-8")
    _run("--case", str(folder), "audit", "--workers", "1")
    return Case.open(folder)


def _run(*words: str) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        code = invoke(["--no-input", "--quiet", *words])
    if code not in {0, 10, 11}:
        raise SystemExit(f"opensafe {words[2]} ended with {code}: {said.getvalue()}")


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding at one place, and the text that it covers there."""

    finding: Finding
    text: str = field(repr=False)

    @property
    def is_sure(self) -> bool:
        return self.finding.confidence is not Confidence.LOW

    def covers(self, value: str) -> bool:
        """All of the value, or half of it and nothing else."""
        return value in self.text or (self.text in value and 2 * len(self.text) >= len(value))


class Judge:
    """Says of every spot what was seen there. A question about a file counts where the file is what was planted."""

    def __init__(self, case: Case, spots: Sequence[Spot], ids: dict[int, str]) -> None:
        self._spots = {_key(case, spot, ids): spot for spot in spots}
        self._contents = {key: Contents(spot.text) for key, spot in self._spots.items()}
        self.seen: dict[Spot, list[Seen]] = {spot: [] for spot in spots}
        self.spots_of: dict[Finding, list[tuple[Spot, Seen]]] = defaultdict(list)
        places = case.index.all_places()
        for finding in case.index.findings():
            for place in places[finding.id]:
                self._note(finding, place)

    def _note(self, finding: Finding, place: Place) -> None:
        key = {PlaceKind.PATH: place.path_key, PlaceKind.REF_NAME: place.ref_key}.get(place.kind, place.oid)
        if key not in self._spots or place.kind is PlaceKind.IDENTITY:
            return
        content = self._contents[key].at(place.via)
        if content is not None and self._spots[key].is_file == (finding.form is Form.FILE):
            seen = Seen(finding, _as_planted(content[place.start : place.end]))
            self.seen[self._spots[key]].append(seen)
            self.spots_of[finding].append((self._spots[key], seen))

    def outcome(self, spot: Spot, value: str) -> str:
        """What became of one value."""
        if spot.is_file:
            grave = [seen for seen in self.seen[spot] if seen.finding.severity.rank <= Severity.HIGH.rank]
            return EXACT if grave else LOW if self.seen[spot] else MISSED
        about = [seen for seen in self.seen[spot] if not spot.accepts or seen.finding.category in spot.accepts]
        covering = [seen for seen in about if seen.covers(value)]
        sure = [seen for seen in covering if seen.is_sure]
        if any(seen.text == value for seen in sure):
            return EXACT
        return FOUND if sure else LOW if covering else MISSED

    def verdict(self, finding: Finding) -> str:
        """Whether a finding is about something planted (`right`), beside it (`beside`), or about nothing (`false`)."""
        spots = self.spots_of[finding]
        if any(seen.covers(value) for spot, seen in spots if spot.group for value in spot.values):
            return "right"
        return "beside" if any(spot.group for spot, _ in spots) else "false"


def _as_planted(text: bytes) -> str:
    """What is covered, without what stands between the lines of a key in a comment or in a file of Windows."""
    return text.decode("utf-8", "replace").replace("\r", "").replace("\n# ", "\n").strip("\n")


def _key(case: Case, spot: Spot, ids: dict[int, str]) -> str:
    if spot.is_name:
        return case.key.name(spot.text)
    return spot.oid if spot.mark is None else ids[spot.mark]


def counted_by(judge: Judge, key: Callable[[Spot], str], groups: Iterable[str]) -> dict[str, Outcomes]:
    """Outcomes of all values in spots of these groups, put together by a key."""
    counted: dict[str, Outcomes] = defaultdict(Counter)
    for spot in judge.seen:
        if spot.group in groups:
            counted[key(spot)].update(judge.outcome(spot, value) for value in spot.values)
    return counted


def recall(outcomes: Outcomes) -> float:
    return (outcomes[EXACT] + outcomes[FOUND]) / max(1, outcomes.total())


def seen(outcomes: Outcomes) -> float:
    """The share that is reported at all."""
    return 1 - outcomes[MISSED] / max(1, outcomes.total())


def _share(figure: float) -> str:
    return f"{figure:.2f}"


def _figures(outcomes: Outcomes) -> tuple[str, ...]:
    shares = recall(outcomes), seen(outcomes), outcomes[EXACT] / outcomes.total()
    return f"{outcomes.total():,}", *map(_share, shares), f"{outcomes[MISSED]:,}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


_HEAD = ("values", "recall", "with low", "exact", "missed")


def _by_group(judge: Judge) -> str:
    counted = counted_by(judge, lambda spot: spot.group, _GROUPS)
    return _table(("", *_HEAD), [(group, *_figures(counted[group])) for group in _GROUPS])


def _by_surface(judge: Judge) -> str:
    each = {group: counted_by(judge, lambda spot: spot.surface, [group]) for group in _GROUPS}
    surfaces = dict.fromkeys(spot.surface for spot in judge.seen if spot.group)
    rows = [
        (surface, *(_share(recall(each[group][surface])) if each[group][surface] else "" for group in _GROUPS))
        for surface in surfaces
    ]
    return _table(("surface", *_GROUPS), rows)


def _by_family(judge: Judge) -> str:
    counted = counted_by(judge, lambda spot: spot.family, _GROUPS)
    return _table(("family", *_HEAD), [(family, *_figures(outcomes)) for family, outcomes in counted.items()])


def _below(judge: Judge) -> str:
    """The families with surfaces in which fewer than 95 in 100 are reported at all."""
    rows = []
    for family in dict.fromkeys(spot.family for spot in judge.seen if spot.group):
        here = {spot.surface: counted for spot in judge.seen if spot.family == family and (counted := _of(judge, spot))}
        low = {name: share for name, counted in here.items() if (share := seen(counted)) < _ENOUGH}
        if low:
            rows.append((family, f"{len(low)} of {len(here)}", _shares(low, everywhere=len(low) == len(here))))
    return _table(("family", "surfaces", "share reported there"), rows)


def _shares(low: Mapping[str, float], *, everywhere: bool) -> str:
    if everywhere:
        return f"{_share(min(low.values()))} to {_share(max(low.values()))}, everywhere"
    return ", ".join(f"{surface} {_share(share)}" for surface, share in low.items())


def _of(judge: Judge, of: Spot) -> Outcomes:
    alike = (spot for spot in judge.seen if (spot.family, spot.surface) == (of.family, of.surface))
    return Counter(judge.outcome(spot, value) for spot in alike for value in spot.values)


def _by_detector(judge: Judge) -> str:
    counted: dict[str, Outcomes] = defaultdict(Counter)
    for finding in judge.spots_of:
        if finding.confidence is not Confidence.LOW:
            for witness in finding.witnesses:
                counted[witness][judge.verdict(finding)] += 1
    rows = [
        (name, f"{c['right']:,}", f"{c['false']:,}", f"{c['beside']:,}", _share(c["right"] / (c["right"] + c["false"])))
        for name, c in sorted(counted.items())
        if c["right"] + c["false"]
    ]
    return _table(("detector", "right", "false", "beside", "precision"), rows)


def _by_negative(judge: Judge) -> str:
    counted: dict[str, Outcomes] = defaultdict(Counter)
    for spot in judge.seen:
        if not spot.group:
            counted[spot.family].update(judge.outcome(spot, value) for value in spot.values)
    rows = [(kind, f"{c.total():,}", f"{c[EXACT] + c[FOUND]:,}", f"{c[LOW]:,}") for kind, c in counted.items()]
    return _table(("what", "lines", "reported", "low only"), rows)


def planted(each: int, folder: Path) -> Judge:
    """A planted repository, audited."""
    planter = Planter(_SEED, each)
    ids = planter.plant(folder / "planted")
    case = audited(folder / "planted", folder / "case", RULES)
    return Judge(case, planter.spots, {int(mark): oid for mark, oid in ids.items()})


def distinct_bytes(source: Path) -> int:
    """Bytes of the distinct lines of all blobs that are text."""
    lines: dict[int, int] = {}
    for data in _blobs(source):
        if b"\0" not in data[:8000]:
            lines.update((hash(line), len(line) + 1) for line in data.split(b"\n"))
    return sum(lines.values())


def _blobs(source: Path) -> Iterator[bytes]:
    command = ["git", "-C", str(source), "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as git:
        assert git.stdout
        while header := git.stdout.readline():
            kind, size = header.split()[1], int(header.split()[2])
            data = git.stdout.read(size + 1)[:-1]
            if kind == b"blob":
                yield data


def _is_grave(finding: Finding) -> bool:
    return finding.category is Category.SECRET and finding.severity.rank <= Severity.HIGH.rank


_OTHERS = """\
### In repositories of others

Distinct findings of high or medium confidence. Those that stand in data files only are left out: they are decided with
their file. What is found there may be true: some hold synthetic patients, or secrets to learn from.

"""
_CLEAN: dict[str, Callable[[Finding], bool]] = {
    "NHS numbers": lambda f: f.form is Form.NHS_NUMBER and f.severity is not Severity.INFO,
    "names (not of its own people)": lambda f: f.category is Category.NAME and f.person is None,
    "names of its own people": lambda f: f.category is Category.NAME and f.person is not None,
    "full postcodes": lambda f: f.form is Form.POSTCODE,
    "credentials, high or critical": _is_grave,
}


def clean(sources: Sequence[Path], folder: Path) -> str:
    """Distinct findings that are sure and wait for a decision of their own, in repositories of others."""
    rows = [["megabytes of distinct text"], *([name] for name in _CLEAN)]
    for number, source in enumerate(sources):
        case = audited(source, folder / f"clean-{number}")
        size = distinct_bytes(source) / _MEGABYTE
        findings = [finding for finding in case.index.findings() if not finding.covered_by]
        sure = [finding for finding in findings if finding.confidence is not Confidence.LOW]
        rows[0].append(f"{size:.1f}")
        for row, takes in zip(rows[1:], _CLEAN.values(), strict=True):
            count = sum(map(takes, sure))
            row.append(f"{count:,} ({count / size:.1f})")
    return _table(("found (per MB)", *(source.name for source in sources)), rows)


def section(judge: Judge, each: int, found_in_clean: str) -> str:
    planted_values = sum(len(spot.values) for spot in judge.seen if spot.group)
    return f"""\
## {_TITLE}

Made by `python -m benchmarks.detectors --each {each} --output docs/measured.md REPO …`: {planted_values:,} values in a
repository, audited by the public command. Recall counts what is reported with high or medium confidence, and "with
low" whatever is reported. Exact is what is covered from its first to its last character. NHS numbers come from the
range for tests, which is reported with low confidence. The generator shares nothing with the detectors.

{_by_group(judge)}
### By surface

{_by_surface(judge)}
### By family

{_by_family(judge)}
### Where fewer than 95 in 100 are reported

{_below(judge)}
### By detector

A finding is right where it covers a planted value, false where it stands in text that holds none. Beside are those
about other words of a planted line: its server, its user.

{_by_detector(judge)}
### What is none of it

{_by_negative(judge)}
{found_in_clean}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", nargs="*", type=Path, metavar="REPO", help="repositories that hold none on purpose")
    parser.add_argument("--each", type=int, default=6, help="values of each family in each surface")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve()
        found = ""
        if options.clean:
            sources = [source.resolve() for source in options.clean]
            found = _OTHERS + clean(sources, folder)
        made = section(planted(options.each, folder), options.each, found)
    if options.output:
        whole = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
        options.output.write_text(with_section(whole, made), encoding="utf-8", newline="\n")
    print(made)


if __name__ == "__main__":
    main()
