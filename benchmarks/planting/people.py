"""Families of identifiers of people in the United Kingdom, and of names. None of the numbers was ever given to anyone
on purpose: NHS numbers come from the range for tests; the others are made by chance and never kept.
"""

from collections.abc import Callable

from benchmarks.planting.chance import Chance
from benchmarks.planting.families import IDENTIFIER, NAME, Family

_DATA, _NAMES = frozenset({"data"}), frozenset({"name"})
_LETTERS_OF_NINO = "ABCEGHJKLMNPRSTWXYZ"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_OUTWARD = ("B1", "CF10", "EH3", "G12", "L8", "M13", "NE4", "OX3", "S10", "SW17", "BS2", "LE5", "NR4", "PL6")


def _modulus_11(nine: str) -> str:
    """The check digit (NHS data dictionary); nothing where there is none."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return {10: "", 11: "0"}.get(rest, str(rest))


def _ten_digits(first: Callable[[Chance], str]) -> Callable[[Chance], str]:
    """Ten digits with a right check digit, that begin as `first` says."""

    def make(chance: Chance) -> str:
        while True:
            start = first(chance)
            nine = start + chance.digits(9 - len(start))
            if _modulus_11(nine):
                return nine + _modulus_11(nine)

    return make


_NHS_NUMBER = _ten_digits(lambda _: "999")


def _spaced(chance: Chance) -> str:
    number, gap = _NHS_NUMBER(chance), chance.one(" -")
    return gap.join((number[:3], number[3:6], number[6:]))


def _born_first(chance: Chance) -> str:
    year, month, day = chance.day()
    return f"{day:02}{month:02}{year % 100:02}"


def _nino(chance: Chance) -> str:
    while True:
        letters = chance.text(1, _LETTERS_OF_NINO.replace("D", "")) + chance.text(1, _LETTERS_OF_NINO.replace("O", ""))
        if letters not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "AB"}:
            return letters + chance.digits(6) + chance.one("ABCD")


def _postcode(chance: Chance) -> str:
    return f"{chance.one(_OUTWARD)} {chance.number(1, 9)}{chance.text(2, _INWARD)}"


def _birth(chance: Chance) -> str:
    year, month, day = chance.day()
    return chance.one((f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}"))


def _phone(chance: Chance) -> str:
    return chance.one((f"07{chance.number(40, 98)}{chance.digits(1)} {chance.digits(6)}", f"0113 2{chance.digits(6)}"))


def _address(host: str) -> Callable[[Chance], str]:
    return lambda chance: f"{chance.given()}.{chance.surname()}{chance.digits(3)}@{host}".lower()


def _licence(chance: Chance) -> str:
    year, month, day = chance.day()
    surname = chance.surname().upper()[:5].ljust(5, "9")
    return f"{surname}{year // 10 % 10}{month:02}{day:02}{year % 10}{chance.upper(2)}9{chance.upper(2)}"


def _host(chance: Chance) -> str:
    """A server as trusts name theirs: in a domain of the inside of the health service, or in none of the internet."""
    name = chance.one(("sql", "dwh", "rep")) + chance.digits(4)
    return name + chance.one(
        (f".x{chance.text(3, 'abcdefgh')}.nhs.uk", ".trust.local", f".ad.{chance.text(4, 'abcdefgh')}.nhs.uk")
    )


def _tax_reference(chance: Chance) -> str:
    """Ten digits of which the first is the check digit (modulus 11, as banks check it)."""
    nine = chance.digits(9)
    total = sum(int(digit) * weight for digit, weight in zip(nine, (6, 7, 8, 9, 10, 5, 4, 3, 2), strict=True))
    return "21987654321"[total % 11] + nine


def _identifier(id_: str, make: Callable[[Chance], str], *lines: str, column: str = "", named: bool = False) -> Family:
    return Family(id_, IDENTIFIER, make, lines, column, _DATA, named)


IDENTIFIERS = (
    _identifier(
        "NHS number",
        _NHS_NUMBER,
        "NHS number: $v",
        "patient nhs_no $v was seen twice",
        "nhs_number = $v",
        column="nhs_number",
        named=True,
    ),
    _identifier("NHS number, spaced", _spaced, "NHS No. $v", "NHS number: $v (checked)", column="NHS Number"),
    _identifier("CHI number", _ten_digits(_born_first), "CHI number $v", "chi = '$v'", column="chi"),
    _identifier("H&C number", _ten_digits(lambda c: f"3{c.number(2, 7)}"), "H&C number: $v", "HCN $v", column="hcn"),
    _identifier("NI number", _nino, "NI number: $v", "nino = '$v'", column="nino", named=True),
    _identifier("postcode", _postcode, "Home address: 12 Mill Lane, $v", "patient postcode: $v", column="postcode"),
    _identifier("date of birth", _birth, "DOB: $v", "born $v", "date_of_birth = '$v'", column="date_of_birth"),
    _identifier("telephone", _phone, "Tel: $v", "mobile: $v", column="telephone"),
    _identifier("GMC number", lambda c: c.one("4567") + c.digits(6), "GMC no. $v", "gmc_number = '$v'", column="gmc"),
    _identifier(
        "NMC PIN",
        lambda c: f"{c.number(60, 99)}{c.one('ABCDEFGHIJKL')}{c.digits(4)}{c.one('EWSN')}",
        "NMC PIN: $v",
        column="nmc_pin",
    ),
    _identifier("passport", lambda c: c.one("5789") + c.digits(8), "Passport number: $v", column="passport_no"),
    _identifier("driving licence", _licence, "Driving licence: $v", column="driving_licence"),
    _identifier("UTR", _tax_reference, "UTR: $v", "Unique Taxpayer Reference $v", column="utr"),
    _identifier(
        "bank account",
        lambda c: c.one("123456789") + c.digits(7),
        "Sort code 20-11-47, account number $v",
        column="account_number",
    ),
    _identifier(
        "vehicle registration",
        lambda c: f"{c.text(2, 'ABCDEFGHJKLMNOPRSTUVWXY')}{c.number(10, 72)} {c.text(3, 'ABCDEFGHJKLMNOPRSTUVWXYZ')}",
        "Vehicle registration: $v",
        column="vehicle_registration",
    ),
    _identifier(
        "number of the trust (a rule of the team)",
        lambda c: "RX" + c.upper(1) + c.digits(6),
        "mrn $v",
        "seen: $v",
        column="mrn",
        named=True,
    ),
    Family(
        "NHS e-mail",
        IDENTIFIER,
        _address("nhs.net"),
        ("Ask $v", "to <- '$v'"),
        "email",
        _DATA | _NAMES,
        named=True,
    ),
    Family(
        "private e-mail",
        IDENTIFIER,
        _address("gmail.com"),
        ("Send it to $v", 'to = "$v"'),
        "email",
        _DATA | _NAMES,
        named=True,
    ),
    Family(
        "user path",
        IDENTIFIER,
        Chance.user,
        (r"setwd('C:/Users/$v/Documents')", "/home/$v/projects/x.csv", r"C:\Users\$v\Desktop"),
        "",
        _DATA | _NAMES | {"setting"},
    ),
    Family(
        "internal host",
        IDENTIFIER,
        _host,
        ("server = '$v'", "ping $v", "Server: $v"),
        "server",
        frozenset({"setting", "secret"}),
        named=True,
    ),
    Family(
        "share",
        IDENTIFIER,
        lambda c: f"fs{c.digits(4)}",
        (r"\\$v\analytics\extracts", r"read.csv('//$v/analytics/may.csv')"),
        "",
        frozenset({"setting", "name", "data"}),
    ),
)


def _name(id_: str, make: Callable[[Chance], str], *lines: str, column: str = "", named: bool = False) -> Family:
    return Family(id_, NAME, make, lines, column, _NAMES | {"data"}, named)


NAMES = (
    _name(
        "name after a title",
        Chance.person,
        "Seen by Dr $v on the ward.",
        "Mrs $v rang about it.",
        "Prof $v asked for this.",
        "Sister $v has the list.",
    ),
    _name("named author", Chance.person, "Author: $v", "@author $v", "Contact: $v", "Reviewed by $v", "cc: $v"),
    _name(
        "name in prose",
        Chance.person,
        "I asked $v about the join.",
        "Thanks to $v for the idea.",
        "$v says that this is wrong.",
        "The numbers come from $v in finance.",
    ),
    _name("name in a column", Chance.person, column="patient_name"),
    _name("surname in a column", Chance.surname, column="surname"),
    _name("task of somebody", Chance.user, "TODO($v): look at this again", "FIXME($v) wrong join"),
)
