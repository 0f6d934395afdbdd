"""Letters with which accounts are handed over, a page each, from a template that an office can adjust."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.utils import timezone

from suzhou_portal.areas.models import Area
from suzhou_portal.imports.account_rows import OpenedAccount
from suzhou_portal.papers import word
from suzhou_portal.records.printed import office_template

NAME, TITLE = "account-letters", "账号开通信"
WORDS = frozenset({"letters", "district", "address", "day"})


def render(opened: list[OpenedAccount], address: str) -> bytes:
    """The bytes of the Word file. Raises what docxtpl raises for a template that cannot be filled."""
    today = timezone.localdate()
    district = str(Area.objects.get(pk=settings.PORTAL_AREA))
    said = {
        "letters": [_said(one) for one in opened],
        "district": district,
        "address": address,
        "day": f"{today.year}年{today.month}月{today.day}日",
    }
    return word.fill(office_template(NAME), said, title=TITLE, author=district, on=today)


def _said(one: OpenedAccount) -> dict[str, str]:
    account, held = one.row.account, one.row.assignment
    return {
        "name": account.name,
        "unit": one.row.unit,
        "role": held.get_role_display(),
        "login": account.username,
        "password": one.password,
    }


@register
def letters_can_be_filled(**_: Any) -> list[CheckMessage]:
    """Tell when the portal starts, not the administrator, what is wrong with the template."""
    return word.findings(f"“{TITLE}”", office_template(NAME), WORDS, "PAPER_TEMPLATES", "printed")
