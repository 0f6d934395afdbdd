"""What somebody asks the analysis desk for: figures, areas and periods, as an address says them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, QueryDict

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope, requested_scope

MOST_FIGURES, MOST_PLACES, MOST_PERIODS, MOST_CELLS = 12, 60, 24, 2_000
ITSELF = "self"
# What is shown until somebody chooses.
USUAL = (
    "organizations", "service_items", "volunteer_teams", "workers_in_post", "certified_ratio",
    "charity_value",
)  # fmt: skip
LIMITS = (
    f"一次最多{MOST_FIGURES}个指标、{MOST_PLACES}个地区、{MOST_PERIODS}期，"
    f"合起来最多{MOST_CELLS:,}个数值。"
)
T = TypeVar("T")


class Axis(Enum):
    """What a table may have in its rows; the other two make its columns."""

    PLACE = ("place", "地区")
    FIGURE = ("figure", "指标")
    PERIOD = ("period", "时期")

    def __init__(self, key: str, label: str):
        self.key, self.label = key, label


@dataclass(frozen=True)
class Asked:
    """What was asked for. `levels` and `single` are how the places were named, `periods` is empty where a
    day is asked about.
    """

    scope: Scope
    figures: tuple[Figure, ...]
    levels: tuple[str, ...]
    single: tuple[str, ...]
    places: tuple[Area, ...]
    periods: tuple[Period, ...]
    rows: Axis

    @property
    def query(self) -> str:
        """The address of the same table, in one order whatever form asked for it."""
        asked = QueryDict(mutable=True)
        asked["area"] = self.scope.area.code
        asked.setlist("figure", [figure.key for figure in self.figures])
        asked.setlist("level", [*self.levels])
        asked.setlist("place", [*self.single])
        asked.update(self.scope.when)
        if self.periods:
            asked["count"] = str(len(self.periods))
        asked["rows"] = self.rows.key
        return asked.urlencode()


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for, else what is usual. Raises BadRequest or Http404 with a Chinese reason."""
    scope, given = requested_scope(request), request.GET
    chosen = tuple(_figure(key) for key in _each(given.getlist("figure")) or USUAL)
    levels, single = _each(given.getlist("level")), _each(given.getlist("place"))
    places = _places(scope, levels, single) if levels or single else ()
    if not levels and not single:
        levels, places = _usual_places(scope)
    periods = _periods(scope, given.get("count", ""))
    _require_at_most(MOST_FIGURES, chosen, "个指标")
    if not places:
        raise BadRequest("所选范围内没有这一级的地区，请另选。")
    if len(chosen) * len(places) * max(1, len(periods)) > MOST_CELLS:
        raise BadRequest(f"选得太多：{LIMITS}")
    return Asked(scope, chosen, levels, single, places, periods, _rows(given.get("rows", "")))


def _usual_places(scope: Scope) -> tuple[tuple[str, ...], tuple[Area, ...]]:
    """Until somebody chooses: what lies one level down, or where nothing does the area itself."""
    levels = tuple(key for key, _ in offered_levels(scope)[1:2])
    inside = _places(scope, levels, ())
    return (levels, inside) if inside else ((ITSELF,), (scope.area,))


def offered_levels(scope: Scope) -> list[tuple[str, str]]:
    """The levels inside an area, from itself inwards, each with what a form calls it."""
    levels = [*Level]
    inside = levels[levels.index(Level(scope.area.level)) + 1 :]
    return [
        (ITSELF, f"{scope.area.name}合计"),
        *((one.value, f"所辖各{one.label}") for one in inside),
    ]


def _each(values: Iterable[str]) -> tuple[str, ...]:
    """What was said, each once, in the order given; blanks are nothing."""
    return tuple(dict.fromkeys(value for value in values if value))


def _require_at_most(most: int, chosen: Sequence[T], what: str) -> None:
    if len(chosen) > most:
        raise BadRequest(f"选得太多：一次最多{most}{what}。")


def _figure(key: str) -> Figure:
    try:
        return figures.get(key)
    except KeyError:
        raise BadRequest("没有这个指标，请从表单中选择。") from None


def _periods(scope: Scope, text: str) -> tuple[Period, ...]:
    """So many up to the one asked for; none where a day is."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if text and not 1 <= number <= MOST_PERIODS:
        raise BadRequest(f"期数不正确：请填1到{MOST_PERIODS}。")
    return tuple(scope.period.back(number or 1)) if scope.period else ()


def _rows(key: str) -> Axis:
    for axis in Axis:
        if key in ("", axis.key):
            return axis
    raise BadRequest("行只能是地区（place）、指标（figure）或时期（period）。")


def _places(scope: Scope, levels: Sequence[str], single: Sequence[str]) -> tuple[Area, ...]:
    """The areas, outer ones before those in them: of the levels inside the scope's, and single ones."""
    known = {key for key, _ in offered_levels(scope)}
    if not known.issuperset(levels):
        raise BadRequest("没有这一级的地区，请从表单中选择。")
    found = {area.code: area for area in _single(single)}
    if ITSELF in levels:
        found[scope.area.code] = scope.area
    if inner := set(levels) - {ITSELF}:
        inside = Area.objects.inside(scope.area.code).in_force(scope.as_of)
        at_levels = inside.filter(level__in=inner).order_by("code")[: MOST_PLACES + 1]
        found |= {area.code: area for area in at_levels}
    places = sorted(found.values(), key=lambda area: (codes.length_of(area.code), area.code))
    _require_at_most(MOST_PLACES, places, "个地区")
    return tuple(places)


def _single(wanted: Sequence[str]) -> list[Area]:
    _require_at_most(MOST_PLACES, wanted, "个地区")
    for code in wanted:
        try:
            codes.level_of(code)
        except ValueError as error:
            raise BadRequest("区划代码不正确：应为2、4、6、9、12或15位数字。") from error
    found = list(Area.objects.filter(code__in=wanted)) if wanted else []
    inside = [area for area in found if codes.contains(settings.PORTAL_AREA, area.code)]
    if len(inside) < len(wanted):
        raise Http404("本门户没有这个地区。")
    return inside
