"""Binary formats by their magic numbers (facts, names 7): an own table, since extensions lie."""

from collections.abc import Callable

from opensafe.formats.compression import STREAM_MAGIC, stream_name
from opensafe.formats.office import ole_signature, zip_signature

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"<stata_dta>", "stata"),
    (b"\0" * 12 + b"\xc2\xea\x81\x60", "sas7bdat"),
    (b"HEADER RECORD*******LIBRARY HEADER RECORD", "sas-xport"),
    (b"HEADER RECORD*******LIBV8   HEADER RECORD", "sas-xport"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x37\x7f\x06\x82", "sqlite-wal"),
    (b"\x37\x7f\x06\x83", "sqlite-wal"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "sqlite-journal"),
    (b"\0\1\0\0Standard Jet DB", "access"),
    (b"\0\1\0\0Standard ACE DB", "access"),
    (b"\x93NUMPY", "npy"),
    (b"Obj\1", "avro"),
    (b"CDF\1", "netcdf"),
    (b"CDF\2", "netcdf"),
    (b"MATLAB 5.0 MAT-file", "matlab"),
    (b"PACK\0\0\0\2", "git-pack"),
    (b"PACK\0\0\0\3", "git-pack"),
    (b"# v2 git bundle\n", "git-bundle"),
    (b"# v3 git bundle\n", "git-bundle"),
    (b"\x89HDF\r\n\x1a\n", "hdf5"),
    (b"\0\0\x27\x0a\0\0\0\0", "shapefile"),
    (b"RDX2\n", "rdata"),
    (b"RDX3\n", "rdata"),
    (b"RDA2\n", "rdata"),
    (b"RDA3\n", "rdata"),
    (b"RDB2\n", "rdata"),
    (b"RDB3\n", "rdata"),
    (b"B\n\2\0\0\0", "rds"),
    (b"B\n\3\0\0\0", "rds"),
    (b"X\n\0\0\0\2", "rds"),
    (b"X\n\0\0\0\3", "rds"),
    (b"A\n2\n", "rds"),
    (b"A\n3\n", "rds"),
)
_OPENED: tuple[tuple[bytes, Callable[[bytes], str]], ...] = (
    (b"PK\3\4", zip_signature),
    (b"PK\5\6", zip_signature),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole_signature),
)
_ALL = (*(prefix for prefix, _ in _PREFIXES), *(prefix for prefix, _ in _OPENED), *STREAM_MAGIC)

_PICKLE_PROTOCOLS = (2, 3, 4, 5)
_STATA_RELEASES = (113, 114, 115)


def binary_signature(data: bytes) -> str:
    """The signature of a binary content, empty if no magic number is known. `A\\n3\\n` is R's text form of rds."""
    if data.startswith(_ALL) and (found := _by_prefix(data)):
        return found
    if b"\0" in data[:512] or not data[:1].isascii():
        return _by_place(data)
    return "tar" if _is_tar(data) else ""


def _by_prefix(data: bytes) -> str:
    for prefix, name in _PREFIXES:
        if data.startswith(prefix):
            return name
    for prefix, opener in _OPENED:
        if data.startswith(prefix):
            return opener(data)
    return stream_name(data)


def _by_place(data: bytes) -> str:
    if _is_tar(data):
        return "tar"
    if data.startswith(b"ORC") and data.endswith((b"ORC", *(b"ORC" + bytes([size]) for size in range(256)))):
        return "orc"
    if data[8:12] == b"DUCK":
        return "duckdb"
    if data[8:12] == b"WEBP" and data.startswith(b"RIFF"):
        return "webp"
    if data[128:132] == b"DICM":
        return "dicom"
    if len(data) > 4 and data[0] in _STATA_RELEASES and data[1] in {1, 2} and data[2:4] == b"\1\0":  # noqa: PLR2004 - the four bytes that are read
        return "stata"
    return "pickle" if _is_pickle(data) else ""


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _is_pickle(data: bytes) -> bool:
    """The protocol opcode and the STOP opcode, or the frame of protocol 4 where other data follows the pickle."""
    if len(data) < 3 or data[0] != 0x80 or data[1] not in _PICKLE_PROTOCOLS:  # noqa: PLR2004 - PROTO opcode
        return False
    return data.endswith(b".") or data[2] == 0x95  # noqa: PLR2004 - FRAME opcode
