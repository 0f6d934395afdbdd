"""The receipt of a request on paper, for who has no phone: its number, and a code that leads to it."""

from typing import Any

import segno
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from communities.models import CommunityProfile
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.linkage.enums.requests import Channel
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.links import public_address
from suzhou_portal.methods import require_safe

SERVING = ("accept", "start", "finish")
ONLINE_ONLY = "网上提出的请求用电话查询，不打印回执。"
SERVED_BY_YOU = "由他人打印：这件请求是您办理的。"


def refused(user: Any, record: ServiceRequest) -> str:
    """Why the person may not have the code of a request, by which the resident rates it; blank if they may."""
    if record.channel == Channel.ONLINE:
        return ONLINE_ONLY
    return SERVED_BY_YOU if record.steps().filter(verb__in=SERVING, by=user.pk).exists() else ""


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to print; who prints it sees the code, which the trail notes."""
    desk = desk_for(request, "requests")
    record = record_for(request, desk, pk)
    if not request.user.has_perm(desk.permission("dispatch"), record):
        raise PermissionDenied
    if why := refused(request.user, record):
        raise PermissionDenied(why)
    trail.record(
        Action.REVEAL, model=record._meta.label_lower, object_id=str(record.pk), note="打印回执"
    )
    asked = urlencode({"number": record.number, "code": record.code})
    address = public_address(request, f"{reverse('requests')}?{asked}")
    picture = segno.make(address, error="m").svg_inline(border=4, omitsize=True)
    profile = CommunityProfile.objects.filter(area=record.community_code).first()
    context = {"record": record, "picture": picture, "profile": profile, "address": address}
    return render(request, "linkage/receipt.html", context)
