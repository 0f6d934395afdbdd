"""How often somebody may try a secret, told apart by what it is a secret of."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from suzhou_portal.accounts.models import User
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.middleware import client_address
from suzhou_portal.audit.models import AuditEntry


@dataclass(frozen=True)
class Secret:
    """What people try to get past: the kind of record the secret is about, and what the trail says of
    a failure.

    Failures of one are no failures of another: who mistypes a volunteer's number locks no clerk.
    They are counted in the trail, so that all processes of the portal count together.
    """

    model: str
    failure: str
    crowd: int = 1  # how many times as many an address may
    term: datetime.timedelta | None = None  # how long one counts, where not LOCKOUT_MINUTES

    def is_guessed(self, subject: object = "") -> bool:
        """Whether there were too many failures lately: about the subject from anywhere, or from this
        address about any, where an office of honest people is allowed more.
        """
        failures = self._failures()
        about = subject != "" and self.noted(subject)
        here = failures.filter(address=trail.current().address)
        return (
            about >= settings.LOCKOUT_FAILURES
            or here.count() >= settings.ADDRESS_FAILURES * self.crowd
        )

    def noted(self, subject: object) -> int:
        """How many failures there were lately about the subject."""
        return self._failures().filter(object_id=str(subject)).count()

    def _failures(self) -> Any:
        tried = _lately(Action.TRY_FAILED, self.term)
        return tried.filter(model=self.model, note=self.failure)

    def note(self, subject: object = "") -> None:
        """Write a failure down."""
        trail.record(Action.TRY_FAILED, model=self.model, object_id=str(subject), note=self.failure)


OWN_PASSWORD = Secret("accounts.user", "修改密码时原密码不正确")


def too_many_failures(request: HttpRequest) -> bool:
    """Whether this address has failed to sign in more often than an office of honest people would.

    One account is locked much sooner (django-axes); this stops trying many accounts.
    """
    failures = _lately(Action.SIGN_IN_FAILED).filter(address=client_address(request))
    return failures.count() >= settings.ADDRESS_FAILURES


def typed_account(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account axes counts by: as the sign-in form reads it, and no more than a column holds."""
    text = (credentials or request.POST).get("username") or ""
    longest = User._meta.get_field("username").max_length
    return User.normalize_username(text.replace("\0", "").strip())[:longest]


def _lately(action: Action, term: datetime.timedelta | None = None) -> Any:
    since = timezone.now() - (term or datetime.timedelta(minutes=settings.LOCKOUT_MINUTES))
    return AuditEntry.objects.filter(action=action, at__gte=since)
