"""Office files as the same bytes whenever and wherever they are made, so that their ETag is the same."""

import datetime
import io
import re
import zipfile

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP archive can say
_PROPERTIES = "docProps/core.xml"
_SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def at_rest(body: bytes, on: datetime.date = datetime.date(1980, 1, 1)) -> bytes:
    """The archive without the moment at which it was made: it says that it is of the day `on`."""
    file, day = io.BytesIO(), f"{on.isoformat()}T00:00:00Z".encode()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as made,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as still,
    ):
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == _PROPERTIES:
                content = _SAVED.sub(rb"\g<1>" + day + rb"\g<3>", content)
            still.writestr(zipfile.ZipInfo(entry.filename, _FIRST), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
