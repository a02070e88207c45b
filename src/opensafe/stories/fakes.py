"""Invented values for stories: shaped like the real thing, made at run time, the same for the same seed.

No source file holds a credential, a number or an address that a scanner would take for one. NHS numbers come from
the 999 range, which is never issued; telephone numbers from the ranges that Ofcom keeps for drama.
"""

import base64
import random
import string
from dataclasses import dataclass

from opensafe.stories.builder import Person

# The names of the stories only: no detector reads this list, or the tests would prove nothing.
_GIVEN = (
    "Amelia", "Bethan", "Callum", "Deepak", "Eleanor", "Fergus", "Gareth", "Harriet", "Imogen", "Joanna", "Kieran",
    "Lorna", "Marcus", "Nadia", "Oliver", "Priya", "Rhiannon", "Stephen", "Tamsin", "Vikram", "Wendy", "Yusuf",
)  # fmt: skip
_SURNAMES = (
    "Aldridge", "Bancroft", "Carmichael", "Donnelly", "Eastwood", "Farrow", "Gallagher", "Hargreaves", "Ingham",
    "Jephson", "Kaur", "Llewellyn", "McAllister", "Nuttall", "Ormerod", "Pemberton", "Rahman", "Sutcliffe",
    "Thackeray", "Underwood", "Whitworth", "Yardley",
)  # fmt: skip
_AREAS = ("BD", "CV", "DE", "HX", "LS", "NG", "PR", "SK", "WF", "YO")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the second half of a postcode never holds C I K M O V
_ALPHANUMERIC = string.ascii_letters + string.digits
_WEIGHTS = range(10, 1, -1)


def nhs_check_digit(nine: str) -> int:
    """The modulus 11 check digit of nine digits; 10 means that no such number exists (names-and-data facts, 3)."""
    return (11 - sum(int(d) * w for d, w in zip(nine, _WEIGHTS, strict=True)) % 11) % 11


@dataclass(frozen=True, slots=True)
class Patient:
    """One row of an invented table of patients."""

    nhs_number: str
    forename: str
    surname: str
    born: str  # YYYY-MM-DD
    postcode: str


class Fakes:
    """A source of invented values: two with the same seed give the same values in the same order."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- nothing here is a real secret: repeatable is the point

    def below(self, limit: int) -> int:
        """A whole number from 0 up to `limit` (exclusive), from `random()`: the one call that Python keeps stable."""
        return int(self._random.random() * limit)

    def text(self, alphabet: str, length: int) -> str:
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))

    def password(self, length: int = 16) -> bytes:
        """Random letters and digits with one of each kind in front, so that strength rules are met."""
        return ("Q7x" + self.text(_ALPHANUMERIC, length - 3)).encode()

    def github_token(self) -> bytes:
        """A personal access token by shape: its checksum is not computed."""
        return ("gh" + "p_" + self.text(_ALPHANUMERIC, 36)).encode()

    def aws_pair(self) -> tuple[bytes, bytes]:
        """An access key id and its secret key."""
        key_id = "AK" + "IA" + self.text(string.ascii_uppercase + "234567", 16)
        return key_id.encode(), self.text(_ALPHANUMERIC + "+/", 40).encode()

    def private_key(self, size: int = 1190) -> bytes:
        """A PEM block of `size` random bytes (as in an RSA key of 2,048 bits), with line ends."""
        body = base64.b64encode(b"\x30\x82\x04\xa4\x02\x01\x00" + bytes(self.below(256) for _ in range(size - 7)))
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        label = b"RSA " + b"PRIVATE " + b"KEY-----"
        return b"\n".join([b"-----BEGIN " + label, *lines, b"-----END " + label, b""])

    def person(self) -> Person:
        """A member of staff with a health service address."""
        given, surname = self._name()
        local = f"{given}.{surname}{self.below(80) + 10}".lower()
        return Person(f"{given} {surname}".encode(), f"{local}@nhs.net".encode())

    def patient(self) -> Patient:
        given, surname = self._name()
        born = f"{1925 + self.below(85)}-{self.below(12) + 1:02}-{self.below(28) + 1:02}"
        return Patient(self.nhs_number(), given, surname, born, self.postcode())

    def nhs_number(self) -> str:
        """Ten digits from the 999 range with a correct check digit."""
        while True:
            nine = "999" + self.text(string.digits, 6)
            check = nhs_check_digit(nine)
            if check < 10 and len(set(nine)) > 1:  # noqa: PLR2004 -- a check digit of 10 does not exist
                return f"{nine}{check}"

    def postcode(self) -> str:
        area = _AREAS[self.below(len(_AREAS))]
        return f"{area}{self.below(19) + 1} {self.below(9) + 1}{self.text(_INWARD, 2)}"

    def phone(self) -> str:
        """A mobile number from the range kept for drama."""
        return "07700 900" + self.text(string.digits, 3)

    def _name(self) -> tuple[str, str]:
        return _GIVEN[self.below(len(_GIVEN))], _SURNAMES[self.below(len(_SURNAMES))]
