"""Who has reported what, and what each return says: open to anybody once it is published."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.lists import only_missing
from suzhou_portal.methods import for_anybody
from suzhou_portal.reporting import citing, duties
from suzhou_portal.reporting.checking import lines_of
from suzhou_portal.reporting.models import Return
from suzhou_portal.reporting.units import units as units_due


@dataclass(frozen=True)
class Unit:
    """A unit whose return is due, and that return as far as the reader may see it."""

    area: Area
    report: Return | None
    may_start: bool


@for_anybody
def returns_page(request: HttpRequest) -> HttpResponse:
    """Which units of a division have reported a period, and which have not."""
    scope = requested_scope(request)
    period = scope.period or Period.last_over(scope.clock, duties.kinds()[0])
    units = _units(request, scope, period)
    published = [unit for unit in units if unit.report and unit.report.is_published]
    context = {
        "scope": scope,
        "period": period,
        "finished": period.ended_by(scope.clock),
        "kinds": [(kind.label, Period.last_over(scope.clock, kind)) for kind in duties.kinds()],
        "later": later if (later := period.moved(1)).first <= scope.clock else None,
        "units": units,
        "shown": [one for one in units if one not in published] if only_missing(request) else units,
        "published": len(published),
        "staff": request.user.has_perm("reporting.view_return"),
    }
    return render(request, "reporting/returns.html", context)


@for_anybody
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A return: what it kept, beside what the records say now; before approval only the latter."""
    report = _report(request, pk)
    context = {
        "report": report,
        "lines": lines_of(report, list(report.snapshots.with_proof().order_by("pk"))),
        "staff": request.user.has_perm("reporting.view_return", report),
    }
    return render(request, "reporting/return.html", context)


@for_anybody
def snapshot_page(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One figure of a published return: its proof, its corrections, whether it still comes out."""
    report = _report(request, pk)
    kept = list(report.snapshots.with_proof().filter(figure=key))
    if not kept:
        raise Http404("这份上报没有留存这一指标。")
    [line] = lines_of(report, kept)
    context = {
        "report": report,
        "line": line,
        "snapshot": kept[0],
        "citation": citing.of_snapshot(request, kept[0]),
    }
    return render(request, "reporting/snapshot.html", context)


def _report(request: HttpRequest, pk: int) -> Return:
    """A return inside the portal's area that is published, or the person's to see. Raises Http404."""
    inside = Return.objects.within(settings.PORTAL_AREA).select_related("area")
    report = inside.filter(pk=pk).first()
    if report is None or (
        not report.is_published and not request.user.has_perm("reporting.view_return", report)
    ):
        raise Http404("没有这份上报，或者还没有发布。")
    return report


def _units(request: HttpRequest, scope: Scope, period: Period) -> list[Unit]:
    due = list(units_due(scope.area, period, period.until(scope.clock)))
    found = Return.objects.filter(area__in=[area.code for area in due], period=str(period))
    reports = {report.area_id: report for report in found}
    return [_unit(request, area, reports.get(area.code)) for area in due]


def _unit(request: HttpRequest, area: Area, report: Return | None) -> Unit:
    if report is None:
        fresh = Return(area=area)
        return Unit(area, None, request.user.has_perm("reporting.add_return", fresh))
    seen = report.is_published or request.user.has_perm("reporting.view_return", report)
    return Unit(area, report if seen else None, False)
