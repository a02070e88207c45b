"""The risk register: scores are products, the last line of an id holds."""

from dataclasses import replace
from datetime import date

from opensafe.model.risk import Risk, next_id, register

RISK = Risk("R-1", "A key may work", "The archive", 3, 8, "It may only read", 1, 8, "Anna", date(2026, 5, 1))


def test_scores_are_products() -> None:
    assert (RISK.score, RISK.new_score) == (24, 8)


def test_a_correction_takes_the_place_of_its_entry_and_the_gravest_comes_first() -> None:
    worse, corrected = replace(RISK, id="R-2", new_likelihood=5), replace(RISK, new_severity=2)
    assert register([RISK, worse, corrected]) == (worse, corrected)
    same = replace(RISK, id="R-10"), replace(RISK, id="R-9")
    assert [risk.id for risk in register(same)] == ["R-9", "R-10"]


def test_ids_count_on() -> None:
    assert next_id([]) == "R-1"
    assert next_id([replace(RISK, id="R-10"), RISK]) == "R-11"
