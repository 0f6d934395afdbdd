"""How numbers, money and dates are written."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal import formats
from suzhou_portal.figures.cards import together
from suzhou_portal.figures.data import plain
from suzhou_portal.reporting.wording import difference_text
from suzhou_portal.templatetags.portal import yuan
from tests.cases import case


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (100, None, "100"),
        (1234567, None, "1,234,567"),
        (Decimal("10.50"), None, "10.5"),
        (Decimal("10.005"), None, "10.01"),
        (Decimal("-0.125"), None, "-0.13"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("3.14159"), 2, "3.14"),
        (3, 2, "3.00"),
        (Decimal("2.5"), 0, "3"),
    ],
)
def test_number(value, places, text):
    assert formats.number(value, places) == text


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("9999.99"), "元", ("9,999.99", "元")),
        (Decimal(9999), "元", ("9,999", "元")),
        (Decimal("3500.1"), "元", ("3,500.10", "元")),
        (Decimal(10_000), "元", ("1", "万元")),
        (Decimal(-25_000), "元", ("-2.5", "万元")),
        (Decimal(5_432_100), "元", ("543.21", "万元")),
        (Decimal("0.4567"), "%", ("45.67", "%")),
        (1, "%", ("100", "%")),
        (20_000, "人", ("20,000", "人")),
        (500, "元/人/月", ("500", "元/人/月")),
    ],
)
def test_quantity(value, unit, shown):
    assert formats.quantity(value, unit) == shown


@given(st.decimals("-1e12", "1e12", places=4))
def test_a_number_reads_back_to_two_decimals(value):
    text = formats.number(value)
    assert abs(Decimal(text.replace(",", "")) - value) <= Decimal("0.005")
    assert "E" not in text
    assert "." not in text or not text.endswith(("0", "."))


NUMBERS_ARE_WRITTEN = {
    "number": lambda value: formats.number(value),
    "number to the cent": lambda value: formats.number(value, 2),
    "exact": formats.exact,
    "yuan": lambda value: formats.quantity(value, formats.YUAN),
    "percent": lambda value: formats.quantity(value, formats.PERCENT),
    "people": lambda value: formats.quantity(value, "人"),
    "together": lambda value: together(value, "元"),
    "template": yuan,
    "difference": lambda value: difference_text(value, "元"),
    "difference in percent": lambda value: difference_text(value, "%"),
    "data": plain,
}


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_written_the_same_whatever_its_type(whole):
    """Counts come from the database as int, kept values as Decimal."""
    for name, write in NUMBERS_ARE_WRITTEN.items():
        with case(name):
            assert write(whole) == write(Decimal(whole)) == write(Decimal(f"{whole}.000000"))


@given(st.decimals("-1e15", "1e15", places=6))
def test_exact_loses_nothing(value):
    text = formats.exact(value)
    assert Decimal(text.replace(",", "")) == value
    assert "E" not in text
    assert "." not in text or not text.endswith(("0", "."))


def test_date():
    assert formats.date(datetime.date(2023, 4, 5)) == "2023年4月5日"
    assert formats.date(None) == "—"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("13800001234", "13800001234"), ("0937-2610000", "09372610000"), ("12345", "12345"),
        ("0937-2610000转123", "09372610000,123"), ("4000000000", "4000000000"),
        ("+852 2123 4567", "+85221234567"), ("abc", ""), ("138****1234", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_number_is_dialled_in_digits(written, dialled):
    assert formats.dialled(written) == dialled
