"""A report as a Word file, filled into a template that an office can open and adjust in Word."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register

from suzhou_portal.papers import word
from suzhou_portal.papers.word import MEDIA_TYPE, findings
from suzhou_portal.reports.content import SIGNATURES, Report

__all__ = ["MEDIA_TYPE", "render"]
# What a template may say of a line, in the order of the columns of a report.
LINE = ("label", "value", "unit", "from_previous", "from_year_before", "reported")
WORDS = frozenset(
    {"title", "facts", "sections", "inside", "notes", "signatures", "headings", "yearly"}
)


def render(report: Report) -> bytes:
    """The bytes of the file. Raises what docxtpl raises for a template that cannot be filled."""
    return word.fill(
        settings.REPORT_TEMPLATE, _said(report), title=report.title, author=report.area.name,
        on=report.period.until(report.clock),
    )  # fmt: skip


@register
def template_can_be_filled(**_: Any) -> list[CheckMessage]:
    """Tell when the portal starts, not a reader, what is wrong with the office's template."""
    return findings("报告", settings.REPORT_TEMPLATE, WORDS, "REPORT_TEMPLATE", "reports")


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
