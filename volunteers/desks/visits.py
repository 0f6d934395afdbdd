"""M22 平时敲门响铃."""

from suzhou_portal.desks.registry import Desk, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import DoorVisit, ResidentNeed

AREA = Column("所属地区", "area")

desks.add(
    Desk(
        name="door-visits",
        party=Party.VOLUNTEERS,
        model=DoorVisit,
        title="敲门走访",
        lead="敲门响铃，一户一条；发现的需求填在同一张表里，自动转为居民需求。",
        fields=(
            "area", "address", "outcome", "situation", "need_kind", "need", "resident_name",
            "phone", "team", "visited_on",
        ),
        remembered=("area", "team"),
        columns=(
            Column("门牌", "address"),
            AREA,
            Column("结果", "outcome"),
            Column("需求类别", "need_kind"),
            Column("走访日期", "visited_on"),
        ),
        facts=(
            AREA,
            Column("结果", "outcome"),
            Column("情况", "situation"),
            Column("需求类别", "need_kind"),
            Column("需求", "need"),
            Column("住户姓名", "resident_name"),
            Column("住户电话", "phone"),
            Column("走访队伍", "team"),
            Column("走访日期", "visited_on"),
        ),
        select_related=("area", "team"),
        search=("address", "situation", "need"),
        filters=("outcome", "need_kind"),
        entry=True,
    ),
    Desk(
        name="resident-needs",
        party=Party.VOLUNTEERS,
        model=ResidentNeed,
        title="居民需求",
        lead="走访发现的和居民提出的需求：接办、办好、回访，居民满意才办结。居民信息不公开。",
        fields=("area", "kind", "content", "address", "resident_name", "phone", "team", "found_on"),
        remembered=("area", "kind"),
        columns=(
            Column("门牌", "address"),
            Column("类别", "kind"),
            Column("需求", "content"),
            AREA,
            Column("承办人（单位）", "handler"),
            Column("发现日期", "found_on"),
        ),
        facts=(
            Column("类别", "kind"),
            AREA,
            Column("需求", "content"),
            Column("居民姓名", "resident_name"),
            Column("居民电话", "phone"),
            Column("承办队伍", "team"),
            Column("承办人（单位）", "handler"),
            Column("发现日期", "found_on"),
            Column("办理结果", "result"),
            Column("办好日期", "handled_on"),
            Column("办结日期", "closed_on"),
        ),
        select_related=("area", "team"),
        search=("address", "content"),
        filters=("kind",),
        files=True,
    ),
)  # fmt: skip
