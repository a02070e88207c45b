"""The lines of a replace file: git-filter-repo's syntax, bounds, and errors that name the line and not the value."""

import re

import pytest

from opensafe.errors import UsageError
from opensafe.model.replacing import DEFAULT, Rule, RuleKind, parse_rules

LITERAL, EXPRESSION = RuleKind.LITERAL, RuleKind.EXPRESSION


@pytest.mark.parametrize(
    ("line", "kind", "pattern", "replacement"),
    [
        (b"p455w0rd", LITERAL, b"p455w0rd", DEFAULT),
        (b"foo==>bar", LITERAL, b"foo", b"bar"),
        (b"foo==>", LITERAL, b"foo", b""),
        (b"a==>b==>c", LITERAL, b"a==>b", b"c"),
        (b"literal:regex:x==>y", LITERAL, b"regex:x", b"y"),
        (b"# not a comment", LITERAL, b"# not a comment", DEFAULT),
        (b"caf\xe9\r", LITERAL, b"caf\xe9", DEFAULT),
        (rb"regex:(\d+)-x==>\1-y", EXPRESSION, rb"(\d+)-x", rb"\1-y"),
        (rb"glob:a.b?\==>c\d", EXPRESSION, rb"a\.b[^" + b"\\n" + rb"]\\", rb"c\\d"),
    ],
)
def test_a_line_means_what_it_means_to_git_filter_repo(
    line: bytes, kind: RuleKind, pattern: bytes, replacement: bytes
) -> None:
    (rule,) = parse_rules(b"\n" + line + b"\n\n")
    pattern = pattern.replace(b"[^\\n]", b"[^\n]")
    assert rule == Rule(2, kind, pattern, replacement)
    assert "x" not in repr(rule).replace("expression", "")


@pytest.mark.parametrize(
    ("glob", "text", "found"),
    [
        (b"glob:key=*;", b"key=a;b; key=c;", [b"key=a;", b"key=c;"]),
        (b"glob:key=*", b"key=a b\nkey=c", [b"key=a b", b"key=c"]),
        (b"glob:k?y", b"key k\ny kay", [b"key", b"kay"]),
    ],
)
def test_a_star_stays_in_its_line(glob: bytes, text: bytes, found: list[bytes]) -> None:
    (rule,) = parse_rules(glob)
    assert re.findall(rule.pattern, text) == found


@pytest.mark.parametrize(
    ("line", "telling"),
    [
        (b"regex:(unclosed", "is no expression"),
        (b"regex:a==>" + rb"\9", "is no expression"),
        (b"regex:z*", "matches the empty text"),
        (b"q" * 2_001, "is longer than 2,000 bytes"),
    ],
)
def test_a_bad_line_is_named_by_its_number_alone(line: bytes, telling: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_rules(b"fine\n" + line + b"\n")
    assert refused.value.cause.startswith("line 2 of the file of --replace-file " + telling)
    assert "unclosed" not in f"{refused.value.cause} {refused.value.remedy}"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"literal:\n", b"==>x\n"])
def test_a_file_without_a_line_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="no line to replace"):
        parse_rules(data)


def test_many_expressions_are_refused() -> None:
    with pytest.raises(UsageError, match="200 expressions"):
        parse_rules(b"\n".join(b"regex:%d+" % number for number in range(201)))
