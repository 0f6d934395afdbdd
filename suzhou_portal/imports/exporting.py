"""A ledger's records as a workbook to print and to bring in again: what stands there comes back unchanged."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from suzhou_portal import formats
from suzhou_portal.areas.codes import COUNTRY, lineage
from suzhou_portal.areas.models import Area
from suzhou_portal.imports.reading import KEY
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.written import Written
from suzhou_portal.spreadsheets import sheet_value
from suzhou_portal.workbooks import finished

MOST = 50_000  # records
HEADER = 3  # the row of the headings, below title and makers
SUMMED = ("（元）", "（人）", "（小时）", "（学时）", "（人次）")
_LINE = Side(style="thin")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def records_for(ledger: Ledger, user: Any) -> QuerySet:
    """The records of the ledger that the person sees, in the order they were entered."""
    return ledger.model._default_manager.filter(user.scope(ledger.model)).order_by("pk")


def workbook(ledger: Ledger, user: Any, records: QuerySet) -> tuple[bytes, int]:
    """The bytes of a workbook of the records, with title, unit, person and time, and how many they are."""
    written = Written(ledger)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = ledger.title[:31]
    headings = [*ledger.headings, KEY]
    last = get_column_letter(len(headings))
    rows = [[*written.cells(one), one.pk] for one in records.select_related(*written.joins)]
    _head(sheet, ledger, user, last)
    for number, cells in enumerate([headings, *rows], HEADER):
        for place, value in enumerate(cells, 1):
            _write(sheet.cell(number, place), value, bold=number == HEADER)
    _sum(sheet, ledger, rows)
    made = finished(book, title=sheet["A1"].value, author=str(user), heading=HEADER)
    return made, len(rows)


def _head(sheet: Any, ledger: Ledger, user: Any, last: str) -> None:
    """Title, and who made the table when."""
    sheet["A1"] = f"{_unit(ledger, user)}{ledger.title}台账"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A1:{last}1")
    now = timezone.localtime()
    sheet["A2"] = (
        f"单位：{_unit(ledger, user)}　导出人：{user}　导出时间：{formats.date(now.date())} {now:%H:%M}"
    )
    sheet.merge_cells(f"A2:{last}2")


def _unit(ledger: Ledger, user: Any) -> str:
    """The division that holds all in which the person keeps such records."""
    around = [lineage(code) for code in sorted(ledger.roots(user))]
    shared = set(around[0]).intersection(*around[1:]) if around else set()
    closest = max(shared, key=lambda code: (code != COUNTRY, len(code)), default="")
    area = Area.objects.filter(pk=closest).first()
    return area.name if area else ""


def _write(cell: Any, value: Any, *, bold: bool) -> None:
    cell.value = sheet_value(value)
    cell.border = _GRID
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(
        wrap_text=True, vertical="center", horizontal="center" if bold else None
    )
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = "0.00"
    elif isinstance(value, str):
        cell.number_format = "@"


def _sum(sheet: Any, ledger: Ledger, rows: list[list[Any]]) -> None:
    """A row below that counts the records, and adds up money, people and hours."""
    number = HEADER + len(rows) + 1
    _write(sheet.cell(number, 1), f"合计（{len(rows)}条）", bold=True)
    for place, field in enumerate(ledger.columns[1:], 2):
        summed = isinstance(field, models.DecimalField | models.IntegerField)
        if summed and str(field.verbose_name).endswith(SUMMED):
            total = sum((row[place - 1] for row in rows if row[place - 1] != ""), Decimal(0))
            exact = total if isinstance(field, models.DecimalField) else int(total)
            _write(sheet.cell(number, place), exact, bold=True)
        else:
            _write(sheet.cell(number, place), "", bold=True)
