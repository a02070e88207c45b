"""What the name of a file says of its kind: detectors and readers go by it."""


def kind_of_name(path: bytes) -> bytes:
    """The ending in small letters, or the whole name where it has none: `.csv`, `dockerfile`, `.renviron`."""
    name = path.rpartition(b"/")[2].lower()
    at = name.rfind(b".")
    return name[at:] if at > 0 else name
