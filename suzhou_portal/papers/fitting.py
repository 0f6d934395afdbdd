"""What is set in a narrow cell without breaking a number: smaller where it must be."""

import re
from itertools import chain, zip_longest
from typing import Any

_WIDE = 0.62  # of its size, that a letter or digit takes on average
_BESIDE = 8  # points left of and right of what a cell says
_SMALLEST = 5.0  # points
_WORD = re.compile(r"[!-~\u2212÷（）]+")  # a number may be one in brackets, or one of another
_NUMBER = re.compile(r"[-+−]?[0-9][0-9,.:/%-]*")


def fitted(said: dict[str, Any]) -> dict[str, Any]:
    """A file as read, ready to be set: no word of a cell wider than it, headings one below another."""
    _step_down(said["blocks"])
    for block in said["blocks"]:
        if block["kind"] == "table":
            _fit(block)
    return said


def _step_down(blocks: list[dict[str, Any]]) -> None:
    before = 1
    for block in blocks:
        if block.get("level", 0) > 1:
            before = block["level"] = min(block["level"], before + 1)


def _fit(table: dict[str, Any]) -> None:
    for cell in (one for row in table["rows"] for one in row):
        room = cell["width"] - _BESIDE
        for block in cell["blocks"]:
            if block["kind"] == "table":
                _fit(block)
            elif room > 0:
                _shrink([run for run in block["runs"] if run["kind"] == "text"], room)


def _shrink(runs: list[dict[str, Any]], room: float) -> None:
    words = _WORD.findall("".join(run["text"] for run in runs))
    longest = max(map(_ems, words), default=0)
    for run in runs:
        if longest * run["size"] > room:
            run["size"] = max(_SMALLEST, round(room / longest, 1))
            most = int(room / (_WIDE * run["size"]))
            words = _WORD.split(run["text"])
            breaking = [_broken(word, most) for word in _WORD.findall(run["text"])]
            run["text"] = "".join(chain(*zip_longest(words, breaking, fillvalue="")))


def _ems(word: str) -> float:
    """How many times its size a word is wide."""
    return sum(_WIDE if one.isascii() or one == "−" else 1 for one in word)


def _broken(word: str, most: int) -> str:
    """A word that does not fit however small, such as an address, in pieces; a number stays whole."""
    if len(word) <= most or _NUMBER.fullmatch(word):
        return word
    return "\u200b".join(word[at : at + most] for at in range(0, len(word), max(most, 1)))
