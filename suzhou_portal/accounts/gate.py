"""What a signed-in person must do first: second factor, then a password of their own."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from suzhou_portal.accounts import second_factor

SIGNING_OUT = ("sign_out", "admin:logout")


class GateMiddleware(MiddlewareMixin):
    """After authentication, before whatever looks at the user: until all steps are done the request
    is a visitor's, and knows the person only at the next step and in signing out.

    One step at a time: a stolen password alone changes no password.
    """

    def process_request(self, request: Any) -> None:
        """Put off who it is until somebody asks."""
        request.entering = request.user
        request.user = SimpleLazyObject(lambda: _admitted(request))

    def process_view(self, request, view, args, kwargs):
        """Send those to their next step who have not passed the gate."""
        name = request.resolver_match.view_name
        if not getattr(view, "login_required", True) and name not in SIGNING_OUT:
            return None
        step = _step(request.entering)
        if step in (None, name) or name in SIGNING_OUT:
            _know(request, request.entering)
            return None
        here = (
            request.get_full_path() if request.method == "GET" else str(settings.LOGIN_REDIRECT_URL)
        )
        return redirect(f"{reverse(step)}?{urlencode({'next': here})}")


def _admitted(request: Any) -> Any:
    """The person, once all steps are done."""
    _know(request, AnonymousUser() if _step(request.entering) else request.entering)
    return request.user


def _know(request: Any, person: Any) -> None:
    """From now on the request is this person's; the trail signs with whom it knows (`known`)."""
    request.user = request.known = person


def _step(person: Any) -> str | None:
    """The page that somebody with a session must go through next."""
    if not person.is_authenticated:
        return None
    if not person.is_verified():
        if second_factor.has_one(person):
            return "second_factor"
        if settings.REQUIRE_SECOND_FACTOR:
            return "second_factor_setup"
    age = timezone.now() - person.password_changed_at
    expired = settings.PASSWORD_DAYS and age > datetime.timedelta(days=settings.PASSWORD_DAYS)
    return "password" if person.must_change_password or expired else None
