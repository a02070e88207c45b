"""Decides with a clock that goes back a year in between. Started by a test, in a process of its own."""

import importlib
import sys

from docs.generate.stopped_clock import hold_still

clock = hold_still()
invoke = importlib.import_module("opensafe.cli.main").invoke
decide = ("decide", "--all", "--category", "secret", "--by", "Dana Tester", "--action")
for moment, words in (
    ("2022-06-01 12:00", (*decide, "redact")),
    ("2021-06-01 12:00", (*decide, "not-a-finding", "--reason", "said later, on a clock that had gone back")),
    ("2021-06-01 12:01", ("rotate", "public", "--never", "--by", "Dana Tester")),
    ("2020-02-29 23:59", ("plan",)),
    ("2022-06-02 12:00", ("report",)),
):
    clock.set(moment)
    if code := invoke(["--no-input", "--quiet", "--case", sys.argv[1], *words]):
        sys.exit(f"{words[0]} ended with {code}")
