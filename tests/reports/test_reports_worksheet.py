"""Work sheets show a playbook as it was written: lines of code stay lines, whole and without escapes."""

from opensafe.reports.worksheet import Block, blocks


def test_paragraphs_lists_and_code_are_told_apart() -> None:
    markdown = "Ask **first**,\nthen go.\n\n1. One\n   more\n2. Two `x`\n\n```r\na <- 1\n\nb <- 2\n```\n- last\n"
    assert blocks(markdown) == (
        Block(text="Ask first, then go."),
        Block(items=("One more", "Two x"), numbered=True),
        Block(code=("a <- 1", "", "b <- 2")),
        Block(items=("last",)),
    )


def test_nothing_is_no_block() -> None:
    assert blocks("") == ()
