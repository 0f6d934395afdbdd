"""A report as a Word file, filled into a template that an office can open and adjust in Word."""

import io
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from suzhou_portal.reports.content import SIGNATURES, Report
from suzhou_portal.reports.packed import at_rest
from suzhou_portal.texts import all_cleaned

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a template may say of a line, in the order of the columns of a report.
LINE = ("label", "value", "unit", "from_previous", "from_year_before", "reported")
WORDS = frozenset(
    {"title", "facts", "sections", "inside", "notes", "signatures", "headings", "yearly"}
)


def render(report: Report) -> bytes:
    """The bytes of the file. Raises what docxtpl raises for a template that cannot be filled."""
    template, file = DocxTemplate(settings.REPORT_TEMPLATE), io.BytesIO()
    template.render(all_cleaned(_said(report)), jinja_env=_environment())
    template.save(file)
    return at_rest(file.getvalue())


@register
def template_can_be_filled(**_: Any) -> list[CheckMessage]:
    """Tell when the portal starts, not a reader, what is wrong with the office's template."""
    path = settings.REPORT_TEMPLATE
    try:
        template = DocxTemplate(path)
        unknown = template.get_undeclared_template_variables(_environment()) - WORDS
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        wrong = "不是能打开的Word（docx）文件"
    except TemplateError as error:
        wrong = f"写得不对：{error}"
    else:
        wrong = f"中有报告没有的内容：{'、'.join(sorted(unknown))}" if unknown else ""
    hint = "请修改模板，或者去掉 REPORT_TEMPLATE。"
    return [Error(f"报告模板 {path} {wrong}。", hint=hint, id="reports.E001")] if wrong else []


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _said(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "facts": report.facts,
        "headings": report.headings,
        "yearly": report.yearly,
        "sections": [
            {
                "name": f"{party.label}（{party.role}）",
                "lines": [dict(zip(LINE, line.cells, strict=True)) for line in lines],
            }
            for party, lines in report.sections
        ],
        "inside": report.inside
        and {
            "columns": [figure.label for figure in report.inside.columns],
            "rows": [{"name": name, "cells": row.texts} for name, row in report.divisions],
        },
        "notes": [note.text for note in report.notes],
        "signatures": SIGNATURES,
    }
