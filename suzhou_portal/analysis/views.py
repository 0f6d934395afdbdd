"""分析台: figures × areas × periods as anybody chooses, as table, chart and file, under one address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from suzhou_portal import spreadsheets
from suzhou_portal.analysis import files
from suzhou_portal.analysis.asking import LIMITS, Asked, Axis, asked_for, offered_levels
from suzhou_portal.analysis.drawing import charts
from suzhou_portal.analysis.pivot import pivot
from suzhou_portal.analysis.saved import saved_by
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.downloads import disposition
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.parties import Party


@for_anybody
def analysis(request: HttpRequest) -> HttpResponse:
    """The form, and the table it asks for."""
    asked = asked_for(request)
    table = pivot(asked)
    context = {
        "asked": asked,
        "scope": asked.scope,
        "table": table,
        "charts": charts(table),
        "parties": [(party, _offered(party, asked)) for party in Party],
        "levels": offered_levels(asked.scope),
        "areas": area_choices(asked.scope.area.code),
        "chosen_period": str(asked.scope.period or ""),
        "axes": list(Axis),
        "limits": LIMITS,
        "address": request.build_absolute_uri(f"{request.path}?{asked.query}"),
        **saved_by(request),
    }
    return render(request, "analysis/analysis.html", context)


@for_anybody
def analysis_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Exactly the table, as a CSV or Excel file."""
    if ending not in ("csv", "xlsx"):
        raise Http404("这张表只有CSV和Excel（xlsx）两种文件。")
    table = pivot(asked_for(request))
    if ending == "csv":
        return spreadsheets.small_csv_response("analysis", files.header(table), files.lines(table))
    headers = {"Content-Disposition": disposition("analysis.xlsx")}
    return HttpResponse(files.workbook(table), content_type=files.MEDIA_TYPE, headers=headers)


def _offered(party: Party, asked: Asked) -> list[tuple[Figure, bool]]:
    """The party's figures, and whether each is chosen."""
    chosen = {figure.key for figure in asked.figures}
    return [(figure, figure.key in chosen) for figure in figures.all(party)]
