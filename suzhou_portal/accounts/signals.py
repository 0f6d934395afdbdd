"""Sign-ins, failures, lockouts and sign-outs go into the trail."""

from dataclasses import replace
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from suzhou_portal import formats
from suzhou_portal.accounts.limits import typed_account
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.middleware import actor_of

TOLD = {
    user_logged_in: Action.SIGN_IN, user_logged_out: Action.SIGN_OUT,
    user_login_failed: Action.SIGN_IN_FAILED, user_locked_out: Action.LOCKED_OUT,
}  # fmt: skip


@receiver(list(TOLD))
def note_signal(signal, request=None, user=None, credentials=None, username=None, **kwargs):
    """Write down what one of the signals tells; of nobody's sign-out nothing."""
    if user is not None:
        _record(TOLD[signal], request, user.username, user.pk)
    elif signal is not user_logged_out:
        _record(TOLD[signal], request, username or (credentials or {}).get("username"))


def note_failure(action: Action, request: HttpRequest, note: str) -> None:
    """Write down what no signal tells: a wrong second factor, an address that is locked."""
    user: Any = request.user
    known = user.is_authenticated
    name, pk = (user.username, user.pk) if known else (typed_account(request), None)
    _record(action, request, name, pk, note)


def _record(
    action: Action,
    request: HttpRequest | None,
    username: str | None,
    pk: int | None = None,
    note: str = "",
) -> None:
    # People type into the wrong box: a phone number is not kept in full.
    name = formats.without_phones(str(username or "")[:150])
    actor = replace(actor_of(request) if request else trail.Actor(), id=pk, name=name)
    trail.record(action, by=actor, model="accounts.user", object_id=str(pk or ""), note=note)
