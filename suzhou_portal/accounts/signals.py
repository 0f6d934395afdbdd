"""Sign-ins, failures, lockouts and sign-outs go into the trail."""

from dataclasses import replace
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from suzhou_portal import formats
from suzhou_portal.accounts.limits import typed_account
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.middleware import actor_of


def connect() -> None:
    """Listen."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_failed, dispatch_uid="audit")
    user_locked_out.connect(_locked_out, dispatch_uid="audit")


def note_failure(action: Action, request: HttpRequest, note: str) -> None:
    """Write down what no signal tells: a wrong second factor, an address that is locked."""
    user: Any = request.user
    known = user.is_authenticated
    name, pk = (user.username, user.pk) if known else (typed_account(request), None)
    _record(action, request, name, pk, note)


def _signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _record(Action.SIGN_IN, request, user.username, user.pk)


def _signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        _record(Action.SIGN_OUT, request, user.username, user.pk)


def _failed(sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any):
    _record(Action.SIGN_IN_FAILED, request, credentials.get("username"))


def _locked_out(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    _record(Action.LOCKED_OUT, request, username)


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
