"""What a workbook shows of a number: by its format, as text. Dates are written alike, whatever the format.

What a format shows in a way that could be misread is told, not guessed.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

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

Show = Callable[[Decimal], str]
Token = tuple[str, str]


class UnclearError(Exception):
    """What a cell shows cannot be told for certain; the message says what to do."""


UNCLEAR = "这一格的显示格式读不准，请把单元格格式改为“常规”或“文本”，核对后再传。"
HIDDEN = "这一格的格式使内容不显示，请改为“常规”，核对后再传。"
TOO_LONG = "数字超过15位，Excel 已经改动了后面的数字；请把单元格格式设为“文本”，重新填写。"
NO_DATE = "这一格按日期显示，但不是一个日期，请核对。"


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
def shower(code: str, *, since_1904: bool) -> Show:
    """What shows numbers by a format, which may raise UnclearError."""
    sections = _sections(code)
    dated = any(kind == "date" for kind, _ in sections[0])
    if dated:
        return _date_shower(sections[0], since_1904=since_1904)
    return lambda value: _by_section(sections, value)


def _sections(code: str) -> list[list[Token]]:
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
    if text.startswith(("$-F", "$-f")):
        return [("date", "ymd" if text[3:].startswith(("8", "08")) else "hms")]
    if text.startswith("$"):
        return [("literal", text[1:].partition("-")[0])]
    return [] if _COLOURS.fullmatch(text) else [("unclear", text)]


def _by_section(sections: Sequence[list[Token]], value: Decimal) -> str:
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
    if not tokens:
        raise UnclearError(HIDDEN)
    if "general" in kinds or "text" in kinds:
        return "".join(
            plain(value) if kind in ("general", "text") else text for kind, text in tokens
        )
    if {"unclear", "power", "date", "noon"} & set(kinds) or ("literal", "/") in tokens:
        raise UnclearError(UNCLEAR)
    digits = [place for place, kind in enumerate(kinds) if kind in ("digit", "point", "comma")]
    if not digits:
        raise UnclearError(HIDDEN)
    if "percent" in kinds:
        value *= 100
    before, run, after = (
        tokens[: digits[0]],
        tokens[digits[0] : digits[-1] + 1],
        tokens[digits[-1] + 1 :],
    )
    return _texts(before) + _digits(run, value) + _texts(after)


def _texts(tokens: list[Token]) -> str:
    return "".join(text for _, text in tokens)


def _digits(run: list[Token], value: Decimal) -> str:
    kinds = [kind for kind, _ in run]
    point = kinds.index("point") if "point" in kinds else len(run)
    whole, decimals = run[:point], run[point + 1 :]
    if "literal" in kinds:
        return _interleaved(run, value)
    if kinds[point - 1 : point] == ["comma"] or set(kinds[point + 1 :]) - {"digit"}:
        raise UnclearError(UNCLEAR)  # counted in thousands
    least = sum(text == "0" for kind, text in decimals)
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _wide(decimals))
    grouped = "," if ("comma", ",") in whole else ""
    left, _, right = f"{rounded:{grouped}f}".partition(".")
    places = sum(text == "0" for kind, text in whole if kind == "digit")
    right = right[:least] + right[least:].rstrip("0")
    left = "" if left == "0" and not places else left.rjust(places, "0")
    return f"{left}.{right}" if right else left


def _wide(decimals: list[Token]) -> Context:
    return Context(prec=MOST_DIGITS * 2 + len(decimals))


def _interleaved(run: list[Token], value: Decimal) -> str:
    """Digits with marks between them, as 000-0000-0000: from the right into their places."""
    if {kind for kind, _ in run} - {"digit", "literal"}:
        raise UnclearError(UNCLEAR)
    left = str(value.quantize(Decimal(1), ROUND_HALF_UP))
    shown: list[str] = []
    for kind, text in reversed(run):
        if kind == "digit":
            shown.append(left[-1:] or ("0" if text == "0" else ""))
            left = left[:-1]
        else:
            shown.append(text)
    return left + "".join(reversed(shown))


def plain(value: Decimal) -> str:
    """A number as it is, without trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


# --- dates


def _date_shower(tokens: list[Token], *, since_1904: bool) -> Show:
    letters = {letter for kind, text in tokens if kind == "date" for letter in text.lower()}
    letters = {{"e": "y", "b": "y", "g": "y"}.get(letter, letter) for letter in letters}
    if any(kind == "unclear" for kind, _ in tokens):

        def unclear(value: Decimal) -> str:
            raise UnclearError(UNCLEAR)

        return unclear
    timed = "h" in letters or "s" in letters
    if timed and "m" in letters and not {"y", "d"} & letters:
        letters.discard("m")  # minutes
    return lambda value: _date(value, letters, timed=timed, since_1904=since_1904)


def _date(value: Decimal, letters: set[str], *, timed: bool, since_1904: bool) -> str:
    moment = _moment(value, since_1904=since_1904)
    parts = []
    if {"y", "m", "d"} <= letters:
        parts.append(moment.date().isoformat())
    else:
        names = (("y", f"{moment.year}年"), ("m", f"{moment.month}月"), ("d", f"{moment.day}日"))
        parts.append("".join(text for letter, text in names if letter in letters))
    if timed:
        parts.append(f"{moment:%H:%M:%S}" if "s" in letters else f"{moment:%H:%M}")
    return " ".join(filter(None, parts))


def _moment(value: Decimal, *, since_1904: bool) -> datetime.datetime:
    if not 0 <= value < _LAST:
        raise UnclearError(NO_DATE)
    if since_1904:
        first = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no zone
    elif int(value) == _FEBRUARY_29:
        raise UnclearError(NO_DATE)
    else:
        first = datetime.datetime(1899, 12, 31 if value < _FEBRUARY_29 else 30)  # noqa: DTZ001
    try:
        return first + datetime.timedelta(seconds=round(value * 86_400))
    except OverflowError as error:
        raise UnclearError(NO_DATE) from error
