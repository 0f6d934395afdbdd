"""What a site of a government says of itself: what there is, whose data it keeps, whom it leaves out."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suzhou_portal.accounts.reminders import Found, reminding
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.figures.registry import figures
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party

# By which settings the footer is filled.
SETTINGS = {
    "主办单位": "SITE_SPONSOR", "网站标识码": "SITE_IDENTIFIER", "ICP备案号": "SITE_ICP",
    "公安备案号": "SITE_POLICE_RECORD", "联系方式": "SITE_CONTACT",
}  # fmt: skip


@for_anybody
def site_map(request: HttpRequest) -> HttpResponse:
    """Every kind of page there is, for people; to the administrator also what the footer still misses."""
    context = {
        "areas": area_choices(),
        "parties": [(one, kinds.public(one), figures.all(one)) for one in Party],
        "missing": missing() if administers(request.user) else [],
    }
    return render(request, "dashboards/site_map.html", context)


@for_anybody
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data the portal keeps, why, for how long, and what one may ask for."""
    context = {
        "months": settings.PERSONAL_DATA_MONTHS,
        "audit_months": settings.AUDIT_MONTHS,
        "sends_short_messages": bool(settings.SMS_GATEWAY),
    }
    return render(request, "dashboards/privacy.html", context)


@for_anybody
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the portal is made for everybody, where it is not yet, and whom to tell."""
    return render(request, "dashboards/accessibility.html")


def missing() -> list[tuple[str, str]]:
    """What a government site must state and nobody has set: its name, and the setting for it."""
    return [(name, SETTINGS[name]) for name, text in settings.SITE_IDENTITY.items() if not text]


def administers(user: Any) -> bool:
    """Whether the person runs the site."""
    if not user.is_authenticated:
        return False
    held = user.current_assignments
    return user.is_superuser or any(one.role == Role.ADMINISTRATOR for one in held)


@reminding
def fill_footer(user: Any, day: datetime.date) -> Found:
    """What the footer does not show yet, for whoever runs the site."""
    if administers(user) and (names := missing()):
        yield "页脚还没有填写的网站信息", len(names), f"{reverse('site_map')}#identity"
