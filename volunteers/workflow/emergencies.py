"""What else holds when emergencies and musters take their steps."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from suzhou_portal.lifecycle.moves import before
from volunteers.models import Emergency, Muster


@before(Emergency, "review")
def _everybody_is_back(emergency: Emergency, by: Any, on: datetime.date) -> None:
    out = emergency.musters.open().count()
    if out:
        raise ValidationError(f"还有{out}处集结没有撤收，撤收后再复盘。")


@before(Muster, "begin")
def _somebody_is_there(muster: Muster, by: Any, on: datetime.date) -> None:
    if not muster.check_ins.exists():
        raise ValidationError("还没有人签到，不能集结完毕。")


@before(Muster, "cancel")
def _nobody_is_there(muster: Muster, by: Any, on: datetime.date) -> None:
    if muster.check_ins.exists():
        raise ValidationError("已有人签到，请按“集结完毕”后撤收，不能取消。")


@before(Muster, "stand_down")
def _tasks_are_settled(muster: Muster, by: Any, on: datetime.date) -> None:
    left = muster.tasks.open().count()
    if left:
        raise ValidationError(f"还有{left}项任务没有完成或取消，不能撤收。")
