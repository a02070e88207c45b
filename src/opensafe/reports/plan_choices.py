"""The team's own choices in words: as the options of `opensafe plan` that make them again."""

from collections.abc import Iterator

from opensafe.model.choices import Choices, CommitChoices, FileChoices, PeopleChoices
from opensafe.model.text import printable


def choice_words(choices: Choices) -> tuple[tuple[str, str], ...]:
    """Option and value of each choice; the value of a flag is empty."""
    found = [
        *_files(choices.files),
        *(("--keep-ref", glob) for glob in choices.refs.keep),
        *(("--drop-ref", glob) for glob in choices.refs.drop),
        *_people(choices.people),
        *([("--replace-file", choices.replace.path)] if choices.replace else []),
        *_commits(choices.commits),
    ]
    return tuple((option, printable(value)) for option, value in found)


def _files(files: FileChoices) -> Iterator[tuple[str, str]]:
    yield from (("--remove-path", glob) for glob in files.remove_paths)
    if files.remove_larger:
        yield "--remove-larger", f"{files.remove_larger}"
    yield from (("--remove-type", name) for name in files.remove_types)
    if files.only_path:
        yield "--only-path", files.only_path
    if files.to_root:
        yield "--to-root", ""
    if files.strip_notebooks:
        yield "--strip-notebooks", ""


def _people(people: PeopleChoices) -> Iterator[tuple[str, str]]:
    if people.mailmap:
        yield "--mailmap", people.mailmap.path
    if people.no_reply:
        yield "--no-reply", people.no_reply
    if people.pseudonyms:
        yield "--pseudonyms", ""


def _commits(commits: CommitChoices) -> Iterator[tuple[str, str]]:
    yield from (("--drop-commit", oid) for oid in commits.drop)
    yield from (("--reword", oid) for oid in commits.reword)
    if commits.squash_before:
        yield "--squash-before", commits.squash_before
