"""长辈版: the same pages in large type and one column, with the three things people come for.

Which version somebody reads is remembered by their browser alone, in a cookie, for a year.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from communities.models import CommunityProfile
from suzhou_portal.areas.chosen import YEAR
from suzhou_portal.caching.followed import remembered
from suzhou_portal.caching.visitors import ELDER, chosen_by_cookie, is_elder
from suzhou_portal.formats import dialled
from suzhou_portal.methods import require_POST


@dataclass(frozen=True)
class Elder:
    """What the head of 长辈版 needs: the phone of the community that was chosen; blank while none is."""

    phone: str

    @property
    def call(self) -> str:
        """Where the button 打电话给社区 leads: to the phone, else to where one's community is chosen."""
        number = dialled(self.phone)
        return f"tel:{number}" if number else reverse("home")


def elder_of(request: HttpRequest) -> Elder | None:
    """The head of 长辈版 for who reads that; None for all others."""
    return Elder(_phone(chosen_by_cookie(request))) if is_elder(request) else None


def _phone(code: str) -> str:
    def known() -> str:
        return (
            CommunityProfile.objects.filter(area=code).values_list("phone", flat=True).first() or ""
        )

    return remembered(("phone", code), [CommunityProfile], known) if code else ""


@csrf_exempt
@login_not_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """To 长辈版 and back, on the page where one was.

    It asks for no token: whoever forges it makes a page larger, and a token would be a cookie with which no
    visitor is given a kept page.
    """
    response = redirect(_page_before(request))
    if "on" in request.POST:
        response.set_cookie(ELDER, "1", YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(ELDER, samesite="Lax")
    return response


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the button stood; the front page where the browser does not say."""
    before, here = request.headers.get("Referer", ""), {request.get_host()}
    ours = url_has_allowed_host_and_scheme(before, here, require_https=request.is_secure())
    return before if before and ours else reverse("home")
