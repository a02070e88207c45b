"""What the manifests say about the licence, so that no document says otherwise.

A tool once wrote an MIT licence over a project under another one (facts, policy 6): what is declared is read first.
"""

import re
from collections.abc import Callable, Mapping

from opensafe.model.expressions import expression
from opensafe.readiness.manifests import dcf_fields, json_object, table, toml_table
from opensafe.readiness.text import text_of

_SPDX = expression(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,60}")
_OPERATORS = frozenset(("AND", "OR", "WITH"))
_CFF = expression(r"^license:[ \t]{0,10}[\"']?([A-Za-z0-9][\w.+-]{1,60})[\"']?[ \t]{0,10}$", re.MULTILINE)
# How R and Python's trove classifiers write licences, as far as they are sure.
_SPELLINGS = (
    (expression(r"^MIT\b|^MIT License$"), "MIT"),
    (expression(r"^Apache License\s?(?:\((?:>=|==) 2(?:\.0)?\)|2(?:\.0)?)|^Apache Software License$"), "Apache-2.0"),
    (expression(r"^GPL-3|^GPL \(>= ?3(?:\.0)?\)|General Public License v3"), "GPL-3.0"),
    (expression(r"^GPL-2$|General Public License v2 \(GPLv2\)"), "GPL-2.0-only"),
    (expression(r"^GPL \(>= ?2(?:\.0)?\)|General Public License v2 or later"), "GPL-2.0-or-later"),
    (expression(r"^AGPL-3|Affero General Public License v3"), "AGPL-3.0"),
    (expression(r"^LGPL-3|^LGPL \(>= ?3\)|Lesser General Public License v3"), "LGPL-3.0"),
    (expression(r"^BSD_3_clause\b"), "BSD-3-Clause"),
    (expression(r"^BSD_2_clause\b"), "BSD-2-Clause"),
)


def declared_licences(files: Mapping[str, bytes]) -> Mapping[str, frozenset[str]]:
    """By manifest, the families of the licences that it names ("GPL-3.0" for "only" and "or later").

    A manifest that names none, or none that opensafe can read for sure, is left out.
    """
    found = {path: frozenset(read(files[path])) for path, read in _READERS.items() if path in files}
    return {path: licences for path, licences in found.items() if licences}


def licence_family(spdx: str) -> str:
    """The id without "only" and "or later", which make no difference from version 3 on."""
    return re.sub(r"(?<=[3-9]\.0)(?:-only|-or-later|\+)$", "", spdx)


def _expression(text: str) -> set[str]:
    ids = set(_SPDX.findall(text)) - _OPERATORS
    return set() if ids & {"UNLICENSED", "SEE", "LicenseRef"} else {licence_family(spdx) for spdx in ids}


def _spelt(text: str) -> set[str]:
    return {spdx for pattern, spdx in _SPELLINGS if pattern.search(text.strip())}


def _pyproject(data: bytes) -> set[str]:
    project = table(toml_table(data), "project")
    stated = project.get("license")
    if isinstance(stated, str):
        return _expression(stated)
    classifiers = (
        str(line).rpartition(":: ")[2] for line in project.get("classifiers", ()) if "License ::" in str(line)
    )
    texts = [str(table(project, "license").get("text", "")), *classifiers]
    return {spdx for text in texts for spdx in _spelt(text)}


def _description(data: bytes) -> set[str]:
    stated = dcf_fields(data).get("License", "")
    return {spdx for alternative in stated.split("|") for spdx in _spelt(alternative)}


def _npm(data: bytes) -> set[str]:
    return _expression(str(json_object(data).get("license", "")))


def _citation(data: bytes) -> set[str]:
    return {licence_family(spdx) for spdx in _CFF.findall(text_of(data))}


_READERS: Mapping[str, Callable[[bytes], set[str]]] = {
    "pyproject.toml": _pyproject,
    "DESCRIPTION": _description,
    "package.json": _npm,
    "CITATION.cff": _citation,
}
