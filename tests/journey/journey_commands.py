"""Runs opensafe as people do: by its command line, in this process, or in one of its own where that matters."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import jsonschema

from opensafe.cli.main import invoke
from opensafe.errors import ExitCode
from opensafe.reports.json_schemas import schema

PROGRAM = (sys.executable, "-P", "-m", "opensafe")


@dataclass(frozen=True, slots=True)
class Ran:
    """One command as it was typed, and what came of it."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON document that it holds, valid against the schema that it names."""
        found: dict[str, Any] = json.loads(self.out)
        name = found["schema"].removeprefix("opensafe/").removesuffix("/v1")
        jsonschema.validate(found, schema(name), jsonschema.Draft202012Validator)
        return found


def run(*words: str) -> Ran:
    """One command in this process. Nobody is there to be asked: standard input is no terminal in a test."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = invoke(words)
    return Ran(words, int(code), out.getvalue(), err.getvalue())


def run_process(*words: str, environment: Mapping[str, str] | None = None) -> Ran:
    """One command in a process of its own. Bytes that are not UTF-8 are kept as surrogates."""
    done = subprocess.run(
        [*PROGRAM, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
    )
    streams = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
    return Ran(words, done.returncode, *streams)


def assert_refused(ran: Ran, code: ExitCode, *telling: str) -> None:
    """The command failed with this code and said why and what next, on stderr, without a traceback."""
    assert (ran.code, ran.out) == (code, ""), ran
    assert ran.err.startswith("error: "), ran.err
    assert "\n  next: " in ran.err
    assert "Traceback" not in ran.err
    for text in telling:
        assert text in ran.err
