"""A small mail with everything encoded that mail programs encode."""

from email.message import EmailMessage
from email.policy import default

from tests.formats.office_files import zip_of

BODY = "Dear Zoë,\nplease look at the numbers of the seventh ward, which were sent by Ada Lovelace to everybody.\n"


def mail(subject: str = "Überfällige Zahlen der Station", linesep: str = "\n") -> bytes:
    message = EmailMessage(policy=default.clone(linesep=linesep))
    message["From"] = "Bo Blythe <bo@example.com>"
    message["To"] = "ward@example.com"
    message["Subject"] = subject
    message["Date"] = "Mon, 1 Jan 2024 10:00:00 +0000"
    message.set_content(BODY, cte="quoted-printable")
    message.add_attachment(b"\0\1" + bytes(range(256)), maintype="application", subtype="x-odd", filename="odd.bin")
    message.add_attachment(
        zip_of({"note.txt": "host = db1\n"}), maintype="application", subtype="zip", filename="a.zip"
    )
    return message.as_bytes()


MAIL = mail()
