"""What a file is, decided by its content: a `.sav` was a pickle once (facts, names 1.7 and 7)."""

from opensafe.formats.compression import SUFFIXES, head_of
from opensafe.formats.nature import nature_of

_HEAD = 65_536  # bytes within a compressed file that are looked at

DATA_SIGNATURES: frozenset[str] = frozenset(
    {
        *("csv", "tsv", "xlsx", "xlsb", "xls", "ods", "parquet", "arrow", "rds", "rdata", "sas7bdat", "sas-xport"),
        *("spss", "stata", "sqlite", "duckdb", "access", "pickle", "npy", "hdf5", "dicom", "hl7", "fhir", "shapefile"),
        *("netcdf", "matlab", "avro", "orc"),
        *("sqlite-wal", "sqlite-journal"),
        "zip-data",  # an archive that holds at least one file named like these
    }
)
"""Signatures of data files: each such file is a question (policy: data is left out unless allowed by name)."""


def signature(data: bytes, path: bytes = b"") -> str:
    """The signature of a whole content; `text` for text of no special kind, empty for what is unknown.

    A data file that is compressed as a whole (`extract.csv.gz`, and all of R's files) is what it is inside.
    """
    return within(data, path, nature_of(data, path).signature)


def within(data: bytes, path: bytes, outer: str) -> str:
    """The signature of a whole content whose nature is known: `outer`, or what is inside a compressed data file."""
    if outer not in SUFFIXES:
        return outer
    inner = nature_of(head_of(data, outer, _HEAD), path.removesuffix(SUFFIXES[outer])).signature
    return inner if inner in DATA_SIGNATURES else outer
