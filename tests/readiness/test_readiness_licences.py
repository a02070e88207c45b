"""Licence texts are recognised as code hosts recognise them, and files of any spelling are found."""

import hashlib
import re

import pytest

from opensafe.errors import UsageError
from opensafe.readiness.licence_declarations import declared_licences
from opensafe.readiness.licences import (
    SHIPPED,
    Verdict,
    compatibility,
    copyright_line,
    find_licence_file,
    governing_licence,
    has_copyright_notice,
    has_placeholders,
    identify,
    licence_text,
)

MIT = licence_text("MIT")
FILLED = MIT.replace("<year> <copyright holders>", "2026 Example Trust")
LONG_LINE = "\nThis software must not be used for the care of patients without approval.\n"


@pytest.mark.parametrize("spdx", SHIPPED)
def test_every_shipped_text_is_recognised_wherever_lines_break(spdx: str) -> None:
    text = licence_text(spdx)
    notice = "Copyright (c) 2026 Example Trust\n\n"
    assert identify(text.encode()) == spdx
    assert identify((notice + text).encode()) == spdx
    assert identify(text.replace("\n", "\r\n").encode()) == spdx
    assert identify(re.sub(r"[ \t]+", "  ", text).encode()) == spdx
    assert identify(text.upper().encode()) == spdx


@pytest.mark.parametrize(
    "text",
    [
        FILLED.replace("MIT License", "# MIT Licence"),
        FILLED.replace("MIT License", "The MIT License (MIT)"),
        FILLED.replace("2026 Example Trust", "2026 One\nCopyright (c) 2025 Another"),
        FILLED.replace("2026 Example Trust", "2026 Crown Copyright (Example Department)"),
        FILLED.replace("Copyright (c) 2026 Example Trust", "© Crown copyright 2026"),
    ],
)
def test_the_layouts_that_code_hosts_take_for_mit(text: str) -> None:
    assert identify(text.encode()) == "MIT"
    assert has_copyright_notice(text.encode())


@pytest.mark.parametrize(
    "text", [FILLED + LONG_LINE, FILLED + licence_text("OGL-UK-3.0"), "", "All rights reserved.", "MIT"]
)
def test_what_is_more_or_less_than_one_licence_is_none(text: str) -> None:
    assert identify(text.encode()) == ""


def test_unfilled_holders_are_placeholders_and_the_appendix_of_a_licence_is_not() -> None:
    assert has_placeholders(MIT.encode())
    assert has_placeholders(MIT.replace("<year> <copyright holders>", "2026 {{ cookiecutter.author }}").encode())
    assert not has_placeholders(FILLED.encode())
    for spdx in ("Apache-2.0", "GPL-3.0-only", "OGL-UK-3.0"):
        assert not has_placeholders(licence_text(spdx).encode())


def test_a_licence_as_published_states_nobodys_copyright() -> None:
    for spdx in SHIPPED:
        assert not has_copyright_notice(licence_text(spdx).encode())


def test_texts_are_those_that_were_compared_with_the_spdx_list() -> None:
    digests = {spdx: hashlib.sha256(" ".join(licence_text(spdx).split()).encode()).hexdigest()[:16] for spdx in SHIPPED}
    assert digests == {
        "MIT": "c963879647034d6c",
        "Apache-2.0": "0ffddef9e48f8a09",
        "GPL-3.0-only": "972a178adadacfbd",
        "OGL-UK-3.0": "25d61959d627c29f",
    }


def test_a_licence_that_is_not_shipped_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError) as raised:
        licence_text("WTFPL")
    assert "MIT" in raised.value.remedy


@pytest.mark.parametrize(
    "name",
    [
        *("LICENCE", "license", "LICENSE.md", "Licence.TXT", "UNLICENSE", "unlicence.md", "COPYING", "copying.txt"),
        *("LICENSE-MIT", "LICENSE.MIT", "MIT-LICENSE.txt", "LICENSE.rst"),
    ],
)
def test_licence_files_are_found_in_any_spelling(name: str) -> None:
    assert find_licence_file(["README.md", name, "src/LICENSE"]) == name


@pytest.mark.parametrize(
    "name", ["src/LICENCE", "license.py", "licences.csv", "LICENSE.note", "licensing.md", "docs/licence.md"]
)
def test_what_is_no_licence_file(name: str) -> None:
    assert find_licence_file([name]) is None


def test_the_stub_of_an_r_package_is_not_the_licence() -> None:
    files = {"LICENSE": b"YEAR: 2026\nCOPYRIGHT HOLDER: Example Trust\n", "LICENSE.md": FILLED.encode()}
    assert governing_licence(files) == "LICENSE.md"
    assert governing_licence({"LICENSE": files["LICENSE"]}) == "LICENSE"
    assert governing_licence({}) is None


@pytest.mark.parametrize(
    ("holder", "crown", "line"),
    [
        ("Example Trust", None, "Copyright (c) 2026 Example Trust"),
        ("Example Trust", False, "Copyright (c) 2026 Example Trust"),
        ("Example Department", True, "Copyright (c) 2026 Crown Copyright (Example Department)"),
        ("", True, "Copyright (c) 2026 Crown Copyright"),
        ("", None, "Copyright (c) 2026 <copyright holders>"),
        (" Trust\nof\x1b[31m Lines ", None, "Copyright (c) 2026 Trust of\\x1b[31m Lines"),
    ],
)
def test_only_a_crown_body_states_crown_copyright(holder: str, crown: bool | None, line: str) -> None:
    assert copyright_line(holder, 2026, crown) == line


@pytest.mark.parametrize(
    ("component", "outbound", "verdict"),
    [
        ("MIT", "GPL-3.0-only", Verdict.YES),
        ("Apache-2.0", "MIT", Verdict.CONDITIONS),
        ("Apache-2.0", "GPL-3.0-or-later", Verdict.YES),
        ("MPL-2.0", "MIT", Verdict.CONDITIONS),
        ("GPL-3.0-or-later", "MIT", Verdict.NO),
        ("GPL-2.0-or-later", "GPL-3.0-only", Verdict.YES),
        ("GPL-2.0-only", "GPL-3.0-only", Verdict.NO),
        ("AGPL-3.0-only", "GPL-3.0-only", Verdict.ASK),
        ("", "MIT", Verdict.NO),
        ("EUPL-1.2", "MIT", Verdict.ASK),
        ("MIT", "EUPL-1.2", Verdict.ASK),
    ],
)
def test_which_component_goes_into_which_project(component: str, outbound: str, verdict: Verdict) -> None:
    assert compatibility(component, outbound).verdict is verdict


@pytest.mark.parametrize(
    ("path", "text", "licences"),
    [
        ("pyproject.toml", b'[project]\nlicense = "MIT OR Apache-2.0"\n', {"MIT", "Apache-2.0"}),
        ("pyproject.toml", b'[project]\nclassifiers = ["License :: OSI Approved :: MIT License"]\n', {"MIT"}),
        ("DESCRIPTION", b"Package: x\nLicense: GPL (>= 3)\n", {"GPL-3.0"}),
        ("DESCRIPTION", b"Package: x\nLicense: MIT + file LICENSE\n", {"MIT"}),
        ("DESCRIPTION", b"Package: x\nLicense: `use_mit_license()` or friends\n", set()),
        ("package.json", b'{"license": "GPL-3.0-or-later"}', {"GPL-3.0"}),
        ("package.json", b'{"license": "UNLICENSED"}', set()),
        ("CITATION.cff", b"cff-version: 1.2.0\nlicense: 'MIT'\n", {"MIT"}),
        ("pyproject.toml", b"not toml", set()),
    ],
)
def test_what_manifests_say(path: str, text: bytes, licences: set[str]) -> None:
    assert declared_licences({path: text}).get(path, frozenset()) == licences
