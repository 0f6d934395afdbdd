"""CSV files as offices open them."""

import csv
import datetime
import io
from contextlib import closing
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal import spreadsheets
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
    assert spreadsheets.cell(value) == text


@given(st.text(max_size=8))
def test_no_text_is_a_formula(text):
    cell = spreadsheets.cell(text)
    assert not cell.startswith(SIGNS)
    assert cell.removeprefix("'") == cleaned(text).removeprefix("'")


def test_a_file():
    rows = [["甲，乙", None], ['说"好"', "两\n行"]]
    with closing(spreadsheets.csv_response("名册", ["列一", "列二"], rows)) as response:
        content = response.getvalue()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert content.startswith("\ufeff列一,列二\r\n".encode())
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["列一", "列二"], ["甲，乙", ""], ['说"好"', "两\n行"]]


def test_it_is_whole_before_it_is_sent():
    """Whatever fails at its last row, nobody takes half a file for all there is."""

    def rows():
        yield ["一"]
        raise ValueError("no such row")

    with pytest.raises(ValueError, match="no such row"):
        spreadsheets.csv_response("many", ["数"], rows())


def test_a_long_one_is_on_disk_while_it_is_sent(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_IN_MEMORY", 100)
    with closing(
        spreadsheets.csv_response("many", ["数"], ([one] for one in range(1000)))
    ) as response:
        assert response.streaming
        sent = b"".join(response.streaming_content)
    assert len(sent) == int(response.headers["Content-Length"])
    assert sent.endswith(b"999\r\n")
