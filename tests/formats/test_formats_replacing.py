"""The team's own literals and expressions in every decoded form, and expressions that would never end."""

import base64
import io
import zipfile

import pytest

from opensafe.errors import UsageError
from opensafe.formats.reencode import rewrite
from opensafe.formats.replacing import Replacer
from opensafe.git.expressions import Expressions
from opensafe.model.edit import Edit
from opensafe.model.replacing import parse_rules
from tests.formats.office_files import zip_of

RULES = b"ward-north==>ward-a\nregex:host=([a-z]+)\\.trust==>host=\\1.example\nab==>xy\n"


def replaced(data: bytes, path: bytes = b"", rules: bytes = RULES) -> bytes:
    parsed = parse_rules(rules)
    with Expressions(parsed) as expressions:
        return rewrite(data, list(Replacer(parsed, expressions.find).edits(data, path)), path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"x ward-north y\n", b"x ward-a y\n"),
        ("é ward-north\n".encode("utf-16"), "é ward-a\n".encode("utf-16")),
        (b"host=db.trust host=web.trust\n", b"host=db.example host=web.example\n"),
        (b"\0\1\2ward-north\0ab\0", b"\0\1\2ward-a\0ab\0"),
        (b"nothing here\n", b"nothing here\n"),
    ],
)
def test_text_is_replaced_in_its_encoding_and_short_literals_spare_binaries(before: bytes, after: bytes) -> None:
    assert replaced(before) == after


def test_what_is_encoded_in_a_text_is_replaced_there() -> None:
    inner = b"connection to ward-north with some more text around it"
    before = b"payload = '" + base64.b64encode(inner) + b"'\n"
    after = replaced(before)
    assert base64.b64decode(after.split(b"'")[1]) == inner.replace(b"ward-north", b"ward-a")


def test_what_lies_in_an_archive_is_replaced_there() -> None:
    before = zip_of({"notes.txt": "seen on ward-north\n", "other.txt": "fine\n"})
    with zipfile.ZipFile(io.BytesIO(replaced(before, b"notes.zip"))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "notes.txt": b"seen on ward-a\n",
            "other.txt": b"fine\n",
        }


def test_the_longer_of_two_literals_decides() -> None:
    assert replaced(b"secret-long", rules=b"secret==>S\nsecret-long==>L\n") == b"L"


def test_a_rule_that_matches_its_own_replacement_changes_it_once() -> None:
    rules = rb"regex:password=\w+==>password=removed"
    once = replaced(b"password=abc;", rules=rules)
    assert once == b"password=removed;"
    with Expressions(parse_rules(rules)) as expressions:
        assert list(Replacer(parse_rules(rules), expressions.find).edits(once)) == []


def test_an_expression_that_would_never_end_is_ended_and_named() -> None:
    rules = parse_rules(b"fine\nregex:x\nregex:(a+)+$\n")
    with (
        pytest.raises(UsageError, match="line 3 of the file of --replace-file was not done"),
        Expressions(rules, seconds=1) as expressions,
    ):
        list(Replacer(rules, expressions.find).edits(b"a" * 60 + b"!"))


def test_without_expressions_no_process_is_started() -> None:
    with Expressions(parse_rules(b"literal\n")) as expressions:
        assert expressions._process is None
        assert list(expressions.find(b"text")) == []


def test_expressions_answer_for_one_text_after_the_other() -> None:
    with Expressions(parse_rules(b"regex:[0-9]+==>N\nregex:b==>c\n")) as expressions:
        assert list(expressions.find(b"a1b22")) == [Edit(1, 2, b"N"), Edit(3, 5, b"N"), Edit(2, 3, b"c")]
        assert list(expressions.find(b"")) == []
        assert list(expressions.find(b"7")) == [Edit(0, 1, b"N")]
