"""The accounts with which a demonstration site is tried out: one for each role."""

from typing import Any

from django.conf import settings

from communities.models import GridEvent
from organizations.models import Evaluation, PurchasedProject
from seeds.demo.ledgers import bring_ledgers, forget_ledgers
from seeds.demo.notices import seed_notices
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.passwords import one_time_password
from suzhou_portal.accounts.roles import LEVELS, Role
from suzhou_portal.analysis.models import SavedView
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from volunteers.models import VolunteerTeam

_TEAMS_BY_STREET = "figure=volunteer_teams&level=street"


def create_demo_accounts() -> str | None:
    """Create them once; returns their password then, and None where they exist already.

    The password is DEMO_PASSWORD, or a random one: no account has a default password. Its owner
    need not change it, since several people try the demonstration out.
    """
    if User.objects.filter(is_demo=True).exists():
        return None
    password = settings.DEMO_PASSWORD or one_time_password()
    for role in Role:
        if held := _held(role):
            user = User.objects.create_user(
                f"demo-{role.value.replace('_', '-')}",
                password,
                name=f"演示{role.label}",
                is_demo=True,
            )
            Assignment.objects.create(user=user, role=role, **held)
            if role == Role.GRID_WORKER:
                _give_to_handle(user, held["area"])
            if role == Role.DISTRICT:
                SavedView.objects.create(
                    user=user, name="各街道志愿服务队伍", query=_TEAMS_BY_STREET
                )
    bring_ledgers()
    seed_notices()
    return password


def _give_to_handle(worker: User, grid: Area) -> None:
    """Dispatch to the grid worker what is in hand there, on the day it came so far."""
    for event in (
        GridEvent.objects.within(grid.code)
        .in_state("in_hand")
        .filter(handler=None, mediation_case=None)
    ):
        take(event, "dispatch", on=event.steps()[0].taken_on, handler=worker)


def release_demo_accounts() -> None:
    """Take from them what they are entrusted with, so that it can be removed."""
    accounts = User.objects.filter(is_demo=True)
    forget_ledgers()
    Assignment.objects.filter(user__in=accounts).delete()
    accounts.update(person=None, confirmed_person=None)


def remove_demo_accounts() -> int:
    """Remove them, once nothing refers to them; returns how many there were."""
    return User.objects.filter(is_demo=True).delete()[1].get(User._meta.label, 0)


def _held(role: Role) -> dict[str, Any] | None:
    """Where the role is held, and for what, of several where there is work; None where the demonstration has
    no such thing.
    """
    inside = Area.objects.inside(settings.PORTAL_AREA)
    if role == Role.TEAM:
        team = VolunteerTeam.objects.filter(area__level=Level.COMMUNITY).order_by("pk").first()
        return {"team": team, "area": team.area} if team else None
    if role == Role.ORGANIZATION:
        projects = PurchasedProject.objects.exclude(provider=None).order_by("pk")
        project = projects.in_state("underway", "midterm").first() or projects.first()
        return {"organization": project.provider, "area": _own()} if project else None
    if role == Role.EVALUATOR:
        evaluations = Evaluation.objects.order_by("pk")
        evaluation = evaluations.in_state("assigned").first() or evaluations.first()
        return {"organization": evaluation.evaluator, "area": _own()} if evaluation else None
    if _own().level in LEVELS[role]:
        return {"area": _own()}
    area = inside.filter(level=LEVELS[role][0]).order_by("code").first()
    return {"area": area} if area else None


def _own() -> Area:
    return Area.objects.get(pk=settings.PORTAL_AREA)
