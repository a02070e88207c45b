"""Which licence a project has or is to get: what is there already decides, before any answer."""

from collections.abc import Mapping

from opensafe.readiness.answers import Answers
from opensafe.readiness.licence_declarations import declared_licences, licence_family
from opensafe.readiness.licences import governing_licence, identify

LICENCE = "LICENCE"


def licence_conflict(files: Mapping[str, bytes], spdx: str) -> str:
    """The manifest that names another licence than `spdx`; "" where none does."""
    stated = declared_licences(files)
    return next((path for path, licences in stated.items() if licence_family(spdx) not in licences), "")


def licence_settled(files: Mapping[str, bytes], answers: Answers) -> bool:
    """Whether no licence file may be added: one is there, REUSE's folder is, or a manifest names another licence."""
    in_folder = any(path.startswith("LICENSES/") for path in files)
    return governing_licence(files) is not None or in_folder or licence_conflict(files, answers.shipped_licence) != ""


def licence_of(files: Mapping[str, bytes], answers: Answers) -> tuple[str, str]:
    """SPDX id (or "") and path of the licence that the project has, or will have been given."""
    path = governing_licence(files)
    if path is not None:
        return identify(files[path]), path
    return ("", "") if licence_settled(files, answers) else (answers.shipped_licence, LICENCE)
