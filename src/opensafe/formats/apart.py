"""Texts whose parts are given in their place: what is encoded in them is looked for in the parts, not twice."""

from opensafe.formats.content import Content
from opensafe.formats.mime import bodies_of
from opensafe.formats.notebookparts import parse


def is_mail_in_parts(content: Content) -> bool:
    """A mail with something encoded: the text that is left of it is a mail without."""
    nature = content.nature
    is_mail = nature.signature == "eml" and nature.encoding == "utf-8"
    return is_mail and next(bodies_of(content.data), None) is not None


def is_taken_apart(content: Content) -> bool:
    return is_mail_in_parts(content) or (content.nature.signature == "ipynb" and parse(content.data) is not None)
