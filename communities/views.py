"""Pages about communities' workers for themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communities.models import PayMonth
from suzhou_portal.lists import page_of

MONTHS_SHOWN = 24


def own_pay(request: HttpRequest) -> HttpResponse:
    """What the person who asks has earned, and nobody else's."""
    person = request.user.person_id  # type: ignore[union-attr]
    months = PayMonth.objects.filter(post__person=person, post__person__isnull=False)
    months = months.select_related("post", "area").order_by("-month", "pk")
    context = {"page": page_of(request, months, MONTHS_SHOWN), "linked": person is not None}
    return render(request, "communities/own_pay.html", context)
