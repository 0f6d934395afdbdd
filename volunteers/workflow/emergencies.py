"""What steps of musters check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from suzhou_portal.lifecycle.moves import before
from volunteers.models import Muster


@before(Muster, "cancel")
def cancel_with_nobody_there(muster: Muster, by: Any, on: datetime.date) -> None:
    """Refuse once somebody has checked in: they stand down instead."""
    if muster.check_ins.exists():
        raise ValidationError("已有人签到，请按“集结完毕”后撤收，不能取消。")
