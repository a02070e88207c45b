"""Says where the case is and what comes next."""

from opensafe.casefile.config import FORMAT
from opensafe.casefile.folder import Case
from opensafe.casework.journey import Journey, journey


def record_fault(case: Case) -> str:
    """What is wrong with the log, or with what it recorded, in a few words; empty where the record holds."""
    return case.log.fault() if case.config.format == FORMAT else ""  # an older format bound no ledgers


def status(case: Case) -> Journey:
    """Every step with its state, the next one, and the exit code that `--exit-code` gives."""
    return journey(case)
