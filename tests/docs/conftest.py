"""One run of the demo for all tests of the documents, and one test for each document."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from docs.generate.tour import demo_output
from tests.docs.docs_kit import ROOT, Demo, documents, prose


@pytest.fixture(scope="session")
def demo(run_folder: Path) -> Demo:
    """The demo, run once for all workers of pytest-xdist."""
    folder, printed = run_folder / "docs-demo", run_folder / "docs-demo.txt"
    with FileLock(run_folder / "docs-demo.lock"):
        if not printed.exists():
            printed.write_text(demo_output(folder), encoding="utf-8", newline="\n")
    return Demo(folder, printed.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def text() -> Callable[[str], str]:
    """A document by its name from the top folder."""
    return lambda name: (ROOT / name).read_text(encoding="utf-8")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `document` runs once for each; one that takes `prose`, for those that people write."""
    for name, listed in (("document", documents), ("prose", prose)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, listed())
