"""What a workbook shows of a number: by its format, as text. Dates are written alike, whatever the format.

What a format shows in a way that could be misread is told, not guessed.
"""

import datetime
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from suzhou_portal.files.packages import Package

MOST_DIGITS = 15  # that a spreadsheet keeps of a number
GENERAL = "General"
_DAY, _MONTH, _YEAR_MONTH = 'm"月"d"日"', 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"'
# The formats that a workbook names by number only, as a Chinese Excel shows them.
BUILT_IN = {
    "0": GENERAL, "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "12": "# ?/?", "13": "# ??/??", "14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy",
    "18": "h:mm", "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy/m/d h:mm",
    "27": _MONTH, "28": _DAY, "29": _DAY, "30": "m-d-yy", "31": _YEAR_MONTH, "32": "h:mm", "33": "h:mm:ss",
    "34": "h:mm", "35": "h:mm:ss", "36": _MONTH,
    "37": "#,##0;-#,##0", "38": "#,##0;-#,##0", "39": "#,##0.00;-#,##0.00", "40": "#,##0.00;-#,##0.00",
    "41": "#,##0", "42": "#,##0", "43": "#,##0.00", "44": "#,##0.00",
    "45": "[mm]:ss", "46": "[h]:mm:ss", "47": "[mm]:ss.0", "48": "##0.0E+0", "49": "@",
    "50": _MONTH, "51": _DAY, "52": _MONTH, "53": _DAY, "54": _DAY, "55": "h:mm", "56": "h:mm:ss", "57": _MONTH,
    "58": _DAY,
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>G/通用格式|General)|(?P<noon>上午/下午|AM/PM|A/P)|(?P<digit>[0#?])|(?P<power>E[+-])"
    r"|(?P<date>[yYmMdDhHsSeEbBgG]+)|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<sign>.)",
    re.DOTALL,
)
_COLOURS = re.compile(r"(?i)black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|.色|颜色\d+")
_PRECISE = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP)
_FEBRUARY_29 = 60  # a day that 1900 never had, but has in every spreadsheet
_LAST = 2_958_466  # the day after 9999-12-31

Token = tuple[str, str]


class UnclearError(Exception):
    """What a cell shows cannot be told for certain; the message says what to do."""


UNCLEAR = "这一格的显示格式读不准，请把单元格格式改为“常规”或“文本”，核对后再传。"
HIDDEN = "这一格的格式使内容不显示，请改为“常规”，核对后再传。"
TOO_LONG = "数字超过15位，Excel 已经改动了后面的数字；请把单元格格式设为“文本”，重新填写。"
NO_DATE = "这一格按日期显示，但不是一个日期，请核对。"


class CellFormats:
    """What the formats of a workbook's cells make of the numbers in them."""

    def __init__(self, package: Package, *, since_1904: bool):
        codes, formats, inside = dict(BUILT_IN), [], False
        for tag, one in package.elements("xl/styles.xml"):
            inside = tag == "cellXfs" or (inside and tag not in ("cellStyles", "dxfs"))
            if tag == "numFmt" and "numFmtId" in one:
                codes[one["numFmtId"]] = one.get("formatCode", GENERAL)
            elif tag == "xf" and inside:
                formats.append(one.get("numFmtId", "0"))
        self._codes = [codes.get(one, GENERAL) for one in formats] or [GENERAL]
        self._since_1904 = since_1904

    def shown(self, text: str, style: str) -> str:
        """A stored number as a cell of that style shows it. Raises UnclearError, IndexError."""
        code = self._codes[int(style)]
        if code == GENERAL and text.isdecimal() and len(text) < MOST_DIGITS:
            return text
        return shower(code, since_1904=self._since_1904)(number(text))


def number(text: str) -> Decimal:
    """A stored number with the digits that a spreadsheet keeps. Raises UnclearError."""
    try:
        value = _PRECISE.create_decimal(text)
    except InvalidOperation as error:
        raise UnclearError(UNCLEAR) from error
    if not value.is_finite() or value.adjusted() < -100:
        raise UnclearError(UNCLEAR)
    if value.adjusted() >= MOST_DIGITS:
        raise UnclearError(TOO_LONG)
    return value


@lru_cache(1_000)
def shower(code: str, *, since_1904: bool) -> Callable[[Decimal], str]:
    """What shows numbers by a format code, which may raise UnclearError."""
    sections = _sections(code)
    if not any(kind == "date" for kind, _ in sections[0]):
        return lambda value: _by_section(sections, value)
    shown = _units_shown(sections[0])
    return lambda value: _date(value, shown, since_1904=since_1904)


def _sections(code: str) -> list[list[Token]]:
    """The format's sections (for positive, negative, zero, text), each as kinds and texts of tokens."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "space", found[found.lastgroup or 0]
        if kind == "sign" and text == ";":
            sections.append([])
        elif kind == "bracket":
            sections[-1] += _bracket(text)
        elif kind in ("quoted", "escaped", "sign"):
            sections[-1].append(("literal", text))
        elif kind != "space":
            sections[-1].append((kind, text))
    return sections


def _bracket(text: str) -> list[Token]:
    """Tokens of a format's [...]: the system's own date or time, a currency's sign, a colour or a condition."""
    if text.startswith(("$-F", "$-f")):
        return [("date", "ymd" if text[3:].startswith(("8", "08")) else "hms")]
    if text.startswith("$"):
        return [("literal", text[1:].partition("-")[0])]
    return [] if _COLOURS.fullmatch(text) else [("unclear", text)]


def _by_section(sections: list[list[Token]], value: Decimal) -> str:
    numeric = sections[:3]
    if not value:
        text = _numeric(numeric[2 if len(numeric) > 2 else 0], value)
        return text if any(map(str.isdigit, text)) else "0"  # a dash in ledgers of money
    if len(numeric) > 1 and value < 0:
        return _numeric(numeric[1], -value)
    shown = _numeric(numeric[0], abs(value))
    return f"-{shown}" if value < 0 and shown.strip("0.%") else shown


def _numeric(tokens: list[Token], value: Decimal) -> str:
    kinds = [kind for kind, _ in tokens]
    texts = [text for _, text in tokens]
    if {"general", "text"} & set(kinds):
        plain = f"{value.normalize() + 0:f}"  # no zeros at its end, no minus before zero
        return "".join(plain if kind in ("general", "text") else text for kind, text in tokens)
    if {"unclear", "power", "date", "noon"} & set(kinds) or ("literal", "/") in tokens:
        raise UnclearError(UNCLEAR)
    digits = [place for place, kind in enumerate(kinds) if kind in ("digit", "point", "comma")]
    if not digits:
        raise UnclearError(HIDDEN)
    first, end = digits[0], digits[-1] + 1
    run = _digits(tokens[first:end], value * 100 if "percent" in kinds else value)
    return "".join([*texts[:first], run, *texts[end:]])


def _digits(run: list[Token], value: Decimal) -> str:
    """The number in the run's places. Marks may stand between its digits, as in 000-0000-0000."""
    kinds = [kind for kind, _ in run]
    point = kinds.index("point") if "point" in kinds else len(run)
    whole, decimals = run[:point], run[point + 1 :]
    in_thousands = kinds[point - 1 : point] == ["comma"]
    between = set(kinds) - {"digit"}
    mixed = "literal" in between and len(between) > 1
    if in_thousands or mixed or set(kinds[point + 1 :]) - {"digit"}:
        raise UnclearError(UNCLEAR)
    least = sum(text == "0" for _, text in decimals)
    precise = Context(prec=MOST_DIGITS * 2 + len(decimals))
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, precise)
    left, _, right = f"{rounded:{',' if 'comma' in kinds else ''}f}".partition(".")
    left, right = left if left != "0" else "", right[:least] + right[least:].rstrip("0")
    shown: list[str] = []
    for kind, text in reversed(whole):
        if kind == "literal":
            shown.append(text)
        elif kind == "digit":
            shown.append(left[-1:] or text.strip("#?"))
            left = left[:-1]
    left += "".join(reversed(shown))
    return f"{left}.{right}" if right else left


def _units_shown(tokens: list[Token]) -> set[str]:
    """Which of y, m (months), d, h and s a format of dates shows; and "unclear" for what cannot be told."""
    units = {letter for kind, text in tokens if kind == "date" for letter in text.lower()}
    units = {"y" if unit in "ebg" else unit for unit in units}
    if units & {"h", "s"} and not units & {"y", "d"}:
        units.discard("m")  # minutes
    return units | {kind for kind, _ in tokens if kind == "unclear"}


def _date(value: Decimal, shown: set[str], *, since_1904: bool) -> str:
    if "unclear" in shown:
        raise UnclearError(UNCLEAR)
    moment = _moment(value, since_1904=since_1904)
    if {"y", "m", "d"} <= shown:
        day = moment.date().isoformat()
    else:
        parts = ("y", f"{moment.year}年"), ("m", f"{moment.month}月"), ("d", f"{moment.day}日")
        day = "".join(text for unit, text in parts if unit in shown)
    time = f"{moment:%H:%M:%S}" if "s" in shown else f"{moment:%H:%M}" if "h" in shown else ""
    return f"{day} {time}".strip()


def _moment(value: Decimal, *, since_1904: bool) -> datetime.datetime:
    """The moment of a number of days, by the workbook's own first day. Raises UnclearError."""
    if not 0 <= value < _LAST or (not since_1904 and int(value) == _FEBRUARY_29):
        raise UnclearError(NO_DATE)
    first = datetime.datetime(1899, 12, 31 if value < _FEBRUARY_29 else 30)  # noqa: DTZ001 - a cell has no zone
    if since_1904:
        first = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
    try:
        return first + datetime.timedelta(seconds=round(value * 86_400))
    except OverflowError as error:
        raise UnclearError(NO_DATE) from error
