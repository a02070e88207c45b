"""`python -P -m opensafe`: the documented way where generated programs are blocked. The entry point of both."""

import sys


def main() -> None:
    """Run the command line. It is imported here, so that Ctrl-C in the first moment ends as it does later."""
    try:
        from opensafe.cli.main import run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
