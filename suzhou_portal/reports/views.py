"""Reports: a page, and the same as Word, PDF and Excel files."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from suzhou_portal.areas.filters import area_choices
from suzhou_portal.downloads import disposition
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.scope import demonstration, requested_period, requested_scope
from suzhou_portal.methods import for_anybody, require_safe
from suzhou_portal.papers import pdf
from suzhou_portal.records.kinds import kinds
from suzhou_portal.reports import content, filling, sheet, word

FILES: dict[str, tuple[Callable[[content.Report], bytes], str]] = {
    "docx": (word.render, word.MEDIA_TYPE),
    "pdf": (lambda report: pdf.of_word(word.render(report)), pdf.MEDIA_TYPE),
    "xlsx": (sheet.render, sheet.MEDIA_TYPE),
}
LISTED = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 8, PeriodKind.YEAR: 5}


@for_anybody
def report_list(request: HttpRequest) -> HttpResponse:
    """Which reports there are of a division: the latest of each kind, the running period first."""
    scope = requested_scope(request)
    kinds = [
        (content.DEFINITIONS[kind], [
            (period, period.ended_by(scope.clock))
            for period in reversed(list(Period.of(scope.clock, kind).back(count)))
        ])
        for kind, count in LISTED.items()
    ]  # fmt: skip
    context = {"scope": scope, "kinds": kinds, "areas": area_choices(scope.area.code)}
    return render(request, "reports/report_list.html", context)


@for_anybody
def report_page(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """A report, to read and to print."""
    made = _report(request, code, period)
    context = {"report": made, "signatures": content.SIGNATURES}
    return render(request, "reports/report_detail.html", context)


@for_anybody
def report_file(request: HttpRequest, code: str, period: str, ending: str) -> HttpResponse:
    """A report as a Word, PDF or Excel file."""
    if ending not in FILES:
        raise Http404("报告只有Word（docx）、PDF和Excel（xlsx）三种文件。")
    made = _report(request, code, period)
    render_file, media_type = FILES[ending]
    return _download(render_file(made), media_type, f"{made.name}.{ending}")


def _report(request: HttpRequest, code: str, period: str) -> content.Report:
    scope = requested_scope(request, code)
    wanted = requested_period(period, scope.clock)
    return content.report(scope, wanted, demonstration=demonstration(request) is not None)


@require_safe
def filled_form(request: HttpRequest, pk: int) -> HttpResponse:
    """A form of a higher office, filled in for a division and a period: a page, or its workbook."""
    form = get_object_or_404(kinds.desk("return-forms").records(request.user), pk=pk)
    scope = requested_scope(request)
    period = scope.period or Period.last_over(scope.clock, form.period_kind)
    if period.kind is not form.period_kind:
        raise BadRequest(f"这张表按{form.period_kind.label}填报。")
    filled, as_of = filling.fill(form, scope.area, period, scope.clock), period.until(scope.clock)
    title = f"{form.title}（{scope.area.name}，{period.label}）"
    if request.GET.get("file"):
        body = filling.workbook(form, title, as_of, filled)
        name = f"{form.pk}-{scope.area.code}-{period}"
        return _download(body, sheet.MEDIA_TYPE, f"{name}.xlsx")
    context = {
        "form": form, "scope": scope, "period": period, "filled": filled, "title": title,
        "later": later if (later := period.moved(1)).first <= scope.clock else None,
        "areas": area_choices(scope.area.code), "as_of": as_of,
    }  # fmt: skip
    return render(request, "reports/filled_form.html", context)


def _download(body: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition(name)}
    return HttpResponse(body, content_type=media_type, headers=headers)
