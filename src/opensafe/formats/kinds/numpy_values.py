"""Arrays of NumPy: their header and their values as rows. The pickle of an array of objects is opened as a pickle."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.frame import BROKEN, TooMuch
from opensafe.formats.datafiles.numpyarray import read_header, rows_of
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.rowtext import row_text
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_VALUES, _OBJECTS = "npy:values", "npy:pickle"


class NumpyValues(Generated):
    prefix = "npy:"
    nests = True  # for the pickle in it

    def recognises(self, content: Content) -> bool:
        return content.nature.signature == "npy" and content.data.startswith(b"\x93NUMPY")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        try:
            array = read_header(content.data)
            if array.is_objects:
                yield Unpacked(_OBJECTS, content.data[array.data_at :])
                return
            text = row_text(rows_of(content.data, array), meter)
        except TooMuch:
            text = None
        except (*BROKEN, SyntaxError, TypeError):
            yield Unread(SkipReason.CORRUPT, via=(_VALUES,), detail="the array is damaged or cut")
            return
        if text is None:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_VALUES,), detail="over the budget of one file")
        else:
            yield Unpacked(_VALUES, text, Role.TABLE, leaf=True)


FORMAT = NumpyValues()
