"""Load published values from a file with one line a value: all of it or nothing."""

import csv
import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import figures

KEY = ["figure", "area", "as_of", "source"]
CLAIMS = ["value", "previous_value", "exactness", "quote", "as_of_inferred", "note"]


class PublishedFileError(Exception):
    """A file that can't be loaded, with one Chinese sentence for each bad line."""

    def __init__(self, file: Path, problems: list[str]):
        self.problems = problems
        super().__init__(f"{file.name} 没有导入：\n" + "\n".join(problems))


def read_published(file: Path) -> list[PublishedValue]:
    """The file's values, not yet saved. Raises PublishedFileError."""
    values, problems = [], []
    known = {figure.key for figure in figures.all()}
    lines = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    for number, line in enumerate(lines, start=2):
        try:
            if line["figure"] not in known:
                problems.append(f"第{number}行：没有名为“{line['figure']}”的指标。")
                continue
            values.append(_parse(line))
        except (ValueError, KeyError, InvalidOperation, TypeError) as error:
            problems.append(f"第{number}行：内容不完整或格式不对（{error}）。")
    if problems:
        raise PublishedFileError(file, problems)
    return values


@transaction.atomic
def load_published(file: Path) -> int:
    """Create or correct the file's values; returns how many there are. Loading twice changes nothing.

    Raises PublishedFileError, having written nothing.
    """
    values = read_published(file)
    missing = {value.area_id for value in values} - set(Area.objects.values_list("pk", flat=True))
    if missing:
        raise PublishedFileError(file, [f"没有区划代码 {code}。" for code in sorted(missing)])
    seen: set[tuple] = set()
    checked = [(number, _problem(value, seen)) for number, value in enumerate(values, start=2)]
    if problems := [f"第{number}行：{problem}" for number, problem in checked if problem]:
        raise PublishedFileError(file, problems)
    PublishedValue.objects.bulk_create(
        values, update_conflicts=True, unique_fields=KEY, update_fields=CLAIMS
    )
    return len(values)


def _problem(value: PublishedValue, seen: set[tuple]) -> str | None:
    key = (value.figure, value.area_id, value.as_of, value.source)
    if key in seen:
        return "指标、地区、日期和出处与前面一行相同。"
    seen.add(key)
    try:
        value.clean_fields(exclude=["area"])
        value.validate_constraints(exclude={"source"})  # to be there already is no mistake
    except ValidationError as error:
        return "、".join(error.messages)
    return None


def _parse(line: dict[str, str]) -> PublishedValue:
    return PublishedValue(
        figure=line["figure"],
        area_id=line["area"],
        value=_number(line["value"]),
        previous_value=_number(line["previous_value"]),
        exactness=line["exactness"],
        quote=line["quote"],
        source=line["source"],
        as_of=datetime.date.fromisoformat(line["as_of"]),
        as_of_inferred=line["as_of_inferred"] == "true",
        note=line["note"],
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
