"""One spelling of what people write in many: of lines, names, codes, phone numbers and longer texts.

Each function may be asked again of what it gave, and gives the same. What it cannot make sense of it
leaves as it is, for a rule of the field to refuse.
"""

import re
import unicodedata

_HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What shows nothing: zero-width characters, marks of direction, byte order marks, variation selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_SPACE = "\t\n\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_SPACE}]+")
# Spaces within a line of prose; its own line ends and what indents a Chinese paragraph stay.
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_LETTERS = {one: one - 0xFEE0 for one in range(0xFF10, 0xFF5B) if chr(one).isalnum()}
_WIDE = {one: one - 0xFEE0 for one in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－ー"), "-")
_DOTS = re.compile("[·•・．‧∙⋅･・᛫]")
# Between two of these Chinese has no space.
_CLOSE = rf"{_HAN}·（）“”"
_BETWEEN = re.compile(rf"(?<=[{_CLOSE}]) (?=[{_CLOSE}])")
_DOT_BETWEEN = re.compile(rf"(?<=[{_HAN}])\.(?=[{_HAN}])")
_BRACKETED = re.compile(
    rf"(?<=[{_HAN}])\(([^()]*)\)|\(([^()]*)\)(?=[{_HAN}])|\(([^()]*[{_HAN}][^()]*)\)"
)
_YEAR = re.compile(r"[\[(（【［〔]((?:19|20)\d\d)[\])）】］〕]")

# Shapes of numbers as they are kept: a mobile, a landline with its area code, 400 and 800, short ones.
_SHORT = r"1[0-2]\d(?:\d\d)?|11[68]\d{3}|9[56]\d{3}\d?|950\d{5}"
_SHAPES = rf"1[3-9]\d{{9}}|0\d{{2,3}}-\d{{7,8}}|[48]00\d{{7}}|{_SHORT}"
EXTENSION = "转"
PHONE = re.compile(rf"(?:{_SHAPES})(?:{EXTENSION}\d{{1,6}})?", re.ASCII)
_LANDLINE = re.compile(r"(010|02\d)(\d{8})|(0\d{3})(\d{7,8})|(0\d\d)(\d{7})", re.ASCII)
_WHOLE = re.compile(rf"1[3-9]\d{{9}}|[48]00\d{{7}}|{_SHORT}", re.ASCII)
_ABROAD = re.compile(r"(\+|00)?86(\d+)", re.ASCII)
_CALLED = "|".join((EXTENSION, "分机号", "分机", r"ext\.?", "[x,#]"))
_EXTENSION = re.compile(rf"(.+?)(?:{_CALLED}):?(\d{{1,6}})", re.ASCII | re.IGNORECASE)
_LAST_PART = re.compile(r"(.+)-(\d{1,6})", re.ASCII)
_SEPARATORS = re.compile(r"[-().·/]")


def seen(text: str) -> str:
    """The text composed (NFC), without what shows nothing, letters and digits of full width made half."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).translate(_LETTERS)


def line(text: str) -> str:
    """A text of one line: every run of spaces, of whatever kind, is one; none at the ends."""
    return _SPACES.sub(" ", seen(text)).strip(" ")


def prose(text: str) -> str:
    """A text of many lines, which it keeps, and how paragraphs are indented; blank at no end."""
    return _ODD_SPACE.sub(" ", seen(text)).rstrip(_WHITE).lstrip("\t\n\r ")


_WHITE = "\t\n\r \u0085\u00a0\u2028\u2029\u3000"


def name(text: str) -> str:
    """What an organization, a team or a place is called: Chinese has no spaces, and its own brackets."""
    bracketed = _BRACKETED.sub(
        lambda found: f"（{next(filter(None, found.groups()), '')}）", line(text)
    )
    return _BETWEEN.sub("", bracketed)


def person(text: str) -> str:
    """A person's name: no spaces between Chinese characters, and one dot (·) within names like 阿依·古丽."""
    dotted = _DOT_BETWEEN.sub("·", _DOTS.sub("·", name(text)))
    return _BETWEEN.sub("", dotted)


def code(text: str) -> str:
    """A code or number: all of half width, and no spaces at all."""
    bare = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub("", bare).translate(_WIDE).translate(_DASHES)


def upper_code(text: str) -> str:
    """A code whose letters are capitals, such as the unified social credit code."""
    return code(text).upper()


def document_number(text: str) -> str:
    """文号: its year stands in 〔〕, as GB/T 9704 wants it, whatever brackets were at hand."""
    return _YEAR.sub(r"〔\1〕", code(text))


def phone(text: str) -> str:
    """A phone number as it is kept: 13800000000, 0937-2610000, 4000000000, 12345, 0937-2610000转123.

    What is none of these comes back without spaces.
    """
    bare = code(text)
    if PHONE.fullmatch(bare):
        return bare
    for pattern in (_EXTENSION, _LAST_PART):
        found = pattern.fullmatch(bare)
        if found and (number := _number(found[1])):
            return number + EXTENSION + found[2]
    return _number(bare) or bare


def _number(text: str) -> str:
    """A number without extension; blank for what is none."""
    digits = _SEPARATORS.sub("", text)
    if kept := _shaped(digits):
        return kept
    found = _ABROAD.fullmatch(digits)
    if not found:
        return ""
    # The 0 of an area code is left out after +86.
    return _shaped(found[2]) or (_shaped("0" + found[2]) if found[1] else "")


def _shaped(digits: str) -> str:
    if _WHOLE.fullmatch(digits):
        return digits
    if found := _LANDLINE.fullmatch(digits):
        return "-".join(filter(None, found.groups()))
    return ""
