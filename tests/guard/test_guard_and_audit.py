"""Guard and audit read by the same rules: over a whole history they find the same credentials and questions."""

from pathlib import Path
from typing import Any

import pytest

from fixtures.kit.story import Tell
from tests.journey.journey_commands import run

_COMPARED = {"secret", "file"}  # addresses of known people are findings about people in an audit only
_READ = {"blob", "path", "commit-message", "commit-header", "symlink-target", "submodule-url"}


def _places(document: dict[str, Any]) -> set[tuple[str, str, str, int]]:
    """Id, kind, path and offset of every place that both read."""
    return {
        (finding["id"], place["kind"], place["path"] or "", place["start"])
        for finding in document["findings"]
        if finding["category"] in _COMPARED
        for place in finding["places"]
        if place["kind"] in _READ
    }


@pytest.mark.parametrize(
    "name",
    [
        "connection_strings_in_r",
        "key_deleted_in_second_commit",
        "notebook_outputs",
        "secret_only_in_merge",
        "utf16_sql",
    ],
)
def test_the_same_places_of_the_same_findings(story: Tell, name: str, tmp_path: Path) -> None:
    source, case = str(story(name).path), str(tmp_path / "case")
    audited = run("audit", source, "--case", case, "--json").document()
    guarded = run("guard", "run", source, "--all-new", "--case", case, "--json").document()
    assert _places(guarded) == _places(audited) != set()
