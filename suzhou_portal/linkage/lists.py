"""The three lists of a division on one page, each to be read to its end; what fits together, and taking it up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from charity.models import Allocation
from communities.models import CoBuildingProject
from suzhou_portal import keyset
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.desks.reached import new_address
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.keyset import CursorPage
from suzhou_portal.linkage.claiming import acts_for_somebody
from suzhou_portal.linkage.listed import NEEDS, PROJECTS, RESOURCES, SOURCES, Source, community_of
from suzhou_portal.linkage.matching import MOST, Match, best
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.lists import page_of
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.columns import texts

FIRST, SHOWN = 5, 20  # lines of each kind on the page of all, and on a page of one
CANDIDATES = 200  # of each kind that are looked at for those shown


@dataclass(frozen=True)
class ListLine:
    """A need, a resource or a project: its page where it has one, its cells, since when it waits in days, what
    fits it with the form that joins both, and where the person takes it up.
    """

    head: str
    url: str
    place: Any
    cells: list[tuple[str, str]]
    record: Any
    days: int | None
    matches: list[tuple[Match, str]]
    taken_up: list[tuple[str, str]]


@dataclass(frozen=True)
class ListPart:
    """One kind of record of a list."""

    source: Source
    page: CursorPage
    lines: list[ListLine]


@for_anybody
def three_lists(request: HttpRequest, code: str) -> HttpResponse:
    """The three lists of a division, the first lines of each kind; a grid's are those of its community."""
    scope = requested_scope(request, code)
    if scope.area.level == Level.GRID:
        return redirect("three_lists", scope.area.parent_id)
    pages = {one.key: keyset.page(_records(one, scope), "", FIRST) for one in SOURCES}
    parts = _parts(request, scope, pages)
    sides = [(side, [part for part in parts if part.source.side == side]) for side in SIDES]
    return render(request, "linkage/lists.html", {"scope": scope, "sides": sides})


@for_anybody
def one_list(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """All of one kind, page by page."""
    scope = requested_scope(request, code)
    source = next((one for one in SOURCES if one.key == name), None)
    if source is None:
        raise Http404("三张清单中没有这一类。")
    page = page_of(request, _records(source, scope), SHOWN)
    [part] = _parts(request, scope, {name: page})
    return render(request, "linkage/list.html", {"scope": scope, "part": part, "page": page})


SIDES = (NEEDS, RESOURCES, PROJECTS)


def _records(source: Source, scope: Scope) -> Any:
    return source.read(source.records(scope.as_of).found_in(scope.area.code))


def _parts(request: HttpRequest, scope: Scope, pages: dict[str, CursorPage]) -> list[ListPart]:
    shown = {one: pages[one.key] for one in SOURCES if one.key in pages}
    found = _matches(scope, shown)
    return [
        ListPart(source, page, _lines(request, scope, source, page, found))
        for source, page in shown.items()
    ]


def _matches(scope: Scope, shown: dict[Source, CursorPage]) -> list[Match]:
    """What fits the needs and resources shown, of all that lie near: one statement for each kind of record."""
    needs = [(s, one) for s, page in shown.items() if s.need for one in page]
    offers = [(s, one) for s, page in shown.items() if s.offer for one in page]
    if not needs and not offers:
        return []
    near_offers = _near(scope, [one for _, one in needs], lambda source: source.offer)
    near_needs = _near(scope, [one for _, one in offers], lambda source: source.need)
    every_need = {
        (source.key, one.pk): source.need(one, scope.as_of)
        for source, one in [*needs, *near_needs]
        if source.need
    }
    every_offer = {
        (source.key, one.pk): source.offer(one)
        for source, one in [*offers, *near_offers]
        if source.offer
    }
    return best(filter(None, every_need.values()), every_offer.values())


def _near(
    scope: Scope, records: Iterable[Any], wanted: Callable[[Source], Any]
) -> list[tuple[Source, Any]]:
    """Records that are wanted in the streets of those given, and in the divisions around them."""
    areas = sorted({one.area_id for one in records})
    if not areas:
        return []
    street = codes.LENGTHS[Level.STREET]
    around = {code for area in areas for code in codes.lineage(area)}
    near = Q(area__in=around) | codes.inside("area__code", {area[:street] for area in areas})
    return [
        (source, one)
        for source in SOURCES
        if wanted(source)
        for one in source.read(source.records(scope.as_of).filter(near))[:CANDIDATES]
    ]


def _lines(
    request: HttpRequest, scope: Scope, source: Source, page: CursorPage, found: list[Match]
) -> list[ListLine]:
    records = list(page)
    shown = source.shown(records[0]._meta.model) if records else ()
    told = texts(shown, records)
    labels = [column.label for column in shown]
    return [
        ListLine(
            cells[0],
            source.page(one.pk) if source.page else "",
            community_of(one),
            list(zip(labels, cells, strict=True))[1:],
            one,
            need.days if need else None,
            _fitting(request.user, one, found),
            _taking_up(request.user, one),
        )
        for one, cells in zip(records, told, strict=True)
        for need in [source.need(one, scope.as_of) if source.need else None]
    ]


def _fitting(user: Any, record: Any, found: list[Match]) -> list[tuple[Match, str]]:
    mine = [one for one in found if record in (one.need.record, one.offer.record)]
    return [(one, _joining(user, one)) for one in mine[:MOST]]


def _joining(user: Any, match: Match) -> str:
    """The form in which the person gives the resource to the need; blank for who may not, and where a unit
    gives to its agreement's needs alone.
    """
    need, offer = match.need, match.offer
    made: Any = CoBuildingProject if offer.agreement else Allocation
    seen = user.has_perm(permission("view", offer.record), offer.record)
    if not (seen and user.has_perm(permission("add", made), need.record)):
        return ""
    if made is Allocation:
        return new_address(made, resource=offer.record, area=need.area, purpose=need.label)
    same = need.agreement == offer.agreement
    return new_address(made, need=need.record, resource=offer.record) if same else ""


def _taking_up(user: Any, record: Any) -> list[tuple[str, str]]:
    """Where the person takes up a request that waits, or sends it to somebody."""
    if not isinstance(record, ServiceRequest):
        return []
    found = [("认领", reverse("open_requests"))] if acts_for_somebody(user) else []
    if user.has_perm(permission("dispatch", record), record):
        found.append(("派给谁", reverse("request_suggestions", args=[record.pk])))
    return found
