"""What the tests of the detectors share: one compiled engine, and a way to ask one detector about a text."""

from collections.abc import Callable

import pytest

from opensafe.detectors.engine import Engine
from opensafe.formats.signature import signature
from opensafe.model.context import Context, Person, PersonSource
from opensafe.model.finding import Hit
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen

_PEOPLE = (
    Person(
        1,
        PersonSource.IDENTITY,
        names=frozenset({"Zoë Quillfeather".encode(), b"Zoe M Quillfeather"}),
        emails=frozenset({b"zoe.quillfeather" + b"@trust-9.org"}),
        logins=frozenset({b"zquill77", b"zoeq"}),
    ),
    Person(
        2,
        PersonSource.IDENTITY,
        names=frozenset({b"github-actions[bot]", b"Data", b"Your Name"}),
        emails=frozenset({b"noreply@github.com"}),
        logins=frozenset({b"runner", b"me"}),
    ),
    Person(4, PersonSource.ROSTER, frozenset({b"Dana Ruth O'Wrenfield-Ashby"}), frozenset(), frozenset()),
    Person(
        3, PersonSource.IDENTITY, frozenset({b"Skip"}), frozenset({b"will" + b"@trust-9.org"}), frozenset({b"will"})
    ),
)


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    return Context(_PEOPLE, str(tmp_path_factory.mktemp("rules")))


@pytest.fixture(scope="session")
def engine(context: Context) -> Engine:
    return Engine(context)


@pytest.fixture(scope="session")
def specimen_of() -> Callable[..., Specimen]:
    """`specimen_of(data, path)`: the raw content of a file."""

    def make(data: bytes, path: str = "analysis.R") -> Specimen:
        return Specimen(PlaceKind.BLOB, data, path.encode(), signature=signature(data, path.encode()))

    return make


@pytest.fixture(scope="session")
def sees(engine: Engine, specimen_of: Callable[..., Specimen]) -> Callable[..., list[Hit]]:
    """`sees(detector, text, path)`: the hits of one detector in a text, as passage and as whole content."""

    def look(detector: str, text: str | bytes, path: str = "analysis.R") -> list[Hit]:
        specimen = specimen_of(text if isinstance(text, bytes) else text.encode(), path)
        seen = engine.passage(specimen) + engine.content(specimen)
        return [witnessed.hit for witnessed in seen if witnessed.card.id == detector]

    return look


@pytest.fixture(scope="session")
def judged_by(engine: Engine, specimen_of: Callable[..., Specimen]) -> Callable[..., list[Hit]]:
    """`judged_by(text, path)`: the hits of all detectors in the text of a file, as passage and as whole content."""

    def look(text: str, path: str = "analysis.R") -> list[Hit]:
        specimen = specimen_of(text.encode(), path)
        return [seen.hit for seen in (*engine.passage(specimen), *engine.content(specimen))]

    return look
