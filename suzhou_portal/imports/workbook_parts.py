"""What a workbook keeps apart from its sheets: the texts they share, and the formats of their cells."""

import re
from collections.abc import Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from django.core.exceptions import ValidationError

from suzhou_portal.files.packages import DAMAGED, TOO_LARGE, Package
from suzhou_portal.imports.shown import BUILT_IN, GENERAL, MOST_DIGITS, number, shower

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
STRING_MARKS, STRING_SIZE = 3_000_000, 48 * 1024 * 1024
MOST_PIECES = 4_096  # in which the text of a cell comes, each of at most 8 KB
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
KNOWN = {
    f"{space} {name}": name
    for space in _SPACES
    for name in ("row", "c", "v", "f", "t", "rPh", "si", "col", "mergeCell")
}
YES = ("1", "true")


class Styles:
    """What the formats of cells make of numbers."""

    def __init__(self, package: Package, *, since_1904: bool):
        codes, self._formats, inside = dict(BUILT_IN), [GENERAL], False
        formats = []
        for tag, one in package.elements(STYLES):
            inside = tag == "cellXfs" or (inside and tag not in ("cellStyles", "dxfs"))
            if tag == "numFmt" and "numFmtId" in one:
                codes[one["numFmtId"]] = one.get("formatCode", GENERAL)
            elif tag == "xf" and inside:
                formats.append(one.get("numFmtId", "0"))
        self._formats = [codes.get(one, GENERAL) for one in formats] or [GENERAL]
        self._since_1904 = since_1904

    def shown(self, text: str, style: str) -> str:
        """A number as its cell shows it. Raises UnclearError, IndexError."""
        code = self._formats[int(style)]
        if code == GENERAL and text.isdecimal() and len(text) < MOST_DIGITS:
            return text
        return shower(code, since_1904=self._since_1904)(number(text))


class Strings:
    """The shared strings, read only as far as a cell asks for them."""

    def __init__(self, package: Package):
        self._known: list[str] = []
        self._text: list[str] = []
        self._taking = self._aside = False
        self._more: Iterator[None] = iter(())
        if STRINGS in package.names:
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
            parser.CharacterDataHandler = self._characters
            self._more = package.parse(parser, STRINGS, STRING_SIZE)

    def __getitem__(self, place: int) -> str:
        if place < 0:
            refuse(DAMAGED)
        while place >= len(self._known):
            if next(self._more, self) is self:
                refuse(DAMAGED)
        return self._known[place]

    def _start(self, tag: str, _: Any) -> None:
        name = KNOWN.get(tag)
        self._taking = name == "t" and not self._aside
        self._aside = self._aside or name == "rPh"

    def _end(self, tag: str) -> None:
        name = KNOWN.get(tag)
        self._taking = False
        if name == "rPh":
            self._aside = False
        elif name == "si":
            self._known.append(unescaped("".join(self._text)))
            self._text.clear()

    def _characters(self, text: str) -> None:
        if self._taking:
            self._text.append(text)
            if len(self._text) > MOST_PIECES:
                refuse(TOO_LARGE)


def unescaped(text: str) -> str:
    """A text as people see it: what XML cannot hold is written _x000D_, and a line ends in one way."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def refuse(message: str) -> NoReturn:
    """Raise ValidationError."""
    raise ValidationError(message)
