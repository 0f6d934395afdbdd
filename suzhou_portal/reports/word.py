"""A report as a Word file, filled into a template that an office can open and adjust in Word."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
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


def words_of(path: Path) -> set[str]:
    """What a template asks for by name. Raises what docxtpl raises for a file it cannot read."""
    return DocxTemplate(path).get_undeclared_template_variables(_environment())


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
        "inside": _inside(report),
        "notes": [note.text for note in report.notes],
        "signatures": SIGNATURES,
    }


def _inside(report: Report) -> dict[str, Any] | None:
    if report.inside is None:
        return None
    return {
        "columns": [figure.label for figure in report.inside.columns],
        "rows": [{"name": name, "cells": row.cells} for name, row in report.divisions],
    }
