"""What the demonstration's accounts find in their inbox: what waits for each, and what came back last."""

import datetime
from itertools import islice

from django.utils import timezone

from suzhou_portal.accounts.models import User
from suzhou_portal.desks.waiting import offered
from suzhou_portal.figures.dates import site_date
from suzhou_portal.lifecycle.models import MERGED, Staged, Step
from suzhou_portal.notices.models import Notice
from suzhou_portal.notices.takers import number, tell_number
from suzhou_portal.notices.telling import tell_of
from suzhou_portal.records.kinds import kinds

WAITING, CAME_BACK = 4, 3  # at most so many for each account


def seed_notices() -> None:
    """Tell the accounts what they would have been told, the last an hour ago; the first ones are read."""
    for user in User.objects.filter(is_demo=True).order_by("pk"):
        _came_back(user)
        _waiting(user)
        told = Notice.objects.filter(user=user).order_by("-pk")
        for place, notice in enumerate(told):
            at = timezone.now() - datetime.timedelta(hours=1 + 5 * place)
            read = at + datetime.timedelta(minutes=20) if place > WAITING else None
            Notice.objects.filter(pk=notice.pk).update(at=at, read_at=read)


def _waiting(user: User) -> None:
    day = site_date()
    todos = [(kind, todo) for kind in kinds for todo in offered(user, kind) if not todo.past]
    counted = ((kind, todo, number(kind, todo, user, day)) for kind, todo in todos)
    for kind, todo, count in islice((one for one in counted if one[2]), WAITING):
        tell_number(kind, todo, user.current_assignments[0], count)


def _came_back(user: User) -> None:
    """The last step of a record of each kind that the person enters."""
    entered = (
        kind.model
        for kind in kinds.desks()
        if issubclass(kind.model, Staged) and user.has_perm(kind.permission("add"))
    )
    told = 0
    for model in entered:
        keys = model._default_manager.visible_to(user).values("pk")
        steps = Step.objects.filter(model=model._meta.label_lower, object_id__in=keys)
        step = steps.exclude(verb=MERGED).first()
        if step and told < CAME_BACK:
            tell_of(step, model, [user.pk])
            told += 1
