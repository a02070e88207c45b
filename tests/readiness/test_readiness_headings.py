"""Headings: found in three kinds of text, and not in what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.readiness.blocks import closing_line, without_code
from opensafe.readiness.headings import Style, outline


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        ("# Beds\n\n## Usage\n\nx\n\n### Data ##\n", "Beds", ["Usage", "Data"]),
        ("Beds\n====\n\nUsage\n-----\n\nx\n", "Beds", ["Usage"]),
        ("====\nBeds\n====\n\nUsage\n~~~~~\n\nData\n^^^^\n", "Beds", ["Usage", "Data"]),
        ("![badge](x)\n\n# Beds\n\n## Usage\n", "Beds", ["Usage"]),
        ("Beds\n\nUsage\n\nRun it.\n", None, ["Usage", "Run it."]),
        ("Beds\nUsage\nRun it.\n", None, []),
        ("Counts beds.\n\n[![Licence](x)](y)\n\n## Usage\n", None, ["Usage"]),
        ("## Beds\n\n## Usage\n", "Beds", ["Usage"]),
        ("# Beds\n\n```sh\n# Usage\n```\n\n## Data\n", "Beds", ["Data"]),
        ("# Beds\n\n````\n```\n# Usage\n````\n## Data\n", "Beds", ["Data"]),
        ("# Beds\n\n- ```\n  # Usage\n  ```\n\n## Data\n", "Beds", ["Data"]),
        ("# Beds\n\n```not a block``` here\n## Data\n", "Beds", ["Data"]),
        ("# Beds\n\n<!--\n## Usage\n-->\n## Data\n", "Beds", ["Data"]),
        ("# Beds\n\n<!-- one line -->\n## Data\n", "Beds", ["Data"]),
        ("---\ntitle: Beds\noutput: github_document\n---\n\n# Beds\n\n## Data\n", "Beds", ["Data"]),
        ("---\n\n# Beds\n", "Beds", []),
        ("# Beds\n\n- item\n---\n\n| a |\n---\n", "Beds", []),
        ("", None, []),
    ],
)
def test_the_outline_of_a_text(text: str, title: str | None, sections: list[str]) -> None:
    found = outline(text)
    assert (found.title.text if found.title else None, [heading.text for heading in found.sections]) == (
        title,
        sections,
    )


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (Style("##"), "## Data"),
        (Style("-"), "Data\n----"),
        (Style("=", over=True), "====\nData\n===="),
    ],
)
def test_a_heading_is_found_again_in_the_style_in_which_it_was_written(style: Style, written: str) -> None:
    assert style.write("Data") == written
    assert [(h.text, h.style) for h in outline(f"# Beds\n\n{written}\n").sections] == [("Data", style)]


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("```\nx\n```\n", ""),
        ("````sh\n```\n", "````"),
        ("x\n~~~ sh\ny\n", "~~~"),
        ("<!-- x\n", "-->"),
        ("<!-- x -->\n", ""),
    ],
)
def test_an_open_block_is_known_by_what_closes_it(text: str, closing: str) -> None:
    assert closing_line(text) == closing
    assert closing_line(f"{text}\n{closing}\n") == ""


_LINES = st.lists(
    st.sampled_from(["```", "````", "~~~", "---", "<!--", "-->", "# x", "text", "", "- ```"]), max_size=10
)


@settings(deadline=None, max_examples=100)
@given(_LINES)
def test_blanking_moves_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    blanked = without_code(text)
    assert len(blanked) == len(text)
    assert all(one in {other, " "} for one, other in zip(blanked, text, strict=True))
