"""Pages about communities' workers for themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from communities.models import PayCorrection, PayMonth
from suzhou_portal.lists import page_of

MONTHS_SHOWN = 24


def own_pay(request: HttpRequest) -> HttpResponse:
    """What the person who asks has earned, and nobody else's."""
    person = request.user.person_id  # type: ignore[union-attr]
    months = PayMonth.objects.filter(post__person=person, post__person__isnull=False)
    months = months.select_related("post", "area").order_by("-month", "pk")
    corrections = PayCorrection.objects.filter(
        pay__post__person=person, pay__post__person__isnull=False
    ).select_related("pay")
    context = {
        "page": page_of(request, months, MONTHS_SHOWN),
        "corrections": corrections,
        "linked": person is not None,
    }
    return render(request, "communities/own_pay.html", context)
