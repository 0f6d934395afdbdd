"""The words of 常态化培训、应急演练."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class TrainingKind(models.TextChoices):
    """What teams gather for."""

    TRAINING = "training", "培训"
    DRILL = "drill", "应急演练"


class Presence(models.TextChoices):
    """Whether a volunteer came."""

    PRESENT = "present", "到场"
    ABSENT = "absent", "缺席"
    EXCUSED = "excused", "请假"


class TrainingState(models.TextChoices):
    PLANNED = "planned", "计划中"
    HELD = "held", "已举办"
    CANCELLED = "cancelled", "已取消"


_S = TrainingState
TEAM_TRAINING = Lifecycle(
    "team_training", TrainingState,
    Move(
        "hold", "登记举办", (_S.PLANNED,), _S.HELD,
        needs=("attendances", "请先登记到场的队伍和人数。"), fields=("summary",),
        dated=("held_on",),
    ),
    Move("cancel", "取消", (_S.PLANNED,), _S.CANCELLED, reason=True),
    closed=(_S.HELD, _S.CANCELLED), good=(_S.HELD,),
)  # fmt: skip
