"""The last answer is given again for the very same object, and for nothing else."""

from collections.abc import Sequence

from opensafe.model.last_answer import last_answer

ONE = ("a", "b")


def test_only_the_same_object_with_the_same_question_is_not_worked_out_again() -> None:
    asked: list[tuple[Sequence[str], int]] = []

    @last_answer
    def joined(parts: Sequence[str], times: int) -> list[str]:
        asked.append((parts, times))
        return ["".join(parts) * times]

    equal = (*ONE[:1], *ONE[1:])
    first = joined(ONE, 1)
    assert joined(ONE, 1) is first
    assert joined(ONE, 2) == ["abab"]
    assert joined(equal, 2) == ["abab"]
    assert joined(ONE, 1) == first
    assert [(parts is ONE, times) for parts, times in asked] == [(True, 1), (True, 2), (False, 2), (True, 1)]
