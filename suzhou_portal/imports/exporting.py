"""Records as a workbook to print and to bring in again: what stands in a ledger's comes back unchanged."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
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
    """The bytes of a workbook of the records, and how many they are."""
    written = Written(ledger)
    rows = [[*written.cells(one), one.pk] for one in written.with_related(records)]
    unit = unit_of(ledger.roots(user))
    sums = [*map(summed, ledger.columns), None]
    made = table(
        ledger.title, [*ledger.headings, KEY], rows, sums, heading=f"{unit}{ledger.title}台账",
        unit=unit, user=user,
    )  # fmt: skip
    return made, len(rows)


def table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[list[Any]],
    sums: Sequence[type | None],
    *,
    heading: str,
    unit: str,
    user: Any,
) -> bytes:
    """The bytes of a workbook with a table as offices print it: under its `heading` the unit, the person and
    the time, below it how many rows there are and the sums of those columns that `sums` gives a type.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title[:31]
    _head(sheet, heading, unit, user, get_column_letter(len(headings)))
    totals: list[Any] = [kind() if kind else None for kind in sums]
    number = HEADER
    for number, cells in enumerate(chain([headings], rows), HEADER):
        for place, value in enumerate(cells, 1):
            _write(sheet.cell(number, place), value, bold=number == HEADER)
            if totals[place - 1] is not None and isinstance(value, int | Decimal):
                totals[place - 1] += value
    _write(sheet.cell(number + 1, 1), f"合计（{number - HEADER}条）", bold=True)
    for place, total in enumerate(totals[1:], 2):
        _write(sheet.cell(number + 1, place), "" if total is None else total, bold=True)
    return finished(book, title=heading, author=str(user), heading=HEADER)


def summed(field: Any) -> type | None:
    """As what a column of these is added up: money, people and hours; None where a sum would mean nothing."""
    if not str(field.verbose_name).endswith(SUMMED):
        return None
    kept = getattr(field, "output_field", field)
    if isinstance(kept, models.DecimalField):
        return Decimal
    return int if isinstance(kept, models.IntegerField) else None


def unit_of(roots: Iterable[str]) -> str:
    """The name of the division that holds all these, in which the person keeps such records."""
    around = [lineage(code) for code in sorted(roots)]
    shared = set(around[0]).intersection(*around[1:]) if around else set()
    closest = max(shared, key=lambda code: (code != COUNTRY, len(code)), default="")
    area = Area.objects.filter(pk=closest).first()
    return area.name if area else ""


def _head(sheet: Any, heading: str, unit: str, user: Any, last: str) -> None:
    """Title, and who made the table when."""
    sheet["A1"] = sheet_value(heading)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A1:{last}1")
    now = timezone.localtime()
    sheet["A2"] = f"单位：{unit}　导出人：{user}　导出时间：{formats.date(now.date())} {now:%H:%M}"
    sheet.merge_cells(f"A2:{last}2")


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
