"""Each check of the proof has a sentence for people."""

import re
from pathlib import Path

import opensafe
from opensafe.reports.proof_statements import STATEMENTS, proof_statement

_CHECK_ID = re.compile(r"Check\(\s*\"([a-z-]+)\"")


def test_every_check_that_the_proof_makes_has_a_sentence_and_no_sentence_is_left_over() -> None:
    root = Path(opensafe.__file__).parent
    makers = ("steps/verify.py", "steps/verify_clone.py", "casework/second_audit.py", "casework/published_record.py")
    sources = [*(root / "proof").glob("*.py"), *(root / name for name in makers)]
    made = {name for source in sources for name in _CHECK_ID.findall(source.read_text(encoding="utf-8"))}
    assert made == set(STATEMENTS)


def test_an_unknown_check_is_shown_by_its_id() -> None:
    assert proof_statement("new-check") == "New check"
