"""需要关注: what is not as it should be in a division, each in a sentence that leads to who and what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models.functions import Length
from django.urls import reverse

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area, AreaQuerySet
from suzhou_portal.areas.scope import names_inside
from suzhou_portal.caching.followed import remembered
from suzhou_portal.dashboards.groups import GAPS, gaps
from suzhou_portal.dashboards.tables import compared
from suzhou_portal.figures.cards import figure_url, together
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.models import FigureTarget
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.targets import Aim, aims_inside, targets_in
from suzhou_portal.figures.unusual import Unusual
from suzhou_portal.linkage.flow import late_by_place
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.reporting.duties import reported
from suzhou_portal.reporting.models import Return
from suzhou_portal.reporting.past import reported_kind, rests_on, unusual_in
from suzhou_portal.reporting.units import unreported
from suzhou_portal.reporting.wording import difference_text
from volunteers.models import PairingLink
from volunteers.pairing import incomplete

AT_FIRST = 7
NAMED = 3  # units and communities in a sentence; the page it leads to has them all


@dataclass(frozen=True)
class Concern:
    """One thing to look at: its kind in two or three characters, what is the matter, and where that is shown."""

    kind: str
    text: str
    url: str


@dataclass(frozen=True)
class Attention:
    """All that needs attention in a division, the worst of each kind first, then the second of each."""

    concerns: Sequence[Concern]

    @property
    def first(self) -> Sequence[Concern]:
        return self.concerns[:AT_FIRST]

    @property
    def others(self) -> Sequence[Concern]:
        return self.concerns[AT_FIRST:]


def rest_on() -> list[Any]:
    """The kinds of record that the list rests on, besides figures."""
    return [Area, FigureTarget, ServiceRequest, PairingLink, *rests_on()]


def asked_about(scope: Scope) -> list[Figure]:
    """The figures that the list asks about: what is reported, compared or a gap, and what has a target."""
    targeted = {key for _, key in targets_in(scope)}
    return [*reported(), *compared(), *gaps(), *(figures.get(key) for key in sorted(targeted))]


def attention(scope: Scope, here: Opened, own: Iterable[Aim]) -> Attention:
    """What is short of its target, late, not reported, missing or unusual; `here` holds the figures that are
    `asked_about`, with their parts, `own` are the targets here.
    """
    kinds = [
        _below_target(scope, [*own, *aims_inside(here.chosen, scope, here)]),
        *([] if scope.period else [_late(scope)]),
        _unreported(scope),
        *([] if scope.period else [_gaps(scope, here)]),
        _unusual(scope, list(reported())),
    ]
    in_turn = zip_longest(*(list(kind) for kind in kinds))
    return Attention([one for turn in in_turn for one in turn if one is not None])


def _below_target(scope: Scope, every: Iterable[Aim]) -> Iterator[Concern]:
    """The furthest from their targets first, those of places inside beside the division's own."""
    names = names_inside(scope.area.code)
    missed = [aim for aim in every if aim.short]
    for aim in sorted(missed, key=lambda aim: -aim.share):
        area = aim.target.area_id
        where = "" if area == scope.area.code else names.get(area, area)
        now = together(aim.amount.value or 0, aim.figure.unit)
        yield Concern(
            "低于目标" if aim.target.direction == "at_least" else "超过上限",
            f"{where}{aim.figure.label}{now}，{aim.text}，{aim.standing}",
            figure_url(aim.figure.key, scope, area),
        )


def _late(scope: Scope) -> Iterator[Concern]:
    code, clock = scope.area.code, scope.clock
    places = remembered(("late", code, clock), [ServiceRequest], lambda: late_by_place(scope))
    if not places:
        return
    [(most, number)] = places.most_common(1)
    where = names_inside(code).get(most, most)
    worst = f"，最多的是{where}，{number}件" if len(places) > 1 and most != code else ""
    url = f"{reverse('linkage')}?{scope.query()}#stops"
    yield Concern("超期", f"服务请求超期{places.total()}件{worst}", url)


def _unreported(scope: Scope) -> Iterator[Concern]:
    """The units of which nothing is published of the last period that is over, the widest first."""
    kind = reported_kind(scope.area.code)
    if kind is None:
        return
    asked = scope.period
    period = asked if asked and asked.kind is kind else Period.last_over(scope.as_of, kind)
    if period.last >= scope.clock:  # on its last day nobody is late yet
        return
    names = remembered(
        ("unreported", scope.area.code, period),
        [Area, Return],
        lambda: _names(unreported(scope.area, period)),
    )
    if names:
        asked_for = f"area={scope.area.code}&period={period}&missing=1"
        text = f"{period.label}有{len(names)}个单位没有上报：{_some(names)}"
        yield Concern("未上报", text, f"{reverse('returns')}?{asked_for}")


def _gaps(scope: Scope, here: Opened) -> Iterator[Concern]:
    """Communities of which a tier of pairing is missing, and what figures count that is."""
    code, day = scope.area.code, scope.as_of
    if scope.area.level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY):
        communities = Area.objects.inside(code).in_force(day).filter(level=Level.COMMUNITY)
        names = remembered(
            ("unpaired", code, day),
            [Area, PairingLink],
            lambda: _names(incomplete(communities, day)),
        )
        if names:
            url = f"{reverse('pairing_gaps')}?{scope.query()}&missing=1"
            yield Concern("缺口", f"{len(names)}个社区包联有缺口：{_some(names)}", url)
    for figure in gaps():
        if value := here.value(figure).value:
            text = GAPS[figure.key].format(together(value, figure.unit))
            yield Concern("缺口", text, figure_url(figure.key, scope))


def _unusual(scope: Scope, chosen: Sequence[Figure]) -> Iterator[Concern]:
    """What is unlike its own past, here and, of what places are compared by, one level down."""
    names, own = names_inside(scope.area.code), scope.area.code
    inside = [code for code in names if code != own]
    found = unusual_in(chosen, [own], scope.as_of) + unusual_in(compared(), inside, scope.as_of)
    for area, figure, period, unusual in sorted(found, key=lambda one: -abs(one[-1].z)):
        where = "" if area == own else names.get(area, area)
        asked = f"area={area}&period={period}"
        yield Concern(
            "异常",
            f"{where}{period.label}{said(figure, unusual)}",
            f"{reverse('figure', args=[figure.key])}?{asked}",
        )


def said(figure: Figure, found: Unusual) -> str:
    """What is unusual, beside what is usual: 志愿服务队伍+2支，此前8个季度中位数+9支，明显偏少."""
    if figure.kind is FigureKind.FLOW:
        now, usual = together(found.value, figure.unit), together(found.median, figure.unit)
    else:
        now, usual = (difference_text(one, figure.unit) for one in (found.value, found.median))
    return f"{figure.label}{now}，此前{found.of}期中位数{usual}，明显{found.word}"


def _names(areas: AreaQuerySet) -> list[str]:
    """What they are called, the widest first."""
    return [area.short_name for area in areas.order_by(Length("code"), "code")]


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
