"""What is planted in the demo's repository: none of it may ever be shown or kept."""

from opensafe.stories.demo_files import Cast

CAST = Cast.chosen()
SECRETS = (CAST.token, CAST.password, CAST.test_password)
NUMBERS = tuple(patient.nhs_number.encode() for patient in CAST.patients)
PEOPLE = tuple(
    part
    for person in (CAST.lead, CAST.analyst, CAST.scientist, CAST.consultant)
    for part in (person.name, person.email)
)
HALVES = tuple(half for value in SECRETS for half in (value[: len(value) // 2], value[len(value) // 2 :]))
NOT_PEOPLE = (*SECRETS, *HALVES, *NUMBERS, CAST.server)
PLANTED = (*NOT_PEOPLE, *PEOPLE)
