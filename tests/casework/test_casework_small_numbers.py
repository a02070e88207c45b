"""The organisation sets its rule for small numbers in case.toml: a preset, or its own."""

from pathlib import Path

import pytest

from opensafe.casefile.config import CaseConfig
from opensafe.casefile.folder import Case
from opensafe.casework.small_numbers import small_numbers_of
from opensafe.errors import UsageError


def case_with(rule: str, folder: Path) -> Case:
    return Case.create(folder / "case", CaseConfig(source=str(folder / "source"), name="x", small_numbers=rule))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", None),
        ("opensafely", ("opensafely", 7, 5)),
        ("acro", ("acro", 9, 5)),
        ("9/5", ("custom", 9, 5)),
        (" 12 ", ("custom", 12, 0)),
    ],
)
def test_rule_is_a_preset_or_their_own(text: str, rule: tuple[str, int, int] | None, tmp_path: Path) -> None:
    found = small_numbers_of(case_with(text, tmp_path))
    assert (found and (found.name, found.threshold, found.rounding)) == rule


def test_a_rule_that_is_none_is_refused_with_the_names_of_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no rule") as caught:
        small_numbers_of(case_with("about 7", tmp_path))
    assert "hes, opensafely, acro, nes" in str(caught.value.remedy)
