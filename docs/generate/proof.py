"""`docs/proof.md`: what the proof is tested with, from the catalogue of sabotage in its tests."""

from collections.abc import Sequence

from docs.generate.markdown import escaped, page, table
from opensafe.reports.proof_statements import STATEMENTS
from tests.proof.forger import Sabotage
from tests.proof.sabotage_changes import CHANGED
from tests.proof.sabotage_values import VALUES_LEFT

_HEAD = """\
# The proof

What `opensafe verify` tests, and what it is tested with. This page is generated: `python -m docs.generate`.

`opensafe verify` holds `public.git` against the source, commit by commit and file by file. It searches every object for
every value that was to go, and audits the result again.

`opensafe verify --against CLONE` is for somebody else, later. It needs the case and a clone, and reads the clone as a
foreign source. Make the clone anew: `git clone --mirror URL CLONE`. Shallow clones are incomplete (exit code 11), and
clones that borrow objects are refused.

- Refs and commits are compared with what the case recorded. Commits that were built on top since are counted.
- No commit, file or tag that the rewrite replaced may be there, however it came back.
- Every object is hashed again, so that each is what its id says.
- Values are read again from the source, else from the backup. Where neither is there, that is said. Then only the
  detectors and the key of the case look for them.
- The outcome goes into the log of the case. It is 12 where something is not as proven.
"""
_SABOTAGE = """\
## Sabotage

A result is built as it should be. Then one thing in it is forged, and all else is made to fit: refs, claim, and nothing
unreachable is left. The check that should notice has to fail. Each row is tested three times:
along the history, with files that stay and with files that move, and commit by commit.
"""


def proof_page() -> str:
    total = f"{len(VALUES_LEFT) + len(CHANGED)} ways to spoil a result: {len(VALUES_LEFT)} places and forms in which a"
    total += f" value may be left, and {len(CHANGED)} things that nobody decided or that must not be there."
    checks = table(("Check", "It passes when"), ((f"`{name}`", escaped(text)) for name, text in STATEMENTS.items()))
    return page(
        [
            _HEAD,
            "## Checks\n",
            *checks,
            "",
            _SABOTAGE,
            total,
            "",
            *_listed("A value left in", VALUES_LEFT),
            "",
            *_listed("Forged", CHANGED),
        ]
    )


def _listed(title: str, catalogue: Sequence[Sabotage]) -> list[str]:
    rows = ((escaped(row.what), ", ".join(f"`{check}`" for check in sorted(row.checks))) for row in catalogue)
    return table((title, "Checks that must fail"), rows)
