"""Sees all that a command lets out: what it prints, writes, and hands to the programs that it starts."""

import io
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fixtures.kit.evidence import forms_of
from opensafe.git import executable
from tests.journey.journey_commands import Ran

_WITNESS = """\
#!/bin/sh
{{ printf '%s\\n' "$@"; export -p; }} >> {log}
exec {git} "$@"
"""


def holding(data: bytes, values: Collection[bytes]) -> list[bytes]:
    """The values that stand in `data` in any form."""
    return [value for value in values if any(form in data for form in forms_of(value))]


def printed(ran: Ran) -> bytes:
    return f"{ran.out}\0{ran.err}".encode("utf-8", "surrogateescape")


@dataclass
class Processes:
    """The arguments and the environment of every program that was started, by the programs that we start as well."""

    log: Path
    started: list[bytes] = field(default_factory=list)

    @classmethod
    def watched(cls, patch: pytest.MonkeyPatch, folder: Path) -> "Processes":
        """A witness stands in the place of git; what is started in this process is noted besides."""
        folder.mkdir()
        found = cls(folder / "log")
        witness = folder / "bin" / "git"
        witness.parent.mkdir()
        witness.write_text(_WITNESS.format(log=shlex.quote(str(found.log)), git=shutil.which("git")), encoding="utf-8")
        witness.chmod(0o700)
        patch.setenv("PATH", str(witness.parent), prepend=":")
        patch.setattr(subprocess.Popen, "__init__", found._noting(subprocess.Popen.__init__))
        executable.git_executable.cache_clear()
        return found

    def everything(self) -> bytes:
        return b"\n".join([*self.started, self.log.read_bytes()])

    def _noting(self, original: Any) -> Any:
        def start(process: Any, arguments: Any, *rest: Any, **options: Any) -> None:
            self.started.append(repr((arguments, rest, options.get("env"), options.get("cwd"))).encode())
            original(process, arguments, *rest, **options)

        return start


def files_in(folder: Path, exclude: Collection[Path] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` by its name, with its content; what archives and workbooks hold, too."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(left_out) for left_out in exclude):
            continue
        data = path.read_bytes()
        yield str(path.relative_to(folder)), data
        yield from _members(path.name, data)


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((f"{name}: {member}", archive.read(member)) for member in archive.namelist())
