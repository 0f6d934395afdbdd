"""Becoming a volunteer without an account: asked for here, confirmed by the community.

What somebody sends is answered alike, whoever is a volunteer already; so nobody learns here who is. How
often an address may send is counted in the trail, as other tries are.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.views import locked_out
from suzhou_portal.figures.scope import demonstration
from volunteers.forms import ApplicationCodeForm, ApplicationForm
from volunteers.models import VolunteerApplication

SENT = Secret("volunteers.volunteerapplication", "公开登记成为志愿者（计次）")
CODES = Secret("volunteers.volunteerapplication", "没有这个查询码的登记")


@login_not_required
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask to become a volunteer."""
    form = ApplicationForm(request.POST or None)
    made = None
    if request.method == "POST" and SENT.is_guessed():
        form.add_error(None, f"登记次数过多，请过{settings.LOCKOUT_MINUTES}分钟再试，或联系社区。")
    elif form.is_valid():
        form.instance.is_demo = demonstration(request) is not None
        made = form.save()
        SENT.note()
    return render(request, "volunteers/join.html", {"form": form, "made": made})


@login_not_required
@never_cache
def joined(request: HttpRequest) -> HttpResponse:
    """What became of it, for who has the code."""
    form = ApplicationCodeForm(request.POST or None)
    found = None
    if form.is_valid():
        if CODES.is_guessed():
            return locked_out(request)
        code = form.cleaned_data["code"].replace(" ", "").upper()
        asked = VolunteerApplication.objects.select_related("area", "volunteer")
        found = asked.filter(code=code).first()
        if found is None:
            CODES.note()
            form.add_error("code", "没有这个查询码。请核对，或联系社区。")
    return render(request, "volunteers/joined.html", {"form": form, "found": found})
