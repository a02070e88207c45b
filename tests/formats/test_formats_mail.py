"""Mails: what is encoded in them is found and can be changed, and what only looks like a mail is left alone."""

import base64
import mailbox
import quopri
from email.header import Header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.budget import Budget
from opensafe.formats.decode import decode, part_at
from opensafe.formats.reencode import rewrite
from opensafe.formats.signature import signature
from opensafe.model.plan import SpanEdit
from opensafe.model.skip import SkipReason
from tests.formats.mail_files import BODY, MAIL, mail


def texts(data: bytes) -> dict[tuple[str, ...], bytes]:
    return {part.via: part.data for part in decode(data).parts}


@pytest.mark.parametrize("linesep", ["\n", "\r\n"])
def test_bodies_attachments_and_headers(linesep: str) -> None:
    data = mail(linesep=linesep)
    found = texts(data)
    assert signature(data) == "eml"
    assert found["mail:part 1",].decode().replace("\r\n", "\n") == BODY
    assert found["mail:part 3", "zip:note.txt"] == b"host = db1\n"
    headers = {part for via, part in found.items() if via[-1].startswith("header@")}
    assert headers == {"Subject: Überfällige Zahlen der Station".encode()}
    assert () not in found
    assert b"From: Bo Blythe" in found["mail:text",]


def test_a_value_over_an_escaped_line_break_is_found_and_changed() -> None:
    text = texts(MAIL)["mail:part 1",]
    at = text.index(b"Ada Lovelace")
    assert b"Ada Lovelace" not in MAIL
    edits = [SpanEdit(("mail:part 1",), at, at + 12, b"Person 1 (\xc3\xa9)")]
    result = rewrite(MAIL, edits)
    changed = BytesParser(policy=default).parsebytes(result)
    body = changed.get_body()
    assert body is not None
    assert body.get_content() == BODY.replace("Ada Lovelace", "Person 1 (é)")
    assert rewrite(MAIL, edits) == result
    before = {via: part for via, part in texts(MAIL).items() if via[0] != "mail:part 1"}
    assert {via: part for via, part in texts(result).items() if via[0] != "mail:part 1"} == before


def test_attachments_and_plain_parts_change_in_one_go() -> None:
    at = texts(MAIL)["mail:text",].index(b"Bo Blythe")
    edits = [
        SpanEdit(("mail:text",), at, at + 9, b"Person 2"),
        SpanEdit(("mail:part 3", "zip:note.txt"), 7, 10, b"X"),
        SpanEdit(("mail:part 2",), 0, 1, b"Y"),
    ]
    result = BytesParser(policy=default).parsebytes(rewrite(MAIL, edits))
    assert result["From"] == "Person 2 <bo@example.com>"
    odd = next(result.iter_attachments())
    assert odd.get_content() == b"Y\1" + bytes(range(256))
    assert texts(rewrite(MAIL, edits))["mail:part 3", "zip:note.txt"] == b"host = X\n"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_words_of_headers_are_one_text_and_change_as_one(charset: str) -> None:
    subject = "Zoë Überall und André Müller schreiben einander sehr lange Briefe über Müßiggang"
    line = Header(subject, charset, header_name="Subject").encode()
    data = f"From: a@example.com\nSubject: {line}\nDate: x\n\nHello\n".encode()
    via = next(via for via in texts(data) if via and via[0].startswith("header@"))
    assert part_at(data, via) == f"Subject: {subject}".encode()
    start = f"Subject: {subject}".encode().index("Müller".encode())
    result = rewrite(data, [SpanEdit(via, start, start + 7, "Person 1 ß".encode())])
    parsed = BytesParser(policy=default).parsebytes(result)
    assert parsed["Subject"] == subject.replace("Müller", "Person 1 ß")
    assert all(len(word) <= 75 for word in result.split())


def test_a_box_of_mails(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("box") / "box"
    box = mailbox.mbox(path)
    for number in range(3):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", f"{number}"
        message.set_content(f"Café number {number}\n", cte="base64")
        box.add(message)
    box.flush()
    box.close()
    found = texts(path.read_bytes())
    assert [found[f"mail:part {number}",].decode() for number in (1, 2, 3)] == [
        f"Café number {number}\n" for number in range(3)
    ]


def test_mails_that_are_attached_to_mails_are_opened() -> None:
    outer = b"From: a@example.com\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
    data = outer + base64.encodebytes(MAIL)
    assert texts(data)["mail:part 1", "mail:part 3", "zip:note.txt"] == b"host = db1\n"


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\nto: b\n\nprose about mails\n",
        b"from: x\nto: y\ndate: z\nno blank line, but settings\n",
        b"Title: x\nAuthor: y\nDate: z\n\n# Notes\n",
        b"From here on we read.\n\nContent-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQ=\n",
    ],
)
def test_what_only_looks_like_a_mail(data: bytes) -> None:
    assert signature(data) == "text"
    assert [via for via in texts(data) if via and via[0].startswith(("mail", "header"))] == []


def test_a_mail_without_anything_encoded_stays_one_text() -> None:
    data = b"From: a@example.com\nTo: b@example.com\nSubject: c\n\nHello = there\n"
    assert texts(data) == {(): data}


def test_more_parts_than_the_budget_are_named() -> None:
    data = MAIL.split(b"\n\n")[0] + b"\n\n" + b"Content-Transfer-Encoding: base64\n\naGVsbG8=\n--x\n" * 200
    data = data.replace(b"boundary=", b'boundary="x"; old=')
    decoding = decode(data, budget=Budget(max_parts=50))
    assert (SkipReason.ARCHIVE_BUDGET, ("mail",)) in {(unread.reason, unread.via) for unread in decoding.unread}
    assert decoding.parts[0].data == data


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.sampled_from("ab =\t.é€😀\n"), min_size=1, max_size=300), data=st.data())
def test_quoted_printable_there_and_back(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    head = b"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
    whole = head + b"x" + quopri.encodestring(raw)
    via = ("mail:part 1",)
    assert part_at(whole, via) == b"x" + raw
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    start, end = 1 + len(text[:first].encode()), 1 + len(text[:last].encode())
    result = rewrite(whole, [SpanEdit(via, start, end, b"new = 1")])
    assert part_at(result, via) == b"x" + text[:first].encode() + b"new = 1" + text[last:].encode()


@settings(deadline=None, max_examples=100)
@given(at=st.integers(0, 5000), junk=st.binary(max_size=12), cut=st.integers(0, 900))
def test_damaged_mails_never_raise(at: int, junk: bytes, cut: int) -> None:
    place = at % len(MAIL)
    data = (MAIL[:place] + junk + MAIL[place + len(junk) :])[: len(MAIL) - cut]
    decoding = decode(data)
    assert decoding.parts
    assert decode(data) == decoding
    for part in decoding.parts:
        assert part_at(data, part.via) == part.data


def test_text_that_is_not_utf_8_changes_at_any_character() -> None:
    head = b"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
    text = "it cost £100 and caf\u00e9s are closed\n"
    data = head + quopri.encodestring(text.encode("windows-1252"))
    via = ("mail:part 1", "windows-1252")
    assert part_at(data, via) == text.encode()
    result = rewrite(data, [SpanEdit(via, 8, 13, b"X")])
    assert part_at(result, via) == text.replace("£100", "X").encode()
