"""The empty workbook of a ledger: headings as forms label them, and what each column takes."""

from typing import Any

from django.db import models
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from suzhou_portal.areas.models import Area
from suzhou_portal.fields import Phone
from suzhou_portal.imports.names import AND
from suzhou_portal.imports.reading import MOST_ROWS, SAMPLE
from suzhou_portal.imports.registry import AREA, Ledger
from suzhou_portal.spreadsheets import append
from suzhou_portal.workbooks import finished

HEADER = 2  # the row of the headings
EXPLAINED_HEIGHT = 60  # points of the row above them
GREY = "595959"
NOTES = "填写说明"  # the sheet that says how each column is filled in
# By the kind of column: a sample of what it takes, and how that is explained.
_TYPED: tuple[tuple[Any, str, str], ...] = (
    (Phone, "0937-2600000", ""),
    (models.BooleanField, "是", "是或否。"),
    (models.DateField, "2023-04-30", "日期，如 2023-04-30 或 2023.4.30。"),
    (models.TimeField, "09:00", "时间，如 09:00。"),
    (models.DecimalField, "100.00", "数字。"),
    (models.IntegerField, "1", "数字。"),
)
_LONGEST_LIST = 255  # characters that a workbook takes as a list of choices


def explained(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Heading, whether it must be filled in, and what it takes, of each column."""
    return [
        (heading, "选填" if field.blank else "必填", _takes(ledger, field))
        for heading, field in zip(ledger.headings, ledger.columns, strict=True)
    ]


def workbook(ledger: Ledger) -> bytes:
    """The bytes of the ledger's empty workbook: what each column takes, the headings, a sample that is not
    brought in, choices to pick from, and a sheet of notes.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = ledger.title
    append(sheet, [_takes(ledger, field) for field in ledger.columns])
    append(sheet, ledger.headings)
    samples = [_sample(field) for field in ledger.columns]
    append(sheet, [f"{SAMPLE}（不导入）：{samples[0]}", *samples[1:]])
    sheet.row_dimensions[1].height = EXPLAINED_HEIGHT
    for number, field in enumerate(ledger.columns, 1):
        letter = get_column_letter(number)
        # Codes and phone numbers stay text; a date is typed as a date.
        sheet.column_dimensions[letter].number_format = "@"
        sheet[f"{letter}1"].alignment = Alignment(wrap_text=True, vertical="top")
        sheet[f"{letter}1"].font = Font(size=9, color=GREY)
        sheet[f"{letter}{HEADER}"].font = Font(bold=not field.blank)
        sheet[f"{letter}{HEADER + 1}"].font = Font(italic=True, color=GREY)
        _offer(sheet, letter, field)
    notes = book.create_sheet(NOTES)
    for line in [("列名", "是否必填", "怎样填"), *explained(ledger)]:
        append(notes, line)
    title = f"{ledger.title}（空白模板）"
    return finished(book, title=title, author="", heading=HEADER, headings={NOTES: 1})


def _offer(sheet: Any, letter: str, field: models.Field) -> None:
    labels = ",".join(str(label) for _, label in field.flatchoices or ())
    if isinstance(field, models.BooleanField):
        labels = ",".join(("是", "否"))
    if labels and len(labels) <= _LONGEST_LIST:
        choices = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
        sheet.add_data_validation(choices)
        choices.add(f"{letter}{HEADER + 2}:{letter}{MOST_ROWS}")


def _sample(field: models.Field) -> str:
    """What a cell of the column may look like."""
    if field.choices:
        return str(field.flatchoices[0][1])
    for kind, text, _ in _TYPED:
        if isinstance(field, kind):
            return text
    if field.is_relation:
        other: Any = field.related_model
        named = "某某社区" if other is Area else f"某{other._meta.verbose_name}"
        return f"{named}{AND}{named}" if field.many_to_many else named
    return "某某"


def _takes(ledger: Ledger, field: models.Field) -> str:
    if field.is_relation:
        text = _named(field)
    elif field.choices:
        text = f"应为：{'、'.join(str(label) for _, label in field.flatchoices)}。"
    else:
        written = f"不超过{field.max_length}字。" if field.max_length else "文字。"
        text = next((said for kind, _, said in _TYPED if isinstance(field, kind) and said), written)
    return text + str(field.help_text)


def _named(field: Any) -> str:
    if field.name == AREA:
        return "区划代码，或您管辖范围内不重名的地区全称。"
    several = f"，几个之间用“{AND}”隔开" if field.many_to_many else ""
    return f"已登记的{field.related_model._meta.verbose_name}的全称{several}。"
