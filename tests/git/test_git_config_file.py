"""Settings are read as git reads them, and any bytes are read in time."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.git.config_file import ConfigSetting, config_settings
from tests.git.git_kit import as_usual

_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)
_SUBSECTIONS = st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), min_size=1, max_size=12)


@settings(max_examples=25)
@given(written=st.lists(st.tuples(_SUBSECTIONS, _VALUES), min_size=1, max_size=3))
def test_what_git_writes_comes_back(written: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("config") / "config"
    for subsection, value in written:
        as_usual(file.parent, "config", "--file", str(file), "--add", f"url.{subsection}.insteadOf", value)
    assert _as_git_lists(file) == [(s.name, s.subsection, s.value) for s in config_settings(file.read_bytes())]


def _as_git_lists(file: Path) -> list[tuple[str, bytes, bytes]]:
    entries = as_usual(file.parent, "config", "--file", str(file), "--list", "--null").split(b"\0")[:-1]
    found = []
    for entry in entries:
        name, _, value = entry.partition(b"\n")
        section, _, rest = name.partition(b".")
        subsection, _, key = rest.rpartition(b".")
        found.append((f"{section.decode()}.{key.decode()}", subsection, value))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"[core]\n\tpager = less # a comment\n", [("core.pager", b"", b"less")]),
        (b"[Core]FsMonitor\n", [("core.fsmonitor", b"", b"true")]),
        (b'[a "b\\"c"] d = "e ; f" ; g\n', [("a.d", b'b"c', b"e ; f")]),
        (b"[a.B]\nc = one\\\n two\n", [("a.c", b"b", b"one two")]),
        (b"[a]\nb = x\\ty\\\\z\n", [("a.b", b"", b"x\ty\\z")]),
        (b"[a]\r\nb = c\r\n", [("a.b", b"", b"c")]),
        (b"b = c\n# [a]\n;[a]\n[a]\n; b = c\n", []),
    ],
)
def test_forms_of_settings(text: bytes, expected: list[tuple[str, bytes, bytes]]) -> None:
    assert [(s.name, s.subsection, s.value) for s in config_settings(text)] == expected


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    assert all(isinstance(setting, ConfigSetting) for setting in config_settings(b"[a]\n" + data))


def test_values_stay_out_of_representations() -> None:
    (setting,) = config_settings(b'[url "https://planted"]\n\tinsteadOf = planted\n')
    assert "planted" not in repr(setting)
