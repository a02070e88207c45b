"""The team's own choices as they stand in `plan.json`."""

from collections.abc import Mapping
from typing import Any

from opensafe.model.choices import Choices, CommitChoices, FileChoices, NamedFile, PeopleChoices, RefChoices


def choices_from(stored: Mapping[str, Any]) -> Choices:
    """What `dataclasses.asdict` and JSON made of them, taken back."""
    people = stored["people"]
    return Choices(
        files=FileChoices(**_with_tuples(stored["files"])),
        refs=RefChoices(**_with_tuples(stored["refs"])),
        people=PeopleChoices(**{**people, "mailmap": _named(people["mailmap"])}),
        replace=_named(stored["replace"]),
        commits=CommitChoices(**_with_tuples(stored["commits"])),
    )


def _with_tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _named(stored: Mapping[str, str] | None) -> NamedFile | None:
    return None if stored is None else NamedFile(**stored)
