"""A word where only a password can stand is a weak one; samples, what is shipped and trials stay low."""

from collections.abc import Callable

import pytest

from opensafe.detectors.engine import Engine
from opensafe.detectors.values import Judgement, Worth, judge
from opensafe.detectors.weakpasswords import chosen
from opensafe.model.finding import Category, Severity
from opensafe.model.specimen import Specimen

SpecimenOf = Callable[..., Specimen]
_WORD = "pass" + "word"
_CALL = f'con <- dbConnect(drv, host = "sql7", user = "reports", {_WORD} = "VALUE")\n'
_STRING = "Driver={SQL Server};Server=sql7;UID=reports;PW" + "D=VALUE;\n"


@pytest.fixture(scope="module")
def gravest(engine: Engine, specimen_of: SpecimenOf) -> Callable[[str, str], Severity | None]:
    """The gravest severity of a credential in the text of a file."""

    def look(text: str, path: str) -> Severity | None:
        found = engine.passage(specimen_of(text.encode(), path))
        secrets = [seen.hit.severity for seen in found if seen.card.category is Category.SECRET]
        return min(secrets, key=lambda severity: severity.rank, default=None)

    return look


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (_CALL, "load.R"),
        (_STRING, "load.py"),
        ("PG" + "PASSWORD=VALUE psql -h sql7\n", "run.sh"),
        ("sql7:5432:dw:reports:VALUE\n", ".pgpass"),
        (f"machine git.trust.nhs.uk login reports {_WORD} VALUE\n", ".netrc"),
        ("DWH_P" + "WD=VALUE\n", ".Renviron"),
        ("postgresql://reports:VALUE@sql7/dw\n", "load.py"),
        ("CREATE LOGIN reports WITH PASS" + "WORD = 'VALUE';\n", "a.sql"),
        ('odbcConnect("dw", "reports", "VALUE")\n', "load.R"),
        (f"login: reports  {_WORD}: VALUE\n", "notes.txt"),
    ],
)
@pytest.mark.parametrize("value", ["arsenal", "qwerty123", "stroke_nhs"])
def test_a_word_in_an_unmistakable_place_is_medium(
    gravest: Callable[[str, str], Severity | None], text: str, path: str, value: str
) -> None:
    assert gravest(text.replace("VALUE", value), path) is Severity.MEDIUM


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (_CALL.replace("VALUE", "postgres"), "load.R"),
        (_CALL.replace("VALUE", "your_" + _WORD), "load.R"),
        (_CALL.replace("VALUE", "change" + "me"), "load.R"),
        (_CALL.replace("VALUE", "arsenal").replace("sql7", "localhost"), "load.R"),
        (_STRING.replace("VALUE", "arsenal"), "docker-compose.yml"),
        (_STRING.replace("VALUE", "arsenal"), ".github/workflows/test.yml"),
        ("DB_PASS" + "WORD=arsenal\n", ".env.example"),
        (f'{_WORD} = "arsenal"\n', "app.py"),
        ("API_SEC" + "RET=arsenal\n", ".env"),
        ('client.login("reports", "arsenal")\n', "test_views.py"),
    ],
)
def test_elsewhere_and_for_a_trial_it_stays_low(
    gravest: Callable[[str, str], Severity | None], text: str, path: str
) -> None:
    assert gravest(text, path) in {Severity.LOW, None}


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        ("arsenal", Worth.WEAK),
        ("Pass" + "w0rd!", Worth.WEAK),
        ("let" + "mein", Worth.WEAK),
        ("postgres", Worth.DOUBTFUL),
        (_WORD, Worth.DOUBTFUL),
        ("xy", Worth.DOUBTFUL),
        ("settings.reports.database", Worth.DOUBTFUL),
        ("kT7vq9-" + "Lm2x", Worth.PLAUSIBLE),
    ],
)
def test_a_weak_password_is_one_that_somebody_chose(value: str, worth: Worth) -> None:
    assert chosen(value.encode(), judge(value.encode())).worth is worth


def test_a_doubt_of_another_kind_is_kept() -> None:
    judged = Judgement(Worth.DOUBTFUL, "it reads like a version")
    assert chosen(b"museum", judged) is judged


@pytest.mark.parametrize(
    ("text", "path", "severity"),
    [
        (f'{_WORD} = "kettle-window-basket"\n', "app.py", Severity.MEDIUM),
        (f"{_WORD}: kettle window basket\n", "app.yml", Severity.MEDIUM),
        (f'{_WORD} = "KettleWindowBasket"\n', "app.R", Severity.MEDIUM),
        (f'{_WORD} = "reset-{_WORD}-form"\n', "app.py", Severity.LOW),
        (f'{_WORD}: "kettle window basket"\n', "messages.js", Severity.LOW),
        (f"{_WORD}=not_using_vault\n", "app.properties", Severity.LOW),
        ('token = "kettle-window-basket"\n', "app.py", Severity.LOW),
    ],
)
def test_three_words_are_a_phrase_that_somebody_chose(
    gravest: Callable[[str, str], Severity | None], text: str, path: str, severity: Severity
) -> None:
    assert gravest(text, path) is severity


def test_capitals_in_no_order_are_no_word() -> None:
    assert judge(b"dHdEE" + b"houWg").worth is Worth.PLAUSIBLE
    assert judge(b"PatientIndex").worth is Worth.DOUBTFUL


def test_a_word_that_holds_key_or_pass_is_no_name_of_itself() -> None:
    assert "name of what" not in judge(b"monkeys!9x").why
    assert "name of what" in judge(b"mykeys!9x").why


@pytest.mark.parametrize(
    ("value", "worth"),
    [
        ("Sommer" + "2019!xyz", Worth.PLAUSIBLE),
        ("new-Wint" + "er2021", Worth.PLAUSIBLE),
        ("abc-12345678", Worth.DOUBTFUL),
        ("foo-Wint" + "er2021", Worth.DOUBTFUL),
        ("old-value", Worth.DOUBTFUL),
    ],
)
def test_a_small_word_beside_a_password_is_no_sample(value: str, worth: Worth) -> None:
    assert judge(value.encode()).worth is worth
