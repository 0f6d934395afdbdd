"""The one font of all PDF files, and which characters it has."""

from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
from fontTools.ttLib import TTCollection

FOLDER = Path(manimgx_fonts_cjk.__file__).parent
FAMILY = "Noto Sans CJK SC"
MISSING = "〓"  # what printers set for a character they have not
# Seen by nobody, and set by none: joiners, selectors of variants, marks of direction.
_UNSEEN = frozenset(
    [*"\t\n\r\u00ad\u2060\ufeff", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)),
     *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))]
)  # fmt: skip


@cache
def _known() -> frozenset[int]:
    [file] = FOLDER.glob("*.ttc")
    with TTCollection(file, lazy=True) as collection:
        font = next(one for one in collection if one["name"].getDebugName(1) == FAMILY)
        return frozenset(font.getBestCmap())


def missing(text: str) -> list[str]:
    """The characters of a text that cannot be printed, each once."""
    if text.isascii():
        return []
    known = _known()
    return list(dict.fromkeys(one for one in text if ord(one) not in known and one not in _UNSEEN))


def printable(text: str) -> str:
    """The text with a sign in place of each character that cannot be printed."""
    lost = missing(text)
    return text.translate({ord(one): MISSING for one in lost}) if lost else text


def warning(text: str) -> str:
    """What to know of a text before it is printed; blank where nothing is."""
    lost = missing(text)
    named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in lost)
    return f"{named}没有可打印的字形，打印的文件中会印作“{MISSING}”，请核对。" if lost else ""
