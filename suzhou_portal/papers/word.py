"""Word files, filled into templates that an office can open and adjust in Word."""

import datetime
import io
import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Remark
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from suzhou_portal.packed import at_rest
from suzhou_portal.papers.reading import unset
from suzhou_portal.texts import all_cleaned, cleaned

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "zh-CN"
# A hyphen inside a number or a date, where Word would begin a new line.
_JOINED = re.compile(r"(?<=\d)-(?=\d)")


def fill(
    path: Path,
    said: Mapping[str, Any],
    *,
    title: str,
    author: str,
    on: datetime.date,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The bytes of a Word file, which says of itself its title, its author and the day it is of.

    `pictures` are put in place of those that the template has by these names.

    Raises what docxtpl raises for a template that cannot be filled.
    """
    template, file = DocxTemplate(path), io.BytesIO()
    template.allow_missing_pics = True
    for name, picture in (pictures or {}).items():
        template.replace_pic(name, io.BytesIO(picture))
    template.render(all_cleaned(dict(said)), jinja_env=_environment())
    document: Any = template.docx
    _describe(document, cleaned(title), cleaned(author))
    _speak_chinese(document)
    for part in (document, *(s.footer for s in document.sections)):
        for text in list(part._element.iter(qn("w:t"))):
            _join_numbers(text)
    template.save(file)
    return at_rest(file.getvalue(), on)


def findings(
    about: str, path: Path, words: Collection[str], setting: str, app: str
) -> list[CheckMessage]:
    """For a system check: what is wrong with a template, and what of it a PDF would not show."""
    hint = f"请修改模板，或者去掉 {setting}。"
    if wrong := _problem(about, path, words):
        return [Error(f"{about}模板 {path} {wrong}。", hint=hint, id=f"{app}.E001")]
    lost = "、".join(unset(DocxTemplate(path).get_docx()))
    told = f"{about}模板 {path} 中的{lost}不会出现在PDF中。"
    return [Remark(told, hint="请改写成文字或表格。", id=f"{app}.W001")] if lost else []


def _problem(about: str, path: Path, words: Collection[str]) -> str:
    try:
        unknown = DocxTemplate(path).get_undeclared_template_variables(_environment()) - set(words)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        return "不是能打开的Word（docx）文件"
    except TemplateError as error:
        return f"写得不对：{error}"
    return f"中有{about}没有的内容：{'、'.join(sorted(unknown))}" if unknown else ""


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _describe(document: Document, title: str, author: str) -> None:
    about = document.core_properties
    about.title, about.author, about.language = title, author, LANGUAGE
    about.last_modified_by, about.comments = author, ""


def _speak_chinese(document: Document) -> None:
    """What is written is Chinese, whatever the template says: so spelling and reading aloud are."""
    styles: Any = document.styles.element
    for element in [*styles.iter(qn("w:lang")), *document.element.iter(qn("w:lang"))]:
        element.set(qn("w:val"), LANGUAGE)
        element.set(qn("w:eastAsia"), LANGUAGE)


def _join_numbers(text: Any) -> None:
    pieces = _JOINED.split(text.text or "")
    if len(pieces) == 1:
        return
    text.text = pieces[0]
    for piece in reversed(pieces[1:]):
        after = deepcopy(text)
        after.text = piece
        text.addnext(after)
        text.addnext(OxmlElement("w:noBreakHyphen"))
