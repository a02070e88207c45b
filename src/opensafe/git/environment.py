"""The environment that every git of ours runs in: nothing of the user's, nothing of the source's.

Each setting is there because something got round its absence (facts, history and rewriting, section 2).
"""

import os
from collections.abc import Mapping
from pathlib import Path

from opensafe.git.executable import git_executable

SEALED = Path(__file__).parent / "sealed"
"""A folder that holds one empty file: HOME, configuration and attributes of every git we start."""

EMPTY = SEALED / "empty"

_PASSED_ON = ("SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "TMPDIR", "WINDIR", "COMSPEC")

_CONFIG = {
    # A forged commit-graph or multi-pack index hides commits from rev-list and fast-export.
    "core.commitGraph": "false",
    "core.multiPackIndex": "false",
    # Programs that a configuration could name.
    "core.fsmonitor": "false",
    "core.hooksPath": (SEALED / "no-hooks").as_posix(),
    "core.attributesFile": EMPTY.as_posix(),
    "core.excludesFile": EMPTY.as_posix(),
    "core.pager": "cat",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
    # Bytes stay as they are.
    "core.autocrlf": "false",
    "core.quotePath": "false",
    "core.precomposeUnicode": "false",
    # Nothing happens behind our back.
    "gc.auto": "0",
    "maintenance.auto": "false",
    "core.logAllRefUpdates": "false",
    "init.defaultBranch": "main",
    "advice.graftFileDeprecated": "false",
}


IN_ORDER = {"core.deltaBaseCacheLimit": "16m", "core.packedGitLimit": "16m", "core.packedGitWindowSize": "1m"}
"""For a git that reads in the order of the packs: it is as fast, and keeps less in memory."""


def sealed_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables for a git process: an allow-list, no inherited GIT_*, sealed configuration and `more` of it."""
    config = _CONFIG | dict(more or {})
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    env |= {
        "PATH": str(Path(git_executable()).parent),
        "HOME": str(SEALED),
        "XDG_CONFIG_HOME": str(SEALED),
        "LC_ALL": "C",
        "TZ": "UTC",
        "NoDefaultCurrentDirectoryInExePath": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(EMPTY),
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": str(EMPTY),
        # The promisor of a partial clone may name a program: both are needed, older git ignores the first.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "false",
        "GIT_CONFIG_COUNT": str(len(config)),
    }
    for number, (key, value) in enumerate(config.items()):
        env[f"GIT_CONFIG_KEY_{number}"] = key
        env[f"GIT_CONFIG_VALUE_{number}"] = value
    return env
