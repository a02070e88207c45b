"""Which kind of document a zip or an old Office file is: its member names say it."""

from itertools import islice

from opensafe.formats.ole import OleFile
from opensafe.formats.ziplayout import Entry, NotZip, entries_of, read_entry
from opensafe.formats.zipmethods import Unsupported

_ENTRIES = 10_000  # names that are looked at
_BY_MEMBER = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("word/", "docx"), ("ppt/", "pptx"))
_BY_MIME = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_MIME_SIZE = 128
DATA_SUFFIXES = (
    *(".csv", ".tsv", ".xlsx", ".xls", ".xlsb", ".ods", ".parquet", ".feather", ".arrow", ".rds", ".rdata", ".rda"),
    *(".sas7bdat", ".xpt", ".sav", ".zsav", ".por", ".dta", ".sqlite", ".sqlite3", ".db", ".duckdb", ".mdb", ".accdb"),
    *(".pkl", ".pickle", ".joblib", ".npy", ".npz", ".h5", ".hdf5", ".dcm", ".hl7", ".shp", ".dbf", ".gpkg"),
)
_BY_STREAM = (
    ("EncryptedPackage", "ole-encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def zip_signature(data: bytes) -> str:
    """A document's signature, `npy` for numpy's archives, `zip-data` for an archive of data files, else `zip`."""
    try:
        entries = list(islice(entries_of(data), _ENTRIES))
    except NotZip:
        return "zip"
    names = [entry.name for entry in entries if not entry.is_folder]
    for member, signature in _BY_MEMBER:
        if any(name.startswith(member) for name in names):
            return signature
    if names and all(name.endswith(".npy") for name in names):
        return "npy"
    found = _BY_MIME.get(_mime_of(data, entries), "")
    return found or ("zip-data" if any(name.lower().endswith(DATA_SUFFIXES) for name in names) else "zip")


def _mime_of(data: bytes, entries: list[Entry]) -> bytes:
    """OpenDocument files begin with a member that names their type."""
    if not entries or entries[0].name != "mimetype" or entries[0].size > _MIME_SIZE:
        return b""
    try:
        return read_entry(data, entries[0]).strip()
    except (NotZip, Unsupported):
        return b""


def ole_signature(data: bytes) -> str:
    names = set(OleFile(data).names)
    return next((signature for stream, signature in _BY_STREAM if stream in names), "ole")
