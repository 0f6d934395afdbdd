"""The page behind each figure, and figures as data."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from suzhou_portal import spreadsheets
from suzhou_portal.figures import data, door, rows
from suzhou_portal.figures.bars import breakdown_bars
from suzhou_portal.figures.cards import Card, cards_of
from suzhou_portal.figures.enums import Agreement
from suzhou_portal.figures.kept.upkeep import latest_audit
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.figures.targets import targets_for
from suzhou_portal.lists import page_of
from suzhou_portal.methods import for_anybody
from suzhou_portal.open_data import json_response
from suzhou_portal.reporting.over_time import over_time

ROWS_A_PAGE = 20
ROWS_AT_ONCE = ROWS_A_CHUNK = 2_000  # of a file; a longer one is streamed by the chunk
LONGEST_KEYWORDS = 50
# Whoever says one of these looks at the rows, which are unfolded for them.
AMONG_ROWS = ("q", "page", "part")
# What an address says besides the words looked for among the rows, and still says when they change.
BESIDE_WORDS = ("area", "as_of", "period", "part", "order", "trend")


@for_anybody
def figure_page(request: HttpRequest, key: str) -> HttpResponse:
    """Definition, published beside computed, break-down, rows counted, and how it went over time."""
    figure, scope = _asked(request, key)
    parts = figures.parts(figure)
    counted = _chosen_part(request, figure, parts)
    here = scope.opened([figure, *parts], inside=True)
    page = page_of(request, _records(request, counted, scope), ROWS_A_PAGE)
    (card, *cards) = cards_of([figure, *parts], scope, here)
    aim = targets_for([figure], scope, here).get(figure.key)
    context = {
        "card": card,
        "aim": aim,
        "when_published": _when_published(card, scope),
        "scope": scope,
        "bars": breakdown_bars(figure, scope, here, ranked=_is_ranked(request)),
        "parts": cards,
        "counted": counted,
        "total": here.counted(counted),
        "keywords": _keywords(request),
        "searching": any(name in request.GET for name in AMONG_ROWS),
        "beside": [(name, request.GET[name]) for name in BESIDE_WORDS if name in request.GET],
        "computed_at": here.computed_at,
        "page": page,
        "rows": rows.for_page(counted, page.object_list),
        "audit": latest_audit(scope.area.code),
        **over_time(request, card, scope, aim),
    }
    return render(request, "dashboards/figure.html", context)


@for_anybody
def figure_rows_csv(request: HttpRequest, key: str) -> HttpResponse | FileResponse:
    """The rows a figure counts, as a file; one of not too many rows has an ETag."""
    figure, scope = _asked(request, key)
    counted = _chosen_part(request, figure, figures.parts(figure))
    header = ["区划代码", *(column.label for column in counted.columns)]
    name = f"{counted.key}-{scope.area.code}-{scope.period or scope.as_of}"
    records = _records(request, counted, scope)
    first = list(records[: ROWS_AT_ONCE + 1])
    if len(first) <= ROWS_AT_ONCE:
        return spreadsheets.small_csv_response(name, header, rows.for_file(counted, first))
    every = records.iterator(chunk_size=ROWS_A_CHUNK)
    return spreadsheets.csv_response(name, header, rows.for_file(counted, every))


@for_anybody
def figures_json(request: HttpRequest) -> HttpResponse:
    """Every figure of a division on a date."""
    return json_response(_data(request))


@for_anybody
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Every figure of a division on a date, as a CSV file."""
    lines = ([line[field] for field in data.FIELDS] for line in _data(request))
    return spreadsheets.small_csv_response("figures", data.FIELDS, lines)


def _data(request: HttpRequest) -> list[dict[str, Any]]:
    return data.rows(requested_scope(request), request.build_absolute_uri)


def _asked(request: HttpRequest, key: str) -> tuple[Figure, Scope]:
    """The figure, with the meaning it has in what is asked for."""
    try:
        figure = figures.get(key)
    except KeyError:
        raise Http404("没有这个指标。") from None
    scope = requested_scope(request)
    return figure.since(scope.since), scope


def _when_published(card: Card, scope: Scope) -> Card | None:
    """The figure on the day of its published value, where the page is about another time."""
    if card.comparison.agreement is not Agreement.OTHER_TIME or card.published is None:
        return None
    day = Scope(scope.area, card.published.as_of, clock_given=True)
    return cards_of([figures.get(card.figure.key)], day)[0]


def _chosen_part(request: HttpRequest, figure: Figure, parts: list[Figure]) -> Figure:
    """Whose rows are shown: the figure's own, or of a ratio the part asked for by `?part=`."""
    if not parts:
        return figure
    known = {part.key: part for part in parts}
    if (wanted := request.GET.get("part", parts[0].key)) in known:
        return known[wanted]
    raise Http404("这个指标没有这一组成部分。")


def _records(request: HttpRequest, figure: Figure, scope: Scope) -> QuerySet:
    """The records counted; `?q=` narrows them to those in which each of its words stands."""
    counted = door.records(figure, scope.area.code, scope.as_of)
    return rows.matching(figure, rows.listed(figure, counted), _keywords(request))


def _keywords(request: HttpRequest) -> str:
    keywords = request.GET.get("q", "").strip()
    if len(keywords) > LONGEST_KEYWORDS:
        raise BadRequest(f"检索词最多{LONGEST_KEYWORDS}个字，请缩短后重新输入。")
    if "\0" in keywords:  # which the database takes in no text
        raise BadRequest("检索词中有无法识别的字符，请重新输入。")
    return keywords


def _is_ranked(request: HttpRequest) -> bool:
    """Whether `?order=` asks for places by value instead of by code."""
    order = request.GET.get("order", "")
    if order not in ("", "value"):
        raise BadRequest("排列方式不正确：只能按区划顺序，或者按数值（order=value）。")
    return order == "value"
