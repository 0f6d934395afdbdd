"""What browsers, search engines and people who found a weakness look for at fixed addresses."""

import datetime
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.formats import PHONE_DIGITS
from suzhou_portal.links import public_address
from suzhou_portal.methods import for_anybody

PLAIN = "text/plain; charset=utf-8"
STAFF_ONLY = ("admin:index", "desk_index", "account", "imports")
# RFC 9116 asks for less than a year.
VALID_DAYS = 180


@for_anybody
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines find everything that is open to anybody (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in STAFF_ONLY)]
    lines += ["", f"Sitemap: {public_address(request, reverse('sitemap'))}"]
    return HttpResponse("\n".join((*lines, "")), content_type=PLAIN)


@for_anybody
def touch_icon(request: HttpRequest) -> HttpResponse:
    """For phones that look for it without reading the page."""
    return redirect(static("img/apple-touch-icon.png"))


@for_anybody
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that do not read the page for it, such as those showing a file."""
    return redirect(static("img/mark.svg"))


@for_anybody
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    until = timezone.now() + datetime.timedelta(days=VALID_DAYS)
    lines = [
        f"Contact: {_contact(settings.SITE_IDENTITY['联系方式'], request)}",
        f"Expires: {until:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
    ]
    return HttpResponse("\n".join((*lines, "")), content_type=PLAIN)


def _contact(text: str, request: HttpRequest) -> str:
    """The site's contact as an address; the start page, which shows it, where it is none."""
    if found := re.search(r"[^\s@：:]+@[\w.-]+\w", text, re.ASCII):
        return f"mailto:{found[0]}"
    if found := re.search(r"\d[\d -]{4,}\d", text, re.ASCII):
        digits = re.sub(r"\D", "", found[0])
        short = (
            len(digits) < PHONE_DIGITS - 1
        )  # which is dialled as it is, and only within the country
        return f"tel:{digits}" if short else f"tel:+86-{digits.removeprefix('0')}"
    return request.build_absolute_uri(reverse("home"))
