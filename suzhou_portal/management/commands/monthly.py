"""The work of each month: what need not be kept any more."""

from suzhou_portal.management.in_turn import InTurnCommand
from suzhou_portal.service.models import RunKind


class Command(InTurnCommand):
    """Removes personal data past its use, and entries of the trail past their time."""

    help = "每月的工作：匿名化超过期限的个人信息，清理超过期限的审计日志。"
    kind = RunKind.MONTHLY
    commands = ("anonymise", "prune_audit")
