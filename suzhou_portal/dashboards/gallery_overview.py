"""What the gallery shows of the components that make up the overview and a community's page."""

import datetime
from types import SimpleNamespace as Sample
from typing import Any

from django.utils.safestring import mark_safe

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.tables import Cell, Row, Table
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import Figure

States = dict[str, dict[str, Any]]
SPARK = mark_safe(
    '<svg class="spark" viewBox="0 0 96 28"><path class="spark-line" d="M2 20 40 9 94 14"/></svg>'
)
CELLS = mark_safe(
    '<tr><th scope="row"><a href="#">指标</a></th><td class="num figure-value"><strong>数值</strong></td>'
    '<td class="moved moved-up">增加</td><td class="past"></td><td class="wanted"></td><td class="published"></td></tr>'
)


def of_the_overview(area: Area, scope: Sample, long: str, figure: Figure) -> dict[str, States]:
    """By component, its states."""
    concern = Sample(kind="低于目标", text=long, url="#")
    row = Sample(
        link="指标", counted="若干", moved="增加", direction="up", basis="比上次上报", spark=SPARK, aimed="",
        cells=CELLS, card=_card(),
    )  # fmt: skip
    table = Table(
        [figure],
        [
            Row(long, "#", [Cell("值", "若干/若干", 4)]),
            Row("区本级", "", [Cell("未报")], look="own"),
        ],
        Row("合计", "", [Cell("值")]),
        Row("各地区平均", "", [Cell("值")], look="average"),
        long,
    )
    compared = Sample(table=table, map_part=Sample(lasting=0, key=""))
    period = Sample(label="某年第一季度")
    switched = Sample(**{**vars(scope), "periods": [period], "earlier": period, "period": None})
    return {
        "attention": {
            "没有": {"attention": Sample(concerns=[])},
            "很多": {"attention": Sample(concerns=[concern] * 2, first=[concern], others=[concern])},
        },
        "figure_headline": {"一个": {"row": row}},
        "figure_group": {
            "一组": {"group": Sample(title="一组指标", finding=long, rows=[row]), "id": "sample"}
        },
        "figure_legend": {"说明": {}},
        "period_switch": {"没有选时期": {"scope": switched}},
        "quarters": {"说明": {"least": "若干"}},
        "tile_map": {"一块": {"scope": scope, "tiles": _tiles(long, figure)}},
        "inside_table": {"一行有值，一行未报": {"scope": scope, "table": table}},
        "comparison": {"没有地图": {"scope": scope, "title": "各地区对照", "comparison": compared}},
    }  # fmt: skip


def of_a_community(area: Area, scope: Sample, long: str, day: datetime.date) -> dict[str, States]:
    """By component, its states."""
    there = Sample(level="community", code=area.code, name=long)
    profile = Sample(phone="12345", office_hours="工作日", address=long)
    known = Sample(area=there, community=area.code, profile=profile, ask="#")
    unknown = Sample(area=there, community=area.code, profile=None, ask="")
    line = Sample(label="指标", text="数值", url="#", state=State.KNOWN)
    return {
        "area_links": {"社区": {"scope": Sample(area=there)}},
        "near": {"有电话": {"near": known}, "没有登记": {"near": unknown}},
        "near_news": {"没有": {"near": known}},
        "figures_in_short": {
            "几项": {"title": "指标", "scope": scope, "short": Sample(said=[line], nothing=[line])}
        },
        "community_chooser": {"没有选": {"areas": [("街道", [(area.code, long)])], "code": ""}},
        "elder_head": {"没有选社区": {"elder": Sample(call="#")}},
        "elder_switch": {"普通版": {}, "长辈版": {"elder": True}},
    }


def _card() -> Sample:
    return Sample(
        text="数值", unit="个", url="#", published=True, published_text="公布的值", mark="✓",
        computed=Sample(state=State.KNOWN),
    )  # fmt: skip


def _tiles(long: str, figure: Figure) -> Sample:
    tile = Sample(
        name=long, lines=["样例"], text="数值", brief="数值", url="#", quarter=1, x=0, y=0, inner=[]
    )
    return Sample(figure=figure, height=5, width=20, tile_height=4.5, drawn=[tile], tiles=[tile])
