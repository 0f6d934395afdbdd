"""What opens pay, the personnel office confirms: that an account is a person's own, and that somebody
belongs to that office.

An administrator opens accounts, names whose they are, gives roles and new passwords. Each of these alone
would open pay to the administrator; so none does until somebody who sees pay anyway has confirmed it.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.areas.models import Area
from suzhou_portal.lists import key_of

GONE = "这一项已经有变化，没有确认。请核对后再办。"


def suspend(account: User) -> None:
    """Whoever gave an account a password knows it: what it opens of pay is confirmed anew."""
    User.objects.filter(pk=account.pk).update(confirmed_person=None)
    account.assignments.filter(role__in=Assignment.CONFIRMED).update(awaits=True)


def accounts_for(user: Any) -> QuerySet[User]:
    """Whose owner the person may confirm: not the person's own, and whose owner has set a password."""
    return (
        User.objects.filter(
            person__area__in=_areas(user), is_active=True, must_change_password=False
        )
        .exclude(pk=user.pk)
        .exclude(confirmed_person=F("person"))
        .select_related("person__area")
    )


def offices_for(user: Any) -> QuerySet[Assignment]:
    """The assignments to the office that the person may confirm, likewise."""
    waiting = Assignment.objects.filter(area__in=_areas(user), awaits=True)
    return (
        waiting.filter(user__is_active=True, user__must_change_password=False)
        .exclude(user=user)
        .select_related("user", "area")
    )


@permission_required("communities.confirm_person", raise_exception=True)
def confirmations(request: HttpRequest) -> HttpResponse:
    """What waits to be confirmed, and the button for each."""
    if request.method == "POST":
        if _confirmed(request):
            messages.success(request, "已确认。")
        else:
            messages.warning(request, GONE)
        return redirect("confirmations")
    context = {"accounts": accounts_for(request.user), "offices": offices_for(request.user)}
    return render(request, "accounts/confirmations.html", context)


def _confirmed(request: HttpRequest) -> int:
    """Confirm what the button said; 0 where it is no longer so."""
    sent = [name for name in ("account", "person", "office") if name in request.POST]
    keys = {name: pk for name in sent if (pk := key_of(request.POST[name])) is not None}
    if "office" in keys:
        return offices_for(request.user).filter(pk=keys["office"]).update(awaits=False)
    if keys.keys() < {"account", "person"}:
        raise BadRequest("没有这一项。")
    known = accounts_for(request.user).filter(pk=keys["account"], person=keys["person"])
    return known.update(confirmed_person=F("person"))


def _areas(user: Any) -> QuerySet[Area]:
    person = User._meta.get_field("person").related_model
    return Area.objects.filter(user.areas_for(person, "confirm"))
