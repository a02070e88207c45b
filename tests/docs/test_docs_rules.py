"""The example in `docs/rules.md` is a file that works, and the page names every key."""

import re
from collections.abc import Callable

from opensafe.detectors.team.detector import team_detectors
from opensafe.detectors.team.schema import KEYS, read_rules
from opensafe.detectors.trial import Tried, try_all
from opensafe.model.context import Context

Text = Callable[[str], str]


def test_the_example_passes_its_own_examples(text: Text) -> None:
    found = re.search(r"```yaml\n(.*?)```", text("docs/rules.md"), re.DOTALL)
    assert found
    (rule,) = read_rules(found[1].encode(), "rules.yaml")
    (tried,) = try_all(team_detectors(rule), Context())
    assert tried == Tried(tried.card, (), ())
    assert (rule.words, rule.files, len(rule.examples)) == ((b"mrn", b"hospital no"), (b"*.sql", b"extracts/*.csv"), 1)


def test_the_page_names_every_key(text: Text) -> None:
    page = text("docs/rules.md")
    assert [key for key in KEYS if f"| `{key}` |" not in page] == []
