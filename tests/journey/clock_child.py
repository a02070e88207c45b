"""Runs commands, each at a moment of its own. Started by a test, in a process of its own.

On standard input: a list of [moment, [words]]; on standard output: a list of [exit code, stdout, stderr].
"""

import importlib
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from docs.generate.stopped_clock import hold_still

clock = hold_still()
invoke = importlib.import_module("opensafe.cli.main").invoke
answers: list[tuple[int, str, str]] = []
for moment, words in json.load(sys.stdin):
    clock.set(moment)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = invoke(words)
    answers.append((int(code), out.getvalue(), err.getvalue()))
json.dump(answers, sys.stdout)
