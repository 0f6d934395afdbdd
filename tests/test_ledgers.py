"""CSV files as offices open them."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal import ledgers
from suzhou_portal.texts import cleaned

SIGNS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("社区", "社区"),
        ("=1+1", "'=1+1"),
        ("+86 937", "'+86 937"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("1=1", "1=1"),
        (-2, "-2"),
        (-2.5, "-2.5"),
        (Decimal("-1E+3"), "-1000"),
        (Decimal("0.10"), "0.10"),
        (datetime.date(2023, 4, 5), "2023-04-05"),
        ("620902004004", "620902004004"),
    ],
)
def test_cell(value, text):
    assert ledgers.cell(value) == text


@given(st.text(max_size=8))
def test_no_text_is_a_formula(text):
    cell = ledgers.cell(text)
    assert not cell.startswith(SIGNS)
    assert cell.removeprefix("'") == cleaned(text).removeprefix("'")


def test_a_file():
    rows = [["甲，乙", None], ['说"好"', "两\n行"]]
    response = ledgers.csv_response("名册", ["列一", "列二"], rows)
    content = response.getvalue()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert content.startswith("\ufeff列一,列二\r\n".encode())
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["列一", "列二"], ["甲，乙", ""], ['说"好"', "两\n行"]]


def test_rows_are_streamed():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    stream = iter(ledgers.csv_response("many", ["数"], rows()))
    assert asked == []
    assert next(stream) == "\ufeff数\r\n".encode()
    assert next(stream) == b"0\r\n"
    assert asked == [0]
