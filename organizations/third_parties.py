"""M17: who may evaluate a project, and why somebody else may not.

Source: 《政府购买服务管理办法》（财政部令第102号） wants third parties; what makes one is read here from the
register, as far as it can tell.
"""

import datetime
from typing import Any

from django.db.models import Q

from organizations.enums.base import OrganizationKind
from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import PERMISSIONS, Role, permission

# Whom forms offer; what depends on the project is said where one of these is chosen.
REGISTERED = ~Q(kind=OrganizationKind.FILED) & ~Q(credit_code="") & Q(deregistered_on=None)
OFFERED = (
    "只列出已登记、没有注销、有统一社会信用代码的法人；街道备案的组织、承接组织、购买主体，"
    "以及与承接组织同一法定代表人、联系人或电话的，不能评估。"
)
PROVIDER = "评估机构不能是项目的承接组织。"


def refusal(candidate: Any, project: Any, day: datetime.date) -> str:
    """Why the organization can't evaluate the project; blank where it can."""
    if candidate.kind == OrganizationKind.FILED:
        return "街道备案的组织没有法人资格，不能作第三方评估。"
    if not candidate.credit_code:
        return "这个组织没有统一社会信用代码，不能确认是登记的法人，不能作第三方评估。"
    if candidate.deregistered_on and candidate.deregistered_on <= day:
        return "这个组织已经注销。"
    if candidate.pk == project.provider_id:
        return PROVIDER
    if _letters(candidate.name) == _letters(project.purchaser):
        return "评估机构不能是项目的购买主体。"
    return _joined(candidate, project.provider) if project.provider else ""


def _joined(candidate: Any, provider: Any) -> str:
    """What joins the two, as far as the register knows."""
    for label, names in (
        ("联系电话", ("phone",)), ("法定代表人或联系人", ("representative", "contact")),
    ):  # fmt: skip
        ours, theirs = (
            {_letters(getattr(one, name)) for name in names} - {""} for one in (candidate, provider)
        )
        if ours & theirs:
            return f"这个组织与承接组织的{label}相同，不是独立的第三方。"
    return ""


def _letters(text: str) -> str:
    """The text without what is written one way or another."""
    return "".join(letter for letter in text if letter.isalnum())


def account_note(organization: Any, role: Role, day: datetime.date) -> str:
    """Whether somebody can act for the organization on a day, and else how that comes about."""
    held = Assignment.objects.in_force(day).filter(organization=organization, role=role)
    if held.filter(user__is_active=True).exists():
        return "有"
    return (
        f"还没有，别人不能代办。请系统管理员在“账号”中为它开户，"
        f"任职授权的角色选“{role.label}”，所属组织选“{organization.name}”。"
    )


def sides_of(user: Any, record: Any, *own: Role) -> str:
    """As what else than `own` the person sees the record, such as for the purchaser; blank for none."""
    viewing = permission("view", record)
    held = [
        one
        for one in user.current_assignments
        if one.role not in own and viewing in PERMISSIONS[one.role] and one.reaches(record)
    ]
    return held[0].get_role_display() if held else ""
