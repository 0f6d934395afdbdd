"""Tables as offices here open them, CSV (UTF-8 with BOM) or workbook: codes as text, no formulas."""

import csv
import datetime
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils import timezone

from suzhou_portal.downloads import disposition
from suzhou_portal.texts import cleaned

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"
MOST_IN_MEMORY = 1024 * 1024  # bytes of a file while it is made; the rest is on disk
# The full-width signs are formulas too to a Chinese Excel.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class _Echo:
    def write(self, text: str) -> str:
        return text


class _Table(SpooledTemporaryFile[bytes]):
    """Closed with the last who holds it, where an answer is never read."""

    def __del__(self):
        self.close()


def csv_response(name: str, header: list[str], rows: Iterable[list[Any]]) -> FileResponse:
    """Rows as a CSV file to download, whole before its first byte is sent: what fails on the way is
    said on a page, and nobody takes half a file for all there is.
    """
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(_Table(MOST_IN_MEMORY))
        for line in _lines(header, rows):
            file.write(line.encode())
        unless_whole.pop_all()  # the answer closes it
    size = file.tell()
    file.seek(0)
    return FileResponse(
        file, content_type=CSV, headers=_headers(name) | {"Content-Length": str(size)}
    )


def too_many(most: int) -> str:
    """Why nothing is exported: a file of only some of the rows would pass for all of them."""
    return f"一次最多导出{most:,}条，没有导出；请先用筛选缩小范围。"


def small_csv_response(name: str, header: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    """A few rows at once: unlike a stream, what is kept for visitors and has an ETag."""
    return HttpResponse("".join(_lines(header, rows)), CSV, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": disposition(f"{name}.csv")}


def _lines(header: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula. Numbers keep their sign."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int | float):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = cleaned(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def sheet_value(value: Any) -> Any:
    """A value as a workbook takes it: numbers and dates as they are, of text no formula. There only
    a first = makes one; what starts with another sign stays as people read it.
    """
    if not isinstance(value, str):
        return value
    text = cleaned(value)
    return f"'{text}" if text.startswith("=") else text


def append(sheet: Any, values: Iterable[Any]) -> None:
    """A row below what a workbook's sheet holds."""
    sheet.append([sheet_value(value) for value in values])


def as_typed(text: str) -> str:
    """A cell of such a file as it was before `cell` made it safe."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
