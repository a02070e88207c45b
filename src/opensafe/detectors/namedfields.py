"""What columns are called that hold identifiers of people, and what stands in them."""

import re
from functools import lru_cache

from opensafe.detectors.data.bank_account import ACCOUNT_NUMBER, SORT_CODE
from opensafe.detectors.data.driving_licence import DRIVING_LICENCE
from opensafe.detectors.data.gdc_number import GDC_NUMBER
from opensafe.detectors.data.gmc_number import GMC_NUMBER
from opensafe.detectors.data.hcpc_number import HCPC_NUMBER
from opensafe.detectors.data.hospital_number import HOSPITAL_NUMBER, PATIENT_ID
from opensafe.detectors.data.nmc_pin import NMC_PIN
from opensafe.detectors.data.tax_reference import TAX_REFERENCE
from opensafe.detectors.data.uk_passport import PASSPORT
from opensafe.detectors.data.vehicle_registration import VEHICLE_REGISTRATION
from opensafe.detectors.identifiers import Identifier, without_joints
from opensafe.detectors.nhsnumbers import is_valid
from opensafe.model.expressions import expression
from opensafe.model.finding import Confidence, Form, Severity

_MONTHS = rb"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_TIME = rb"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?Z?)?"
_DATE = (
    rb"(?:0?[1-9]|[12]\d|3[01])[/. -](?:0?[1-9]|1[0-2])[/. -](?:(?:19|20)\d\d|\d\d)"
    + _TIME
    + rb"|(?:19|20)\d\d[/.-]?(?:0[1-9]|1[0-2])[/.-]?(?:0[1-9]|[12]\d|3[01])"
    + _TIME
    + rb"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    + rb"|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[ -]?"
    + _MONTHS
    + rb"[ -]?(?:19|20)?\d\d|"
    + _MONTHS
    + rb" (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d"
)
_TIME_OF_DAY = expression(rb"[T ]\d\d:\d\d.{0,12}\Z")
_STANDS_FOR_NONE = frozenset({b"01/01/1900", b"1900-01-01", b"1970-01-01", b"01/01/1970", b"19000101"})


def is_sample_date(date: bytes) -> bool:
    """A date that stands for none."""
    return date in _STANDS_FOR_NONE


NHS_NUMBER = Identifier(
    kind="NHS number",
    words=rb"nhs[ _.-]?(?:no|num|number|id)",
    header=rb"nhs[ _.-]{0,2}(?:no|num|number|id)\w{0,10}|nhs|hcn?|h&c\w{0,10}|h_c\w{0,10}"
    rb"|chi(?:[ _.-]{0,2}(?:no|num|id)\w{0,10})?\d{0,2}"
    rb"|hscn?(?:[ _]?(?:no|number))?"
    rb"|health[ _]?(?:and|&)[ _]?care[ _]?(?:no|num|number)",
    shape=rb"\d{3}[ .-]?\d{3}[ .-]?\d{4}(?:\.0)?",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    form=Form.NHS_NUMBER,
    is_valid=is_valid,
    canonical=lambda value: without_joints(value.removesuffix(b".0")),
)
DATE_OF_BIRTH = Identifier(
    kind="date of birth",
    words=rb"dob",
    header=rb"dobs?|d\.o\.b\.?|(?:date|dt)[ _.]?of[ _.]?birth|birth[ _.]?(?:date|dt)|birth[ _.]?day"
    rb"|born(?:[ _.]?on)?|dateofbirth|dob[ _]?d|(?<![_ .])birth(?![_ .])"
    rb"|birthdate",
    shape=_DATE,
    is_valid=lambda value: not is_sample_date(value),
    canonical=lambda value: _TIME_OF_DAY.sub(b"", value),
)
POSTCODE = Identifier(
    kind="postcode",
    words=rb"post ?code",
    header=rb"p(?:ost)?[ _.]?codes?|pcds?|pcd[ _]?\d|postal[ _.]?code|zip(?:[ _.]?code)?",
    shape=rb"(?i:[A-Z]{1,2}(?:[0-9]{1,2}|[0-9][A-HJKMNPR-Y]) {0,3}[0-9][ABD-HJLNP-UW-Z]{2})",
    form=Form.POSTCODE,
)
PHONE = Identifier(
    kind="telephone number",
    words=rb"phone",
    header=rb"(?:tele|mobile|home|work|cell|day|evening)?[ _.]?phone(?:[ _.]?(?:no|num|number))?|(?:home"
    rb"|work)?[ _.]?tel(?:[ _.]?(?:no|num|number))?"
    rb"|tele|mob(?:ile)?s?(?:[ _.]?(?:no|num|number))?|bleep|contact[ _.]?(?:no|num|number)|fax",
    shape=rb"(?:(?:\+44|0044)[ ]?(?:\(0\))?[ ]?|\(?0)?[ (]{0,2}[1-3789]\d{1,4}\)?[ -]?\d{2,8}(?:[ -]?\d{2,6}){0,2}",
    form=Form.PHONE,
    is_valid=lambda value: len(value) in {len(b"0770090000"), len(b"07700900000")},  # a few have a digit fewer
    canonical=lambda value: b"0" + re.sub(rb"\A(?:0044|44)?0?", b"", re.sub(rb"\D", b"", value)),
)

_LONGEST_HEADER = 200

FIELDS: tuple[Identifier, ...] = (
    *(NHS_NUMBER, DATE_OF_BIRTH, POSTCODE, PHONE, GMC_NUMBER, NMC_PIN, GDC_NUMBER, HCPC_NUMBER, PASSPORT),
    *(DRIVING_LICENCE, TAX_REFERENCE, SORT_CODE, ACCOUNT_NUMBER, VEHICLE_REGISTRATION, HOSPITAL_NUMBER, PATIENT_ID),
)
# Whether a header says any of them: the cells of a table that are asked about are mostly none.
_ANY = expression(rb"(?is)(?<![a-z])(?:" + b"|".join(field.header for field in FIELDS) + rb")(?![a-z])")


@lru_cache(maxsize=1 << 14)
def field_of(header: bytes) -> Identifier | None:
    """What a column of this name holds, where that is known; `patientPostcode` is read as `patient_postcode`."""
    if len(header) > _LONGEST_HEADER:
        return None
    words = re.sub(rb"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", b"_", header.strip())
    if _ANY.search(words) is None:
        return None
    return next((field for field in FIELDS if field.heads.fullmatch(words)), None)
