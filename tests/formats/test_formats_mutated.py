"""No damage makes a format raise, and every format is fuzzed: a short run of what docs/fuzzing.md reports."""

import random

import pytest

from opensafe.formats.content import Format
from opensafe.formats.decode import decode
from opensafe.formats.registry import FORMATS
from tests.formats.exercise import exercise
from tests.formats.mutations import mutated
from tests.formats.seeds import contents, name_of, seeds_of

SEEDS = contents()


@pytest.mark.parametrize("form", FORMATS, ids=name_of)
def test_damaged_files_never_raise(form: Format) -> None:
    seeds = seeds_of(form, SEEDS)
    assert seeds
    chance = random.Random(name_of(form))  # noqa: S311 - the same cases each time
    recognised = sum(exercise(form, mutated(seeds, chance)) for _ in range(80))
    assert recognised > 10


def test_decoding_damaged_files_never_raises() -> None:
    chance = random.Random(7)  # noqa: S311 - the same cases each time
    files = [content.data for content in SEEDS]
    for _ in range(150):
        data = mutated(files, chance)
        assert decode(data).parts
