"""The streets and communities of a district, from a file as its office has it."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from django.core.exceptions import ValidationError

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.loader import COLUMNS
from suzhou_portal.areas.models import Area
from suzhou_portal.cleaning import line
from suzhou_portal.imports import headings
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.tables import UnreadCell
from suzhou_portal.imports.values import SCIENTIFIC, SPOILED

NAME = "区划名称"
LINES = ("统计用区划代码", NAME, "上级名称")
WIDE = ("街道代码", "街道名称", "社区代码", "社区名称")
_TOLD = 20  # problems in a message
_UPPER = (2, 4, 6, 9)  # digits that matter, of codes filled up with zeros


class DivisionTable(NamedTuple):
    """Names by codes, and a sentence for each thing of the file that is no division."""

    names: dict[str, str]
    left_out: list[str]


class PlaceRow(NamedTuple):
    """A cell pair of the file: number of its row, code, name, and what is said to stand above it."""

    row: int
    code: str
    name: str
    above: str = ""


def read(data: bytes, district: str) -> DivisionTable:
    """The district's streets and communities by their codes of 9 and 12 digits, and what stands above where
    the file has it.

    Raises ValidationError with a sentence for each bad row.
    """
    found: dict[str, str] = {}
    problems = []
    file = _file(data)
    for place in _of_pairs(file) if WIDE[0] in file.header.places else _of_lines(file):
        try:
            _add(found, place, district)
        except ValidationError as error:
            problems.append(f"第{place.row}行：{error.message}")
    problems += _orphans(found, district)
    if problems:
        more = f"\n另有{len(problems) - _TOLD}行。" if len(problems) > _TOLD else ""
        raise ValidationError("文件不能用：\n" + "\n".join(problems[:_TOLD]) + more)
    if not any(len(code) == codes.LENGTHS[Level.STREET] for code in found):
        raise ValidationError("文件中没有街道（9位代码，或末三位为000的12位代码）。")
    said = [f"{where}“{text}”{why}" for where, text, why in file.left_out]
    return DivisionTable(found, [*said, *([f"另有{file.untold}行。"] if file.untold else [])])


def written(places: dict[str, str]) -> bytes:
    """The file of divisions that the portal loads: outer ones first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in sorted(places, key=lambda one: (len(one), one)):
        above = codes.parent_of(code)
        named = "" if above == codes.COUNTRY else above
        writer.writerow([code, places[code], codes.level_of(code), named])
    return text.getvalue().encode()


def told(table: DivisionTable) -> str:
    """How many streets and communities there are, and what of the file was not read."""
    of = [codes.level_of(code) for code in table.names]
    counted = f"街道{of.count(Level.STREET)}个，社区{of.count(Level.COMMUNITY)}个"
    return "\n        ".join([counted, *table.left_out])


def _file(data: bytes) -> LedgerFile:
    """The file as a table of pairs or of lines; of lines without codes, which are told of one by one."""
    shapes = ((WIDE, None), (LINES, LINES[:2]))
    for asked, needed in shapes:
        try:
            return LedgerFile(data, asked, needed)
        except ValidationError as error:
            if error.code != headings.NOT_THESE:
                raise
    return LedgerFile(data, LINES, [NAME])


def _of_lines(file: LedgerFile) -> Iterator[PlaceRow]:
    """Of a table in which each row is a division."""
    for chunk in file.chunks():
        for number, cells in zip(chunk.numbers, chunk.rows, strict=True):
            yield PlaceRow(number, *cells)


def _of_pairs(file: LedgerFile) -> list[PlaceRow]:
    """Of a table in which each row names a community and its street: the street once."""
    seen: set[tuple[str, str]] = set()
    found = []
    for chunk in file.chunks():
        for number, (code, name, inner, inner_name) in zip(chunk.numbers, chunk.rows, strict=True):
            if (code, name) not in seen and (code.strip() or name.strip()):
                found.append(PlaceRow(number, code, name))
            seen.add((code, name))
            if inner.strip() or inner_name.strip():
                found.append(PlaceRow(number, inner, inner_name))
    return found


def _add(found: dict[str, str], place: PlaceRow, district: str) -> None:
    """Raises ValidationError for what is no division of the district, or is there already."""
    name = _name(place.name)
    code = _code(place, name)
    if not codes.contains(district, code) and not codes.contains(code, district):
        raise ValidationError(f"“{name}”的代码{code}不在{district}里面。")
    if code in found:
        raise ValidationError(f"代码{code}在上面已经有了（“{found[code]}”）。")
    found[code] = name


def _name(text: str) -> str:
    if isinstance(text, UnreadCell):
        raise ValidationError(text.why)
    cleaned = line(text)
    if not cleaned:
        raise ValidationError("没有名称。")
    return str(Area._meta.get_field("name").clean(cleaned, None))


def _code(place: PlaceRow, name: str) -> str:
    if isinstance(place.code, UnreadCell):
        raise ValidationError(place.code.why)
    code = unicodedata.normalize("NFKC", place.code).strip(" '’\t")
    if not code:
        above = f"和上级“{line(place.above)}”" if place.above.strip() else ""
        raise ValidationError(
            f"“{name}”只有名称{above}，没有代码：请补上统计用区划代码（街道9位或12位，社区12位）。"
        )
    if SPOILED.fullmatch(code):
        raise ValidationError(SCIENTIFIC)
    with suppress(ValueError):
        level = codes.level_of(shortened := _shortened(code))
        if level is not Level.COUNTRY:
            return shortened
    raise ValidationError(f"“{name}”的代码“{code}”不是区划代码：街道9位或12位，社区12位。")


def _shortened(code: str) -> str:
    """A code without the zeros by which statistics fill it up to 6 or 12 digits."""
    if len(code) not in (6, 12) or not code.isdecimal():
        return code
    return next((code[:size] for size in _UPPER if not code[size:].strip("0")), code)


def _orphans(found: dict[str, str], district: str) -> list[str]:
    inner = [code for code in found if codes.contains(district, code) and code != district]
    return [
        f"“{found[code]}”（{code}）的上级{above}不在文件里。"
        for code in inner
        if (above := codes.parent_of(code)) not in (district, *found)
    ]
