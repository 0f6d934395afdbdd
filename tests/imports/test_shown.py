"""A number of a workbook is read as the workbook shows it."""

import pytest

from suzhou_portal.imports.shown import BUILT_IN, UnclearError, number, shower
from tests.cases import case

SHOWN = {
    "General": {"3.3000000000000003": "3.3", "13900001234": "13900001234", "1E+3": "1000", "-0": "0",
                "0.1": "0.1", "620902001002": "620902001002", "-2.50": "-2.5"},
    "0": {"12": "12", "12.4": "12", "12.5": "13", "-12.5": "-13", "0": "0"},
    "0.00": {"3.3000000000000003": "3.30", "3.305": "3.31", "-0.001": "0.00"},
    "#,##0.00": {"1234567.8": "1,234,567.80", "0.5": "0.50"},
    "#.##": {"0.5": ".5", "3": "3", "3.456": "3.46"},
    "000000": {"7": "000007", "1234567": "1234567"},
    "000-0000-0000": {"13900001234": "139-0000-1234"},
    "0%": {"0.125": "13%"},
    "0.0%": {"0.125": "12.5%"},
    '0"人"': {"12": "12人"},
    "0\\人": {"12": "12人"},
    '"¥"#,##0.00': {"1234.5": "¥1,234.50", "-1": "-¥1.00"},
    '[$¥-804]#,##0.00': {"1234.5": "¥1,234.50"},
    "0.00_);[Red](0.00)": {"1.5": "1.50", "-1.5": "(1.50)"},
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ': {"1234.5": "1,234.50", "-2": "-2.00", "0": "0"},
    'yyyy"年"m"月"d"日"': {"45046": "2023-04-30", "45046.5": "2023-04-30"},
    "yyyy/m/d h:mm": {"45046.5": "2023-04-30 12:00"},
    "yyyy/m/d h:mm:ss AM/PM": {"45046.75": "2023-04-30 18:00:00"},
    'yyyy"年"m"月"': {"45046": "2023年4月"},
    "mmm-yy": {"45046": "2023年4月"},
    'm"月"d"日"': {"45046": "4月30日"},
    "h:mm": {"0.75": "18:00"},
    "[$-804]yyyy/m/d;@": {"45046": "2023-04-30", "1": "1900-01-01", "61": "1900-03-01"},
}  # fmt: skip
UNCLEAR = {
    "General": ["620902199001011234", "1e400", "x", "nan"],
    "0.00E+00": ["13900001234"],
    "0,": ["1200000"],
    '0!.0,"万"': ["3768000"],
    "# ?/?": ["0.5"],
    "[>100]0;0.0": ["5"],
    "[DBNum1]0": ["5"],
    ";;;": ["5"],
    '"有"': ["5"],
    "[h]:mm": ["1.5"],
    "yyyy/m/d": ["-1", "60", "2958466"],
}


def test_numbers_and_dates_as_they_are_shown():
    for code, values in SHOWN.items():
        for value, text in values.items():
            with case(code, value):
                assert shower(code, since_1904=False)(number(value)) == text


def test_what_could_be_misread_is_not_guessed():
    for code, values in UNCLEAR.items():
        for value in values:
            with case(code, value), pytest.raises(UnclearError, match=r"[。]$"):
                shower(code, since_1904=False)(number(value))


def test_a_workbook_that_counts_from_1904():
    assert shower("yyyy/m/d", since_1904=True)(number("43584")) == "2023-04-30"


def test_every_format_that_is_named_by_number_shows_a_day_or_says_that_it_cannot():
    for name, code in BUILT_IN.items():
        with case(name):
            shows = shower(code, since_1904=False)
            if name in {"11", "12", "13", "45", "46", "47", "48"}:
                with pytest.raises(UnclearError):
                    shows(number("45046"))
            else:
                assert shows(number("45046"))
