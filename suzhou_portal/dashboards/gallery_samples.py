"""What the gallery shows the components with: no records, and no figures, but words that say what would stand there."""

import datetime
from collections.abc import Iterable
from types import SimpleNamespace as Sample
from typing import Any

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.gallery_overview import of_a_community, of_the_overview
from suzhou_portal.figures.enums import Agreement, State
from suzhou_portal.figures.registry import figures
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party

LONG = "名称很长的地方也要能够换行而不把整页撑得比屏幕还宽"
MANY, FEW = "甲乙丙", "甲"

States = dict[str, dict[str, Any]]


def samples(area: Area, day: datetime.date) -> dict[str, States]:
    """By component, its states by what they are called, each with the context that it is rendered in."""
    scope = Sample(
        area=area, path=[area], as_of=day, as_of_given=False, clock=day, clock_given=False
    )
    return (
        _of_figures(area, scope)
        | _of_proof(scope)
        | _of_records(day)
        | _of_work(area, day)
        | _of_places(area, scope, day)
        | _of_words()
        | of_the_overview(area, scope, LONG, next(iter(figures.all())))
        | of_a_community(area, scope, LONG, day)
    )


def _of_figures(area: Area, scope: Sample) -> dict[str, States]:
    figure = next(iter(figures.all()))
    additive = next(one for one in figures.all() if one.measure.additive)
    cards = {state.label: _card(figure, state) for state in State}
    rows = [
        Sample(rank="", url="#", label=LONG, length=80, text="值"),
        Sample(rank="", label="区本级", length=0, text="未报"),
    ]
    return {
        "figure_card": {state: {"card": card} for state, card in cards.items()},
        "figure_cards": {"几张": {"cards": list(cards.values())}},
        "bar_chart": {"可以相加": {"bars": Sample(figure=additive, rows=rows, total="合计")}},
    }


def _of_proof(scope: Sample) -> dict[str, States]:
    when = _at(scope.as_of)
    return {
        "audited": {
            "还没有核对": {"scope": scope},
            "一致": {
                "scope": scope,
                "audit": Sample(finished_at=when, compared="若干", mismatches=[]),
            },
            "不一致": {
                "scope": scope,
                "audit": Sample(finished_at=when, compared="若干", mismatches=[FEW]),
            },
        },
        "rows_table": {
            "有记录": {
                "counted": Sample(columns=_columns("名称", "日期")),
                "rows": [[LONG, scope.as_of]],
            },
            "筛选后没有": {"keywords": FEW},
            "没有": {},
        },
    }


def _card(figure: Any, state: State) -> Sample:
    known = state is State.KNOWN
    return Sample(
        figure=figure, computed=Sample(state=state), url="#", known=known,
        text="数值" if known else state.label, unit=figure.unit if known else "", parts="分子 ÷ 分母",
        published=True, published_text="公布的值", comparison=Sample(agreement=Agreement.SAME), difference="",
    )  # fmt: skip


def _of_records(day: datetime.date) -> dict[str, States]:
    staged = {tone: _Staged(tone) for tone in ("good", "bad", "neutral")}
    line = Sample(url="#", first=LONG, cells=[("名称", LONG), ("日期", day)], record=staged["good"])
    item = Sample(
        name=LONG, get_absolute_url="#", get_category_display="类别", fee="free", get_fee_display="免费",
        verified_on=day, summary="一句话说明这项服务。", schedule="办公时间", phone="12345",
        area=Sample(shown_name=LONG),
    )  # fmt: skip
    step = Sample(label="办理", taken_on=day, by_name="某人", note=LONG, pk=1)
    return {
        "state_pill": {tone: {"record": record} for tone, record in staged.items()},
        "lines_table": {
            "一行": {
                "columns": _columns("名称", "日期"),
                "lines": [line],
                "label": "样例",
                "staged": True,
            }
        },
        "service_item": {
            "已核实": {"item": item, "verified_since": day},
            "久未核实": {"item": item, "verified_since": datetime.date.max},
        },
        "steps": {"没有": {}, "办过": {"steps": [(step, [LONG])]}},
        "resource_section": {
            "没有": {
                "resource": Sample(key="none", title="资源", advice="登记后在这里看到。"),
                "section": Sample(),
            },
            "有": {
                "resource": Sample(key="some", title="资源", unit="项"),
                "section": Sample(
                    rows=True, columns=_columns("名称", "数量"), lines=[((LONG, "若干"), "")]
                ),
            },
        },
        "structure_diagram": {"一核": {"diagram": _diagram(), "area": Sample(short_name="样例")}},
    }


def _of_work(area: Area, day: datetime.date) -> dict[str, States]:
    waits = Sample(kind=Sample(noun="记录"), due=day)
    task = Sample(due="今天", tone="bad", url="#", record=area, waits=waits, state="待办", steps=[])
    held = Sample(area=LONG, get_role_display="角色")
    reader = Sample(is_authenticated=True, get_short_name="姓名", current_assignments=[held])
    return {
        "who": {"登录以后": {"user": reader}},
        "task": {"没有可以直接办的步骤": {"task": task}},
        "keep_button": {"在大按钮旁": {}, "在小按钮旁": {"quiet": True}},
        "drafts_here": {
            "填过": {"drafts_here": [Sample(get_absolute_url="#", at=_at(day))]},
            "没有": {},
        },
        "draft_fields": {"收下过文件": {"draft_files": [Sample(name=LONG, pk="1")]}, "没有": {}},
    }


class _Staged(Sample):
    """A record in a state of this tone."""

    def __init__(self, tone: str) -> None:
        super().__init__(tone=tone, get_state_display=f"状态（{tone}）")

    def dated_remark(self, day: datetime.date) -> str:
        return ""


def _at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _columns(*labels: str) -> list[Sample]:
    return [Sample(label=label) for label in labels]


def _diagram() -> Sample:
    text = Sample(text="党组织", x=54, y=36, style="structure-name")
    box = Sample(x=0, y=0, width=108, height=66, style="structure-core", texts=[text])
    return Sample(width=108, height=66, description="一个机构。", links=[], boxes=[box])


def _of_places(area: Area, scope: Sample, day: datetime.date) -> dict[str, States]:
    levels = ("1", "2", "3", "4")
    inside = Sample(code=area.code, name=LONG, valid_to=None)
    ended = Sample(area=Sample(name=LONG, valid_to=day), as_of=day)
    return {
        "area_chooser": {"街道和社区": {"areas": [("街道", [(area.code, LONG)])], "scope": scope}},
        "breadcrumbs": {"两级": {"scope": Sample(area=inside, path=[area, inside], as_of=day)}},
        "division_history": {
            "撤销": {
                "scope": ended,
                "day_before": day,
                "name_then": LONG,
                "heirs": [],
                "acts": [Sample(document="文号")],
            }
        },
        "emergency_banner": {
            "急时": {
                "emergencies": [_emergency(level, day, area, drill=False) for level in levels]
            },
            "演练": {"emergencies": [_emergency("4", day, area, drill=True)]},
        },
        "not_found": {
            "有电话的社区": {
                "title": "没有找到",
                "chosen": _named(),
                "community": Sample(phone="12345"),
                "ask": "#",
            },
            "没有选社区": {"title": "没有找到"},
        },
        "five_parties": {"五社": {"parties": [(one, "做什么") for one in Party]}},
    }


def _named() -> Sample:
    """A division as a list of services names it."""
    return Sample(code="", shown_name=LONG)


def _emergency(level: str, day: datetime.date, area: Area, *, drill: bool) -> Sample:
    return Sample(
        pk=1, level=level, is_drill=drill, get_level_display=f"{level}级", colour="某", area=area,
        title=LONG, started_on=day, expected_until=day,
    )  # fmt: skip


def _of_words() -> dict[str, States]:
    bar = [_field("词", []), _field("地区", [("", [("", "全部"), ("1", LONG)])])]
    form = Sample(bar=bar)
    return {
        "charity_tabs": {"两页": {}},
        "registers": {"几个栏目": {"registers": kinds.public()}},
        "only_read": {"磁盘满了": {"only_read": "磁盘空间不足"}},
        "desk_crumbs": {"列表": {"desk": kinds.public()[0], "here": "登记"}},
        "dangers": {"有危险": {"dangers": [Sample(advice="", calls=[("110", "报警")])]}},
        "empty": {
            "没有": {
                "title": "还没有登记",
                "advice": "登记后在这里看到。",
                "url": "#",
                "action": "登记",
            }
        },
        "facts": {"长短": {"facts": [("名称", FEW), ("说明", LONG * len(MANY))]}},
        "filter_bar": {"两项": {"form": form}},
        "first_steps": {
            "访客": {"area": LONG},
            "工作人员": {"area": FEW, "signed_in": True},
            "系统管理员": {"area": FEW, "signed_in": True, "administers": True},
        },
        "list_head": {
            "列表": {
                "title": "列表",
                "lead": "一句话。",
                "filter": Sample(form=form),
                "page": Sample(total="若干"),
                "unit": "项",
            }
        },
        "nav_link": {"链接": {"url": "#", "label": "链接"}},
        "pagination": {"两边都有": {"page": Sample(previous=FEW, next=FEW, last=FEW)}},
    }


def _field(label: str, groups: Iterable[Any]) -> Sample:
    return Sample(
        label=label,
        name=f"sample-{label}",
        groups=list(groups),
        value="",
        attributes=Sample(placeholder="如：助餐"),
    )
