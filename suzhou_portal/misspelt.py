"""Names of settings that nothing reads: most often a known one with a slip of the finger."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# What is read elsewhere: by Django, and by tests and bench.
ELSEWHERE = {"DJANGO_SETTINGS_MODULE", "PORTAL_AT", "PORTAL_PICTURES"}
LONG = 8  # letters of a name from which on a similar one is taken for it
_LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=")


def names_in(dotenv: Path) -> list[str]:
    """The names that a `.env` file sets; none where there is no such file.

    Raises ImproperlyConfigured where it can't be read, with the number of the line.
    """
    if not dotenv.exists():
        return []
    try:
        lines = dotenv.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{dotenv.name} 读不出来：应是一个能读的 UTF-8 文件。"
        ) from error
    names = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise ImproperlyConfigured(
                f"{dotenv.name} 第{number}行不是“名称=值”的形式（等号两边不留空格）。"
            )
        names.append(found[1])
    return names


def refuse(known: Collection[str], dotenv: Iterable[str], environment: Iterable[str]) -> None:
    """Raise ImproperlyConfigured for the first name that is not known: each of the file, those of the
    environment that begin with PORTAL_ or are nearly a known one.
    """
    settled = {*known, *ELSEWHERE}
    for name in dotenv:
        if name not in settled:
            raise ImproperlyConfigured(f".env 里的 {name} {_advice(name, known)}")
    for name in environment:
        if name not in settled and (name.startswith("PORTAL_") or likely(name, known)):
            raise ImproperlyConfigured(f"环境变量 {name} {_advice(name, known)}")


def likely(name: str, known: Iterable[str]) -> str:
    """The long known name at most two slips away, the nearest; blank where there is none."""
    near = {one: _distance(name, one) for one in known if len(one) >= LONG}
    best = min(near, key=lambda one: (near[one], one), default="")
    return best if best and near[best] <= 2 else ""


def _advice(name: str, known: Iterable[str]) -> str:
    meant = likely(name.upper(), known)
    told = f"是不是 {meant}？" if meant else "全部设置见 .env.example。"
    return f"不是门户的设置，请改正或删去；{told}"


def _distance(one: str, other: str) -> int:
    """How many letters are to be put, taken or changed between the two; 3 where their lengths tell it."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]
