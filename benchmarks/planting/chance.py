"""Chance that can be repeated: the same seed gives the same values in the same order."""

import base64
import random
import string
from collections.abc import Sequence
from typing import TypeVar

_Any = TypeVar("_Any")

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_SYMBOLS = "!#%*+?@_-"
_GIVEN = [
    "Alice",
    "Anita",
    "Arthur",
    "Beatrice",
    "Brendan",
    "Catrin",
    "Chidi",
    "Ciaran",
    "Danielle",
    "Diyar",
    "Edith",
    "Emeka",
    "Fatima",
    "Fiona",
    "Florence",
    "Gethin",
    "Grace",
    "Hamza",
    "Hannah",
    "Iain",
    "Isobel",
    "Jacob",
    "Jasmine",
    "Judith",
    "Karim",
    "Katherine",
    "Lewis",
    "Lucy",
    "Malcolm",
    "Mariam",
    "Martin",
    "Maureen",
    "Nigel",
    "Niamh",
    "Olivia",
    "Oscar",
    "Patricia",
    "Peter",
    "Rachel",
    "Rajesh",
    "Rebecca",
    "Ruth",
    "Samuel",
    "Sanjay",
    "Sheila",
    "Sophie",
    "Thomas",
    "Tomasz",
    "Vera",
    "Zainab",
]
_SURNAMES = [
    "Abbott",
    "Adeyemi",
    "Ahmed",
    "Ashworth",
    "Barlow",
    "Begum",
    "Bhatt",
    "Bradshaw",
    "Brennan",
    "Campbell",
    "Chaudhry",
    "Clarke",
    "Cooper",
    "Davies",
    "Dhillon",
    "Doherty",
    "Edwards",
    "Evans",
    "Fitzgerald",
    "Fletcher",
    "Forsyth",
    "Gibson",
    "Gill",
    "Griffiths",
    "Hughes",
    "Hussain",
    "Iqbal",
    "Jenkins",
    "Kaminski",
    "Khan",
    "Lloyd",
    "MacDonald",
    "Mahmood",
    "Mensah",
    "Morgan",
    "Murphy",
    "Nowak",
    "Okafor",
    "Owen",
    "Parsons",
    "Patel",
    "Pritchard",
    "Reid",
    "Robertson",
    "Shah",
    "Singh",
    "Sinclair",
    "Thornton",
    "Walsh",
    "Wilkinson",
]
_PLAIN_WORDS = [
    "harbour",
    "lantern",
    "meadow",
    "copper",
    "winter",
    "bridge",
    "falcon",
    "orchard",
    "thunder",
    "velvet",
    "pepper",
    "granite",
]


class Chance:
    """Letters, numbers, words and people by chance."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented values, and repeatable is the point

    def one(self, of: Sequence[_Any]) -> _Any:
        return of[self.number(0, len(of) - 1)]

    def number(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def text(self, length: int, alphabet: str = _LETTERS_AND_DIGITS) -> str:
        return "".join(self.one(alphabet) for _ in range(length))

    def digits(self, length: int) -> str:
        return self.text(length, string.digits)

    def upper(self, length: int) -> str:
        return self.text(length, string.ascii_uppercase)

    def hexadecimal(self, length: int) -> str:
        return self.text(length, "0123456789abcdef")

    def base64(self, size: int) -> str:
        return base64.b64encode(self.bytes(size)).decode()

    def bytes(self, size: int) -> bytes:
        return bytes(self.number(0, 255) for _ in range(size))

    def password(self) -> str:
        """One of three sorts: random, random with symbols, or words with digits as people choose them."""
        match self.number(0, 2):
            case 0:
                return self.text(1, string.ascii_letters) + self.text(self.number(9, 17)) + self.digits(1)
            case 1:
                return self.text(5) + self.one(_SYMBOLS) + self.text(5) + self.digits(1)
        return self.one(_PLAIN_WORDS).title() + self.one(_SYMBOLS) + self.one(_PLAIN_WORDS).title() + self.digits(3)

    def given(self) -> str:
        return self.one(_GIVEN)

    def surname(self) -> str:
        return self.one(_SURNAMES)

    def person(self) -> str:
        """Given name and surname. There are some 2,500: a middle initial tells those apart that meet."""
        return f"{self.given()} {self.surname()}"

    def user(self) -> str:
        return (self.given()[0] + self.surname()).lower() + self.digits(2)

    def day(self) -> tuple[int, int, int]:
        """Year, month and day of a birth."""
        return self.number(1930, 2012), self.number(1, 12), self.number(1, 28)
