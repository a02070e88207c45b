"""Says where the case is and what comes next."""

from opensafe.casefile.folder import Case
from opensafe.casework.journey import Journey, journey


def status(case: Case) -> Journey:
    """Every step with its state, the next one, and the exit code that `--exit-code` gives."""
    return journey(case)
