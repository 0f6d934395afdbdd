"""The work of each night: what follows from the date, figures, their proof, ended sessions."""

from suzhou_portal.management.in_turn import InTurnCommand
from suzhou_portal.service.models import RunKind


class Command(InTurnCommand):
    """Computes what is kept, proves it, removes ended sessions."""

    help = "每夜的工作：重新计算并核对指标，清除过期的会话。"
    kind = RunKind.NIGHTLY
    commands = ("refresh_figures", "audit_figures", "clearsessions")
