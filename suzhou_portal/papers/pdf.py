"""A Word file set as PDF: its own text and tables in an embedded font, tagged for who hears it read.

typst sets it (docs/adr/0035-paper.md). What a file says reaches it as data, never as source.
"""

import io
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import docx
import typst

from suzhou_portal.papers.fitting import fitted
from suzhou_portal.papers.fonts import FAMILY, FOLDER
from suzhou_portal.papers.reading import read

MEDIA_TYPE = "application/pdf"
STANDARD: Final = "ua-1"  # PDF/UA-1: tagged, with title and language
_LAYOUT = Path(__file__).with_name("paper.typ")
_ONE_AT_A_TIME = Lock()


def of_word(body: bytes) -> bytes:
    """The bytes of a PDF file that says what a Word file says."""
    said = fitted(read(docx.Document(io.BytesIO(body))))
    given = {"said": json.dumps(said, ensure_ascii=False), "font": FAMILY}
    with _ONE_AT_A_TIME:
        made = _compiler().compile(format="pdf", sys_inputs=given, pdf_standards=[STANDARD])
    assert isinstance(made, bytes)  # noqa: S101 - narrows the type
    return made


@cache
def _compiler() -> Any:
    make: Any = typst.Compiler  # its types don't take a path
    return make(
        str(_LAYOUT), root=str(_LAYOUT.parent), font_paths=[FOLDER], ignore_system_fonts=True
    )
