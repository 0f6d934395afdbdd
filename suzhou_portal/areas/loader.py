"""Load divisions from a file with the columns code, name, level, parent_code: all of it or nothing."""

import csv
from pathlib import Path

from django.db import transaction

from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.areas.models import Area

COLUMNS = ["code", "name", "level", "parent_code"]


class DivisionFileError(Exception):
    """A file that can't be loaded; `problems` is one Chinese sentence for each bad line."""

    def __init__(self, file: Path, problems: list[str]):
        self.problems = problems
        super().__init__(f"{file.name} 没有导入：\n" + "\n".join(problems))


@transaction.atomic
def load_divisions(file: Path) -> int:
    """Create or rename the file's divisions; returns how many lines it held. One that was renamed by an
    act keeps the name that this gave it.

    Loading a file twice changes nothing. Raises DivisionFileError, having written nothing.
    """
    known = set(Area.objects.values_list("code", flat=True)) | {codes.COUNTRY}
    areas, problems = _parse(file, known)
    if problems:
        raise DivisionFileError(file, problems)
    acts = DivisionChange.objects.upheld().filter(kind=ChangeKind.RENAMED)
    renamed = dict(acts.values_list("area", "area__name"))
    for area in areas:
        area.name = renamed.get(area.code, area.name)
    country = Area(code=codes.COUNTRY, name="全国", level=codes.Level.COUNTRY)
    Area.objects.bulk_create([country], ignore_conflicts=True)
    Area.objects.bulk_create(
        sorted(areas, key=lambda area: len(area.code)),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    return len(areas)


def _parse(file: Path, known: set[str]) -> tuple[list[Area], list[str]]:
    try:
        rows = csv.DictReader(file.read_text("utf-8-sig").splitlines())
        if rows.fieldnames is None or not set(COLUMNS) <= set(rows.fieldnames):
            return [], [f"第1行：表头应含有 {'、'.join(COLUMNS)}。"]
        lines = list(rows)
    except UnicodeDecodeError:
        return [], ["文件不是 UTF-8 编码。"]
    known = known | {(line["code"] or "").strip() for line in lines}
    seen: set[str] = set()
    areas, problems = [], []
    for number, line in enumerate(lines, start=2):
        values = {column: (line[column] or "").strip() for column in COLUMNS}
        problem = _problem(values, known, seen)
        seen.add(values["code"])
        if problem:
            problems.append(f"第{number}行：{problem}")
        else:
            code = values["code"]
            level, parent = codes.level_of(code), codes.parent_of(code)
            areas.append(Area(code=code, name=values["name"], level=level, parent_id=parent))
    return areas, problems


def _problem(values: dict[str, str], known: set[str], seen: set[str]) -> str | None:
    code, level = values["code"], values["level"]
    if level not in codes.Level.values:
        return f"不认识的级别“{level}”。"
    try:
        actual = codes.level_of(code)
    except ValueError:
        return f"区划代码“{code}”的位数不对。"
    if actual != level:
        return f"区划代码“{code}”是{actual.label}代码，与级别“{codes.Level(level).label}”不符。"
    if code in seen:
        return f"区划代码“{code}”重复。"
    parent = codes.parent_of(code)
    if values["parent_code"] not in (parent, "") or (not values["parent_code"] and len(code) > 2):
        return f"“{code}”的上级应为“{parent}”，不是“{values['parent_code']}”。"
    if parent and parent not in known:
        return f"“{code}”的上级“{parent}”不存在。"
    if not values["name"] or len(values["name"]) > 60:
        return f"“{code}”的名称为空或过长。"
    return None
