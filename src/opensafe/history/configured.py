"""What the configuration of a source tells about it: what it hides, starts, includes, or keeps secrets in.

Nothing of it is obeyed (facts, history and rewriting, section 4). Values are never shown: only names of settings.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.config_file import ConfigSetting, config_settings
from opensafe.git.layout import SourceLayout, is_folder, read_text
from opensafe.history.git_folder import MAX_FILE
from opensafe.history.setting import HistorySetting
from opensafe.model.expressions import expression
from opensafe.model.finding import Severity

_HIDING = frozenset({"transfer.hiderefs", "uploadpack.hiderefs", "receive.hiderefs"})
_PROGRAMS = expression(
    r"core\.(?:fsmonitor|sshcommand|askpass|editor|pager|gitproxy|alternaterefscommand)|sequence\.editor|gpg\.program"
    r"|diff\.(?:external|command|textconv)|merge\.driver|filter\.(?:clean|smudge|process)|interactive\.difffilter"
    r"|(?:diff|merge)tool\.cmd|pager\..+|remote\.(?:uploadpack|receivepack|vcs)|trailer\.(?:command|cmd)"
    r"|uploadpack\.packobjectshook|credential\.helper|alias\..+|protocol\.allow"
)
_BUILT_IN = expression(
    rb"(?:true|false|never|user|git-lfs .*|git lfs .*|cache(?: .*)?|store(?: .*)?"
    rb"|manager.*|osxkeychain|wincred|libsecret)?"
)
_PLAIN_ALIAS = expression(rb"[^!].*", re.DOTALL)
_ADDRESS = expression(rb"://[^/\s:@]{0,200}:[^/\s@]{1,1000}@|://[^/\s:@]{16,1000}@")
_AUTHORISATION = expression(rb"(?i)^\s*(?:authorization|proxy-authorization|cookie|private-token|x-api-key)\s*:")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file by its path below the git folder."""

    path: bytes
    settings: Sequence[ConfigSetting]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing to tell, and which settings are of it."""

    id: str
    title: str
    severity: Severity
    why: str
    remedy: str
    chosen: Callable[[ConfigSetting], bool]


def configuration(layout: SourceLayout) -> list[ConfigFile]:
    """The files of this repository and of its linked work trees, parsed."""
    files = [Path("config"), Path("config.worktree")]
    linked = layout.common_dir / "worktrees"
    names = sorted(child.name for child in linked.iterdir() if is_folder(child)) if is_folder(linked) else []
    files += [Path("worktrees", name, "config.worktree") for name in names]
    found = [(file, read_text(layout.common_dir / file, MAX_FILE)) for file in files]
    return [
        ConfigFile(b".git/" + os.fsencode(file.as_posix()), tuple(config_settings(data)))
        for file, data in found
        if data
    ]


def _hides(setting: ConfigSetting) -> bool:
    return setting.name in _HIDING


def _starts(setting: ConfigSetting) -> bool:
    if not _PROGRAMS.fullmatch(setting.name) or _BUILT_IN.fullmatch(setting.value):
        return False
    return setting.section != "alias" or not _PLAIN_ALIAS.fullmatch(setting.value)


def _includes(setting: ConfigSetting) -> bool:
    return setting.section in {"include", "includeif"} and setting.key == "path"


def _moves_hooks(setting: ConfigSetting) -> bool:
    return setting.name == "core.hookspath"


def _holds_credentials(setting: ConfigSetting) -> bool:
    is_header = setting.name == "http.extraheader" and _AUTHORISATION.match(setting.value)
    return bool(is_header or _ADDRESS.search(setting.value) or _ADDRESS.search(setting.subsection))


_KINDS = (
    _Kind(
        "hidden-refs",
        "the configuration hides refs from clones",
        Severity.MEDIUM,
        "a clone lacks them; here they were read",
        "look at what hides behind them before you trust a clone of this repository",
        _hides,
    ),
    _Kind(
        "programs-in-config",
        "the configuration names programs that git would start",
        Severity.LOW,
        "none of them was started",
        "read them before you run git in this folder; they are not published",
        _starts,
    ),
    _Kind(
        "hooks-elsewhere",
        "hooks are looked for in another folder",
        Severity.LOW,
        "what lies outside the repository was not read",
        "look into that folder yourself",
        _moves_hooks,
    ),
    _Kind(
        "included-configuration",
        "the configuration includes other files",
        Severity.LOW,
        "files outside the repository were not read",
        "look into those files yourself",
        _includes,
    ),
    _Kind(
        "credentials-in-config",
        "the configuration seems to hold credentials",
        Severity.HIGH,
        "it is not published, but whoever copies the folder has them",
        "rotate them, and let a credential helper keep the new ones",
        _holds_credentials,
    ),
)


def configured(layout: SourceLayout) -> Iterator[HistorySetting]:
    """One setting for each kind of thing that the configuration tells, with the names and files in which it stands."""
    files = configuration(layout)
    for kind in _KINDS:
        held = [(file.path, setting.name) for file in files for setting in file.settings if kind.chosen(setting)]
        if held:
            names = ", ".join(sorted({name for _, name in held}))
            paths = tuple(sorted({path for path, _ in held}))
            yield HistorySetting(kind.id, kind.title, kind.severity, f"{kind.why} ({names})", kind.remedy, paths)
