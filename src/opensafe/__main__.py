"""`python -P -m opensafe`: the documented way where generated programs are blocked."""

from opensafe.cli.main import run

if __name__ == "__main__":
    run()
