"""Pages of communities that are neither a list nor a record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communities.enums.committees import CommitteeKind
from communities.models import (
    CommitteeMember,
    CommitteeTerm,
    GoverningBody,
    PayCorrection,
    PayMonth,
)
from communities.models.makeup import compared, makeup
from communities.structure import diagram
from suzhou_portal.areas.codes import Level
from suzhou_portal.audit import trail
from suzhou_portal.figures.privacy import MINIMUM_PEOPLE
from suzhou_portal.figures.scope import requested_scope
from suzhou_portal.lists import page_of
from suzhou_portal.methods import for_anybody

MONTHS_SHOWN = 24


def own_pay(request: HttpRequest) -> HttpResponse:
    """What the person who asks has earned, and nobody else's."""
    user: Any = request.user
    person = user.own_person_id
    months = PayMonth.objects.filter(post__person=person, post__person__isnull=False)
    months = months.select_related("post", "area").order_by("-month", "pk")
    corrections = PayCorrection.objects.filter(
        pay__post__person=person, pay__post__person__isnull=False
    ).select_related("pay")
    page = page_of(request, months, MONTHS_SHOWN)
    trail.look(page.object_list)
    trail.look(corrections)
    context = {
        "page": page,
        "corrections": corrections,
        "linked": person is not None,
        "waits": user.person_id is not None,
    }
    return render(request, "communities/own_pay.html", context)


@for_anybody
def structure(request: HttpRequest, code: str) -> HttpResponse:
    """How a community is governed: its bodies drawn round their core, and the same as a table."""
    scope = requested_scope(request, code)
    if scope.area.level != Level.COMMUNITY:
        raise Http404("治理结构以社区为单位，没有这个地区的治理结构图。")
    bodies = GoverningBody.objects.at_work(scope.as_of).filter(area=scope.area)
    drawn = diagram(bodies.select_related("head"))
    context = {"scope": scope, "diagram": drawn}
    return render(request, "communities/structure.html", context)


@for_anybody
def committees(request: HttpRequest, code: str) -> HttpResponse:
    """What the committees here are made of, beside what those before them were: 优化“两委”班子."""
    scope = requested_scope(request, code)
    if scope.area.level == Level.GRID:
        raise Http404("“两委”班子以社区为单位，网格没有班子。")
    here = CommitteeMember.objects.within(scope.area.code).select_related("term")
    former = CommitteeTerm.objects.before_those_in_force(scope.as_of)
    now, before = here.serving(scope.as_of), here.to_the_end().filter(term__in=former)
    tables = []
    for kind in CommitteeKind:
        both = [
            makeup((one for one in members if one.term.kind == kind), MINIMUM_PEOPLE)
            for members in (now, before)
        ]
        tables.append((kind.label, compared(*both)))
    context = {"scope": scope, "tables": tables}
    return render(request, "communities/committees.html", context)
