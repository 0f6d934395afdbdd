"""Whether the office's Word template can be filled: told when the portal starts, not to a reader."""

from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from django.core.checks import CheckMessage, Error
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError

from suzhou_portal.reports.word import WORDS, words_of


def template_can_be_filled(**_: Any) -> list[CheckMessage]:
    """Errors where it is no Word file, is written wrongly, or asks for what no report says."""
    path = settings.REPORT_TEMPLATE
    try:
        unknown = words_of(path) - WORDS
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return [_error(f"报告模板 {path} 不是能打开的Word（docx）文件。")]
    except TemplateError as error:
        return [_error(f"报告模板 {path} 写得不对：{error}。")]
    if unknown:
        named = "、".join(sorted(unknown))
        return [_error(f"报告模板 {path} 中有报告没有的内容：{named}。")]
    return []


def _error(message: str) -> Error:
    return Error(message, hint="请修改模板，或者去掉 REPORT_TEMPLATE。", id="reports.E001")
