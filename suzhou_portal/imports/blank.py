"""The empty workbook of a ledger: headings as forms label them, and what each column takes."""

from typing import Any

from django.db import models
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from suzhou_portal.imports.reading import MOST_ROWS
from suzhou_portal.imports.registry import AREA, Ledger
from suzhou_portal.spreadsheets import append
from suzhou_portal.workbooks import finished

_LONGEST_LIST = 255  # characters that a workbook takes as a list of choices


def explained(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Heading, whether it must be filled in, and what it takes, of each column."""
    return [
        (heading, "选填" if field.blank else "必填", _takes(ledger, field))
        for heading, field in zip(ledger.headings, ledger.columns, strict=True)
    ]


def workbook(ledger: Ledger) -> bytes:
    """The bytes of the ledger's empty workbook: headings, choices to pick from, and a sheet of notes."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = ledger.title
    append(sheet, ledger.headings)
    for number, field in enumerate(ledger.columns, 1):
        letter = get_column_letter(number)
        # Codes and phone numbers stay text; a date is typed as a date.
        sheet.column_dimensions[letter].number_format = "@"
        _offer(sheet, letter, field)
    notes = book.create_sheet("填写说明")
    for line in [("列名", "是否必填", "怎样填"), *explained(ledger)]:
        append(notes, line)
    return finished(book, title=f"{ledger.title}（空白模板）", author="")


def _offer(sheet: Any, letter: str, field: models.Field) -> None:
    labels = ",".join(str(label) for _, label in field.flatchoices or ())
    if labels and len(labels) <= _LONGEST_LIST:
        choices = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
        sheet.add_data_validation(choices)
        choices.add(f"{letter}2:{letter}{MOST_ROWS}")


def _takes(ledger: Ledger, field: models.Field) -> str:
    if field.name == AREA:
        text = "区划代码，或您管辖范围内不重名的地区全称。"
    elif field.choices:
        text = f"应为：{'、'.join(str(label) for _, label in field.flatchoices)}。"
    elif isinstance(field, models.ForeignKey):
        text = f"已登记的{field.related_model._meta.verbose_name}的全称。"
    elif isinstance(field, models.DateField):
        text = "日期，如 2023-04-30 或 2023.4.30。"
    elif isinstance(field, models.BooleanField):
        text = "是或否。"
    elif isinstance(field, models.DecimalField | models.IntegerField):
        text = "数字。"
    else:
        text = f"不超过{field.max_length}字。" if field.max_length else "文字。"
    return text + str(field.help_text)
