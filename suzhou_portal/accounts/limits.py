"""How often one address may try something that anybody may write to."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from suzhou_portal.accounts.models import User
from suzhou_portal.audit.addresses import client_address
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry


def too_many_failures(request: HttpRequest) -> bool:
    """Whether this address has failed to sign in more often than an office of honest people would.

    One account is locked much sooner (django-axes); this stops trying many accounts. The trail
    counts, so that all processes of the portal count together.
    """
    since = timezone.now() - datetime.timedelta(minutes=settings.LOCKOUT_MINUTES)
    failures = AuditEntry.objects.filter(
        action=Action.SIGN_IN_FAILED, address=client_address(request), at__gte=since
    )
    return failures.count() >= settings.ADDRESS_FAILURES


def typed_account(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account axes counts by: as the sign-in form reads it, and no more than a column holds."""
    text = (credentials or request.POST).get("username") or ""
    longest = User._meta.get_field("username").max_length
    return User.normalize_username(text.replace("\0", "").strip())[:longest]
