"""Files of databases and statistics that are read in part: texts and long numbers, wherever they stand.

Their pages may be packed, so that what was found is never said to be all: they are named as unread as well.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.carving import doubles_in, integers_in, strings_in
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.kinds.generated import Generated
from opensafe.model.skip import SkipReason, Unread

_NAMES = {
    "hdf5": "an HDF5 file",
    "duckdb": "a DuckDB database",
    "access": "an Access database",
    "netcdf": "a netCDF file",
    "matlab": "a file of MATLAB",
    "avro": "an Avro file",
    "orc": "an ORC file",
}
_TEXTS, _DOUBLES, _INTEGERS = "strings", "doubles", "integers"


class PartlyRead(Generated):
    prefix = "\0"

    def recognises(self, content: Content) -> bool:
        return content.nature.signature in _NAMES

    def owns(self, label: str) -> bool:
        return label in {_TEXTS, _DOUBLES, _INTEGERS}

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        data = content.data
        yield from value_lines(_TEXTS, dict.fromkeys(strings_in(data)), meter)
        yield from value_lines(_DOUBLES, _distinct(chain(doubles_in(data), doubles_in(data, ">"))), meter)
        yield from value_lines(_INTEGERS, _distinct(integers_in(data)), meter)
        detail = f"{_NAMES[content.nature.signature]} is read in part: export it to look at all of it"
        yield Unread(SkipReason.UNSUPPORTED, detail=detail)


def _distinct(numbers: Iterable[int]) -> Iterator[bytes]:
    return (b"%d" % number for number in dict.fromkeys(numbers))


FORMAT = PartlyRead()
