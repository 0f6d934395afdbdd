"""Office files as the same bytes whenever and wherever they are made, so that their ETag is the same."""

import datetime
import io
import re
import zipfile
from collections.abc import Collection, Mapping

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP archive can say
_PROPERTIES = "docProps/core.xml"
_SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def at_rest(body: bytes, on: datetime.date = datetime.date(1980, 1, 1)) -> bytes:
    """The archive without the moment at which it was made: it says that it is of the day `on`."""
    with zipfile.ZipFile(io.BytesIO(body)) as made:
        said = made.read(_PROPERTIES) if _PROPERTIES in made.namelist() else b""
    day = f"{on.isoformat()}T00:00:00Z".encode()
    return repacked(body, {_PROPERTIES: _SAVED.sub(rb"\g<1>" + day + rb"\g<3>", said)})


def repacked(body: bytes, changed: Mapping[str, bytes], without: Collection[str] = ()) -> bytes:
    """The archive with some of its parts changed and some left out; each other one byte for byte."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as made,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as still,
    ):
        for entry in made.infolist():
            if entry.filename not in without:
                content = changed.get(entry.filename)
                content = made.read(entry) if content is None else content
                place = zipfile.ZipInfo(entry.filename, _FIRST)
                still.writestr(place, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
