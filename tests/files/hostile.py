"""Files that claim what is not so, or are made to hold whoever reads them. Each is a few kilobytes."""

import io
import random
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

from PIL import Image

from tests.files.pictures import photo

CASES = Path(__file__).parent / "cases"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
HEADINGS = ["所属地区", "姓名", "电话"]
PERSON = ["620902001002", "来人", "13800000301"]
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">%s'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)

KINDS = {
    "xl/workbook.xml": "sheet.main", SHEET: "worksheet", STRINGS: "sharedStrings", STYLES: "styles",
}  # fmt: skip


def _types(parts):
    known = "".join(
        f'<Override PartName="/{part}" ContentType="application/'
        f'vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in KINDS.items()
        if part in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{known}</Types>'
    )


def column(place):
    """The letters of a column, from 0; of the first 26."""
    return chr(ord("A") + place)


def text_row(number, texts, attributes=""):
    """A row of texts as a workbook has it."""
    cells = "".join(
        f'<c r="{column(place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}"{attributes}>{cells}</row>'


def rows(*more):
    """The rows of a ledger of people, and what else stands there."""
    return "".join([text_row(1, HEADINGS), text_row(2, PERSON), *more])


def sheet(data, before="", after=""):
    """A sheet's part."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def workbook(part=None, settings="", **more):
    """The bytes of a workbook of one sheet, and of other parts by name."""
    parts = {
        "_rels/.rels": RELATED.replace("/worksheet", "/officeDocument").replace(
            "worksheets/sheet1", "xl/workbook"
        ),
        "xl/workbook.xml": BOOK % settings,
        "xl/_rels/workbook.xml.rels": RELATED,
        SHEET: sheet(rows()) if part is None else part,
        **more,
    }
    return packed({"[Content_Types].xml": _types(parts), **parts})


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """The bytes of an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def formatted(code, value, *, number=164):
    """A workbook in which the third cell of a person is a number with that format."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="{number}" formatCode="{code}"/>'
        '</numFmts><cellXfs count="2"><xf numFmtId="0"/>'
        f'<xf numFmtId="{number}"/></cellXfs></styleSheet>'
    )
    cell = f'<c r="C2" s="1"><v>{value}</v></c>'
    return workbook(sheet(text_row(1, HEADINGS) + _with(cell)), **{STYLES: styles})


def _with(cell):
    return text_row(2, PERSON[:2]).replace("</row>", f"{cell}</row>")


def _encrypted():
    return workbook().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def _broken_stream():
    data = bytearray(workbook())
    at = data.index(SHEET.encode()) + len(SHEET) + 4
    data[at : at + 30] = b"\xff" * 30
    return bytes(data)


def _png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width, height, *chunks):
    head = _png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _png_chunk(b"IEND", b"")


@cache
def workbooks():
    """By name, workbooks of people that are to be refused."""
    return {**_claiming(), **_broken()}


def _claiming():
    empty = text_row(1, HEADINGS)
    named = "".join(
        f'<!ENTITY {one} "{f"&{before};" * 20}">'
        for before, one in zip("abcde", "bcdef", strict=True)
    )
    doctype = f'<!DOCTYPE w [<!ENTITY a "{"x" * 1_000}">{named}]>'
    return {
        "rows of XFD": workbook(sheet(rows(*(
            f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, 6_003))))),
        "one cell far away": workbook(sheet(rows('<row r="12000"><c r="XFD12000"><v>1</v></c></row>'))),
        "empty cells": workbook(sheet(rows() + "<c/>" * 15_000_000)),
        "strings": workbook(
            sheet(empty + _with('<c r="C2" t="s"><v>999999</v></c>')),
            **{STRINGS: f'<sst xmlns="{MAIN}">{"<si><t>x</t></si>" * 1_000_000}</sst>'}),
        "no such string": workbook(
            sheet(empty + _with('<c r="C2" t="s"><v>7</v></c>')),
            **{STRINGS: f'<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'}),
        "a string before the first": workbook(
            sheet(empty + _with('<c r="C2" t="s"><v>-1</v></c>')),
            **{STRINGS: f'<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'}),
        "entities": workbook(doctype + sheet(rows("<row r='3'><c r='A3' t='str'><v>&f;</v></c></row>"))),
        "depth": workbook(sheet(rows() + "<a>" * 100_000)),
        "long attribute": workbook(sheet(rows(f'<row r="3" x="{"y" * 5_000_000}"/>'))),
        "long text": workbook(sheet(rows(text_row(3, ["长" * 15_000_000])))),
        "all merged": workbook(sheet(rows(), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    }  # fmt: skip


def _broken():
    empty = text_row(1, HEADINGS)
    return {
        "rows out of order": workbook(sheet(rows(text_row(2, PERSON)))),
        "cells out of order": workbook(sheet(empty + _with('<c r="A2"><v>1</v></c>'))),
        "cell of another row": workbook(sheet(empty + _with('<c r="C9"><v>1</v></c>'))),
        "row beyond the last": workbook(sheet(rows(text_row(1_048_577, PERSON)))),
        "no style": workbook(sheet(empty + _with('<c r="C2" s="5"><v>1</v></c>'))),
        "no number": workbook(sheet(empty + _with('<c r="C2"><v>1e999999999</v></c>'))),
        "no sheet": workbook("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "no XML": workbook("<worksheet>"),
        "encrypted": _encrypted(),
        "lzma": packed({"xl/workbook.xml": BOOK % ""}, zipfile.ZIP_LZMA),
        "broken stream": _broken_stream(),
        "half": workbook()[:700],
        "entries": packed({f"xl/{n}": "" for n in range(6_000)}),
        "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }  # fmt: skip


@cache
def heavy():
    """By name, workbooks as large as may be read, and wrong only at their end; or larger."""
    wide = "".join(text_row(n, PERSON) for n in range(3, 399_000 // 2))
    endless = "".join(text_row(n, PERSON[:2]) for n in range(3, 201_000))
    shared = "".join(
        f'<row r="{n}">' + "".join(
            f'<c r="{column(place)}{n}" t="s"><v>{n * 3 + place}</v></c>' for place in range(3)
        ) + "</row>" for n in range(3, 199_000)
    )  # fmt: skip
    strings = "".join(f"<si><t>长文字{n}号</t></si>" for n in range(700_000))
    merged = '<mergeCells><mergeCell ref="A3:A4"/></mergeCells>'
    return {
        "merged in the last row": workbook(sheet(rows(wide), after=merged)),
        "strings, and merged": workbook(
            sheet(rows(shared), after=merged), **{STRINGS: f'<sst xmlns="{MAIN}">{strings}</sst>'}),
        "rows without end": workbook(sheet(rows(endless))),
        "white": workbook(sheet(rows()) + " " * 320_000_000),
        "CSV of lines": b"\n" * 50_000_000,
        "CSV of commas": b"," * 50_000_000,
        "CSV of one comma": ",".join(HEADINGS).encode() + b"," + b"x" * 49_000_000,
        "CSV of ten million cells": ",".join(HEADINGS).encode() + b"\n" + b"," * 9_900_000,
        "CSV of long lines": ",".join(HEADINGS).encode() + (b"\n" + b"y" * 9_000) * 5_000,
        "CSV of blank rows": ",".join(HEADINGS).encode() + b"\n" * 1_900_000,
        "CSV of a rare letter": ",".join([*HEADINGS, "𠮷"]).encode() + b"x\n" * 1_900_000,
        "PNG of forty million pixels": _png(40_000, 1_000, _png_chunk(
            b"IDAT", zlib.compress(b"\0" * 100_000_000))),
        "noise": b"PK\x03\x04" + random.Random(1).randbytes(50_000_000),
        "entries of 50 MB": b"PK\x03\x04" + b"PK\x01\x02" * 12_000_000,
    }  # fmt: skip


@cache
def others():
    """By name, what is neither a table nor a picture, though it says so."""
    png = io.BytesIO()
    Image.new("RGB", (60, 60)).save(png, "PNG")
    good, jpeg, webp = png.getvalue(), photo().read(), photo(kind="WEBP").read()
    return {
        "half a PNG": good[: len(good) // 2],
        "half a JPEG": jpeg[: len(jpeg) // 2],
        "half a WEBP": webp[: len(webp) // 2],
        "PNG of nothing": _png(0, 0, _png_chunk(b"IDAT", b"")),
        "PNG without pixels": _png(50, 50),
        "PNG of other pixels": _png(50, 50, _png_chunk(b"IDAT", zlib.compress(b"\x09" * 10))),
        "PNG that is no stream": _png(50, 50, _png_chunk(b"IDAT", b"\0" * 99)),
        "PNG larger than a wall": _png(60_000, 60_000, _png_chunk(b"IDAT", zlib.compress(b"\0"))),
        "PNG with a bomb of text": _png(9, 9, _png_chunk(
            b"zTXt", b"k\0\0" + zlib.compress(b"\0" * 90_000_000))),
        "PNG with a broken chunk": good[:40] + b"\xff\xff\xff\xff" + good[44:],
        "PNG with broken EXIF": _png(5, 5, _png_chunk(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff")),
        "JPEG of two bytes": b"\xff\xd8",
        "JPEG with broken EXIF": jpeg[:2] + b"\xff\xe1\0\x20Exif\0\0MM\0*\xff\xff\xff\xff" + jpeg[2:],
        "GIF": b"GIF89a\x01\0\x01\0\0\0\0;",
        "text": b"\xff\xfe\x00\xd8 half of a pair",
        "script": b"<script>alert(1)</script>",
        "zip of nothing": packed({}),
        "zip of something": packed({"a.txt": "a"}),
        "macros": packed({"word/document.xml": "", "word/vbaProject.bin": ""}),
    }  # fmt: skip
