"""The first accounts of a portal, which nobody is there to open in its pages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.passwords import give_one_time_password
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.models import Demonstration

FIRST = (Role.ADMINISTRATOR, Role.HR)
RUN_BY_HAND = "没有做任何改动。要改设置，请改 .env；要增减街道、社区，请在门户的“行政区划”里办。"


@transaction.atomic
def open_first(login: str, name: str, role: Role) -> str:
    """Open the first account of the role in the portal's area; returns its one-time password.

    One that was opened so and that nobody has signed in with gets a new password. Raises
    ValidationError where somebody holds the role already, or the login is taken.
    """
    area = Area.objects.select_for_update().get(pk=settings.PORTAL_AREA)  # one at a time
    unused = None
    for held in _holders(role):
        if held.user.username != login or held.user.last_login:
            raise ValidationError(f"{area}已有{role.label}：{held.user}。没有开通账号。")
        unused = held.user
    if unused is not None:
        return give_one_time_password(unused)
    user = User(username=login, name=name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    assignment = Assignment(user=user, role=role, area=area)
    assignment.full_clean()
    assignment.save()
    return give_one_time_password(user)


def refuse_what_is_there(*, demonstration: bool) -> None:
    """Raise ValidationError where the database is another district's, is in use already, or holds a
    demonstration nobody asked for. Changes nothing.
    """
    if Area._meta.db_table not in connection.introspection.table_names():
        return
    known = Area.objects.all()
    if known.exists() and not known.filter(pk=settings.PORTAL_AREA).exists():
        other = known.filter(level="district").first() or known.last()
        raise ValidationError(
            f"这个数据库里是{other}的门户，不能改成另一个区的：请另建一个，或换一个 PORTAL_STATE。"
        )
    for held in _holders(Role.ADMINISTRATOR):
        if held.user.last_login:
            raise ValidationError(f"{held.area}的门户已经建好，管理员是{held.user}。{RUN_BY_HAND}")
    if Demonstration.objects.exists() and not demonstration:
        raise ValidationError(
            "数据库里有演示数据：请先运行 manage.py seed_demo --clear 删除，或者加上 --demo 保留。"
        )


def _holders(role: Role) -> QuerySet[Assignment]:
    held = Assignment.objects.filter(area=settings.PORTAL_AREA, role=role, user__is_demo=False)
    return held.select_related("user", "area").order_by("pk")
