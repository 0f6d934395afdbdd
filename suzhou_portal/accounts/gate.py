"""What a signed-in person must do first: second factor, then a password of their own."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from suzhou_portal.accounts import second_factor


class GateMiddleware:
    """After authentication. One step at a time: a stolen password alone changes no password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Send those to their next step who have not passed the gate."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or not request.user.is_authenticated:
            return None
        step = _step(request)
        if step in (None, request.resolver_match.view_name):
            return None
        here = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return redirect(f"{reverse(step)}?{urlencode({'next': here})}")


def _step(request: HttpRequest) -> str | None:
    user: Any = request.user
    if not user.is_verified():
        if second_factor.has_one(user):
            return "second_factor"
        if settings.REQUIRE_SECOND_FACTOR:
            return "second_factor_setup"
    age = timezone.now() - user.password_changed_at
    expired = settings.PASSWORD_DAYS and age > datetime.timedelta(days=settings.PASSWORD_DAYS)
    return "password" if user.must_change_password or expired else None
