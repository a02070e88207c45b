"""Versions: what comes next, and that every place agrees after a bump with nothing else changed."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from semver import Version

from opensafe.errors import UsageError
from opensafe.readiness.version_forms import Spelling, parse_version, spell_version
from opensafe.readiness.versions import bump_files, existing_line, next_version, tag_style, version_places

# Each kind of place, with text around it that must stay, and other "versions" that are none.
TEMPLATES: Mapping[str, tuple[str, str]] = {
    "pyproject.toml": ('[tool.x]\nversion = "9.9.9"\n[project] # x\nname = "x"\nversion = "@" # keep\n', "0.3.1"),
    "setup.cfg": ("[metadata]\nname = x\nversion = @\n[options]\nversion = 9.9.9\n", "0.3.1"),
    "DESCRIPTION": ("Package: x\nVersion: @\nNote: Version: 9.9.9\nDepends: R (>= 4.1.0)\n", "0.3.1.9000"),
    "package.json": ('{"a": {"version": "9.9.9"},\n  "version" : "@",\n "b": {"version": "8.8.8"}}\n', "0.3.1"),
    "src/x/__init__.py": ('"""X."""\r\n__version__ = "@"  # keep\r\n', "0.3.1"),
    "y/_version.py": ("__version__: str = '@'\n", "0.3.1"),
    "VERSION": ("@\n", "v0.3.1"),
    "CITATION.cff": ("cff-version: 1.2.0\nversion: '@' # keep\n", "v0.3.1"),
    "publiccode.yml": ('publiccodeYmlVersion: "0"\nsoftwareVersion: "@"\n', "0.3.1"),
    "codemeta.json": ('{"version": "@", "softwareVersion": "7.7.7"}', "0.3.1"),
}
FILES = {path: text.replace("@", now).encode() for path, (text, now) in TEMPLATES.items()}

releases = st.builds(Version, *[st.integers(0, 99_999)] * 3)
subsets = st.sets(st.sampled_from(sorted(TEMPLATES)), min_size=1)


def test_every_place_is_found_once_the_leading_one_first() -> None:
    places = version_places(FILES)
    assert {place.path: place.found for place in places} == {path: now for path, (_, now) in TEMPLATES.items()}
    assert len(places) == len(TEMPLATES)
    assert places[0].path == "pyproject.toml"


@settings(deadline=None, max_examples=60)
@given(subsets, releases)
def test_after_a_bump_all_places_agree_and_nothing_else_changed(paths: set[str], version: Version) -> None:
    files = {path: FILES[path] for path in paths}
    bumped = {**files, **bump_files(files, version)}
    assert {parse_version(p.found, p.spelling) for p in version_places(bumped)} == {version}
    for path in paths:
        text, now = TEMPLATES[path]
        written = f"v{version}" if now.startswith("v") else str(version)
        assert bumped[path] == text.replace("@", written).encode()
    assert bump_files(bumped, version) == {}


def test_what_states_no_version_is_no_place() -> None:
    files = {
        "pyproject.toml": b'[project]\ndynamic = ["version"]\n[tool.x]\nversion = "1.0.0"\n',
        "setup.cfg": b"[metadata]\nversion = attr: x.__version__\n",
        "VERSION": b"${yyyy}${mm}${dd}\n",
        "package.json": b'{"a": {"version": "1.0.0"}}',
        "DESCRIPTION": b"This text describes Version: 1.0.0\n",
        "deep/er/x/__init__.py": b'__version__ = "1.0.0"\n',
    }
    assert version_places(files) == ()
    assert bump_files(files, Version(1, 0, 0)) == {}


def _pyproject(version: str) -> dict[str, bytes]:
    return {"pyproject.toml": f'[project]\nversion = "{version}"\n'.encode()}


def _description(version: str) -> dict[str, bytes]:
    return {"DESCRIPTION": f"Package: x\nVersion: {version}\n".encode()}


@pytest.mark.parametrize(
    ("tags", "files", "following"),
    [
        ([], {}, "0.1.0"),
        ([], _pyproject("0.3.1"), "0.3.1"),
        (["v0.3.1"], _pyproject("0.3.1"), "0.3.2"),
        (["v0.3.0"], _pyproject("0.3.1"), "0.3.1"),
        (["v0.4.0"], _pyproject("0.3.1"), "0.4.1"),
        (["1.2.3", "v1.2.2"], {}, "1.2.4"),
        (["v1.2"], {}, "1.2.1"),
        (["january", "release"], {}, "0.1.0"),
        ([], _pyproject("0.4.0.dev3"), "0.4.0"),
        ([], _pyproject("0.4.0rc1"), "0.4.0-rc.1"),
        ([], _description("0.0.0.9000"), "0.1.0"),
        ([], _description("1.2.0.9000"), "1.2.0"),
        (["v1.2.0"], _description("1.2.0.9000"), "1.2.1"),
        ([], _description("1.2"), "1.2.0"),
        ([], _description("1.2-3"), "1.2.3"),
    ],
)
def test_the_next_version_continues_the_line(tags: list[str], files: dict[str, bytes], following: str) -> None:
    assert str(next_version(tags, files)) == following


@settings(deadline=None, max_examples=60)
@given(st.lists(releases.map(lambda version: f"v{version}"), max_size=5), st.none() | releases)
def test_the_next_version_is_new_and_not_behind(tags: list[str], stated: Version | None) -> None:
    files = {} if stated is None else _pyproject(str(stated))
    following = next_version(tags, files)
    assert f"v{following}" not in tags
    assert all(following > Version.parse(tag[1:]) for tag in tags)
    assert stated is None or following >= stated
    assert (existing_line(tags, files) is None) == (not tags and stated is None)


@pytest.mark.parametrize(
    ("tags", "style"),
    [
        ([], "v"),
        (["v1.0.0"], "v"),
        (["1.0.0"], ""),
        (["v1.0.0", "1.1.0"], ""),
        (["1.0.0", "v1.1.0"], "v"),
        (["x"], "v"),
    ],
)
def test_tags_keep_their_habit(tags: list[str], style: str) -> None:
    assert tag_style(tags) == style


@settings(deadline=None, max_examples=60)
@given(releases, st.sampled_from([None, "alpha.1", "beta.2", "rc.3"]))
def test_what_python_writes_is_read_back(version: Version, pre: str | None) -> None:
    full = version.replace(prerelease=pre)
    assert parse_version(spell_version(full, Spelling.PYTHON), Spelling.PYTHON) == full


@pytest.mark.parametrize(("spelling", "pre"), [(Spelling.R, "rc.1"), (Spelling.PYTHON, "preview.x")])
def test_a_version_without_a_form_is_refused(spelling: Spelling, pre: str) -> None:
    with pytest.raises(UsageError) as raised:
        spell_version(Version(1, 0, 0, pre), spelling)
    assert raised.value.remedy


@pytest.mark.parametrize("text", ["", "1", "a.b.c", "1!2.0", "1.2.3.4.5", "9" * 200])
def test_what_is_no_version(text: str) -> None:
    assert parse_version(text, Spelling.R) is None
    assert parse_version(text, Spelling.PYTHON) is None or text == "1"
