"""Tables as text: CSV in the encodings that offices use, and with whatever stands between their cells."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice

from django.core.exceptions import ValidationError

from suzhou_portal.imports.tables import WHAT, Cells, NumberedRow, RowTable
from suzhou_portal.spreadsheets import as_typed

LONGEST_CELL = 10_000  # characters
MOST_LINES, MOST_CELLS = 1_000_000, 5_000_000
SEPARATORS = (",", "\t", ";", "；", "|")
SAMPLE = 64 * 1024  # bytes in which it is seen what separates cells
GLANCED = 200  # rows among which headings are looked for
# How a file of text begins that says how it is written; and otherwise what a spreadsheet is asked to write.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GUESSED = ("utf-8", "gb18030")
_UNMARKED = "文件的文字编码不认识：请另存为 UTF-8 或 GB18030（GBK）的 CSV。"


def tables(data: bytes) -> list[RowTable]:
    """The file as a table, once for each mark that may separate its cells, the likeliest first.

    Raises ValidationError for what is no text.
    """
    encoding = _encoding_of(data)
    sample = _opened(data, encoding).read(SAMPLE)
    likely = sorted(SEPARATORS, key=lambda mark: -sample.count(mark))
    return [
        RowTable("", partial(_rows, data, encoding, mark), partial(_glance, data, encoding, mark))
        for mark in likely
        if mark in sample or mark == likely[0]
    ]


def _glance(data: bytes, encoding: str, mark: str) -> Iterator[NumberedRow]:
    return islice(_rows(data, encoding, mark), GLANCED)


def _rows(data: bytes, encoding: str, mark: str, _: object = None) -> Iterator[NumberedRow]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows: Iterator[Cells] = csv.reader(_opened(data, encoding), delimiter=mark, strict=True)
        if b"'" in data:  # before what a spreadsheet would take for a formula
            rows = ([as_typed(cell) for cell in cells] for cells in rows)
        yield from enumerate(rows, 1)
    except csv.Error as error:
        raise ValidationError("CSV 的引号或格式不对，请用 Excel 打开后另存为 CSV。") from error


def _encoding_of(data: bytes) -> str:
    """How the text is written. Raises ValidationError for what is no text, or too much of it."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    encodings = marked or _without_mark(data)
    separators = max(data.count(mark.encode()) for mark in SEPARATORS)
    if data.count(b"\n") + data.count(b"\r") > MOST_LINES or separators > MOST_CELLS:
        raise ValidationError("文件中的行、格过多，请删去空行和空列，或分成几个文件。")
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            if any("\0" in line for line in _opened(data, encoding)):
                raise ValidationError(f"不支持这种文件：{WHAT}")
            return encoding
    raise ValidationError(_UNMARKED + WHAT)


def _without_mark(data: bytes) -> tuple[str, ...]:
    """UTF-16 of mostly ASCII tells itself by its zeros; of anything else a zero is no text."""
    if b"\0" not in data:
        return _GUESSED
    start = data[:SAMPLE]
    if len(data) % 2 == 0 and start[1::2].count(0) > 0 and not start[::2].count(0):
        return ("utf-16-le",)
    if len(data) % 2 == 0 and start[::2].count(0) > 0 and not start[1::2].count(0):
        return ("utf-16-be",)
    raise ValidationError(f"不支持这种文件：{WHAT}")


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Never all of it as text at once, which may take many times its bytes."""
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
