"""`python -P -m opensafe`: the documented way where generated programs are blocked. The entry point of both."""

import gc
import sys

_OBJECTS_BETWEEN_COLLECTIONS = 500_000
"""A command makes much that lives to its end (modules, findings, rows) and hardly a cycle: to look costs a third."""


def main() -> None:
    """Run the command line. It is imported here, so that Ctrl-C in the first moment ends as it does later."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from opensafe.cli.main import run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
