"""Files that list commits of their own repository by id: tools read them, so they need the new ids.

`git blame` reads its list from the present version only, and so do the others. One commit above the proven history is
therefore enough: no old version of these files is touched.
"""

from collections.abc import Mapping

from opensafe.model.expressions import expression
from opensafe.model.text import counted
from opensafe.readiness.documents import NewFile

ID_LISTS = frozenset({".git-blame-ignore-revs", ".gitleaksignore", "release-please-config.json"})
"""By base name: the formats hold whole ids as plain text."""

_WHOLE_ID = expression(rb"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])")


def lists_with_new_ids(files: Mapping[str, bytes], commits: Mapping[str, str | None]) -> tuple[NewFile, ...]:
    """The lists among `files` that name a commit by an id that it had in the source; `commits` are old to new."""
    moved = {old.encode(): new.encode() for old, new in commits.items() if new is not None and new != old}
    found: list[NewFile] = []
    for path, data in sorted(files.items()):
        count = sum(whole in moved for whole in _WHOLE_ID.findall(data)) if is_id_list(path) else 0
        if count:
            changed = _WHOLE_ID.sub(lambda whole: moved.get(whole[0], whole[0]), data)
            found.append(NewFile(path, changed, f"names {counted(count, 'commit')} by the new id", len(changed)))
    return tuple(found)


def is_id_list(path: str) -> bool:
    """Whether a file of this name lists commits; one whose name holds escapes does not."""
    return path.rpartition("/")[2] in ID_LISTS and "\\" not in path
