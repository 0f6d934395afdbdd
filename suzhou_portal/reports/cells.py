"""Cells in the XML of a workbook's sheet (ECMA-376 part 1, 18.3.1): found, and written where they stand."""

from decimal import Decimal
from typing import Any

from lxml import etree
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    coordinate_to_tuple,
    get_column_letter,
    range_boundaries,
)

_CHAIN = "calcChain"
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


def attribute(element: Any, name: str) -> str:
    """An attribute by its local name; blank where there is none."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def seen_at(root: Any, address: str) -> str:
    """Where a text at the address is seen: of merged cells, in the first."""
    row, column = coordinate_to_tuple(address)
    for merged in root.iter("{*}mergeCell"):
        left, top, right, bottom = range_boundaries(merged.get("ref", ""))
        if left <= column <= right and top <= row <= bottom:
            return f"{get_column_letter(left)}{top}"
    return address


def merged(root: Any) -> int:
    """How many cells of the sheet are merged with others."""
    areas = (range_boundaries(one.get("ref", "")) for one in root.iter("{*}mergeCell"))
    return sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in areas)


def is_formula(root: Any, address: str) -> bool:
    """Whether the sheet works the cell out by itself."""
    cell = _cell(root, address, make=False)
    return cell is not None and cell.find("{*}f") is not None


def write(root: Any, address: str, value: Any) -> bool:
    """Put a number or a text into a cell that keeps its look. Whether a formula stood there."""
    cell = _cell(root, address, make=True)
    formula = cell.find("{*}f")
    if formula is not None and formula.get("t") in ("shared", "array"):
        return False  # others are worked out by it; it was never meant to be filled in
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    if isinstance(value, Decimal | int):
        _below(cell, "v").text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    else:
        cell.set("t", "inlineStr")
        text = _below(_below(cell, "is"), "t")
        text.text = str(value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return formula is not None


def forget_results(root: Any) -> None:
    """What formulas came to before the cells were filled in is true no more."""
    for formula in root.iter("{*}f"):
        cell = formula.getparent()
        for result in cell.findall("{*}v"):
            cell.remove(result)
        cell.attrib.pop("t", None)


def of_strings(root: Any) -> list[Any]:
    """The cells whose text stands elsewhere in the workbook."""
    return [cell for cell in root.iter("{*}c") if cell.get("t") == "s"]


def work_out_when_opened(book: Any) -> None:
    """Have whatever opens the workbook work all its formulas out."""
    found = book.find("{*}calcPr")
    if found is None:
        # Where the schema has it: after the names, before what comes last.
        before = [one for one in book if _local(one) in _BEFORE_CALCULATION]
        found = etree.Element(_named(book, "calcPr"))
        before[-1].addnext(found)
    found.set("fullCalcOnLoad", "1")


def without_chain(root: Any) -> Any:
    """The list of parts, or of links to them, without the order in which formulas were worked out."""
    for one in list(root):
        if _CHAIN in attribute(one, "PartName") or attribute(one, "Type").endswith(_CHAIN):
            root.remove(one)
    return root


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _named(beside: Any, name: str) -> str:
    """A name in the namespace of another element: a Strict workbook has one of its own."""
    space, closed, _ = str(beside.tag).rpartition("}")
    return f"{space}{closed}{name}"


def _below(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, _named(parent, name))


def _cell(root: Any, address: str, *, make: bool) -> Any:
    letter, number = coordinate_from_string(address)
    data = root.find("{*}sheetData")
    row = _among(data, "row", number, lambda one, at: int(one.get("r", at)), make=make)
    if row is None:
        return None
    if row.get("r") is None:
        row.set("r", str(number))
    place = column_index_from_string(letter)
    cell = _among(row, "c", place, _column, make=make)
    if cell is not None:
        cell.set("r", address)
    return cell


def _column(cell: Any, at: int) -> int:
    address = cell.get("r")
    return column_index_from_string(coordinate_from_string(address)[0]) if address else at


def _among(parent: Any, name: str, wanted: int, place: Any, *, make: bool) -> Any:
    """The child that stands at a place, made in its order where there is none."""
    at, before = 0, None
    for child in parent.findall("{*}" + name):
        at = place(child, at + 1)
        if at == wanted:
            return child
        if at > wanted:
            break
        before = child
    if not make:
        return None
    new = etree.Element(_named(parent, name))
    if before is None:
        parent.insert(0, new)
    else:
        before.addnext(new)
    return new
