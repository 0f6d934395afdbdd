"""The words of 我当一天网格员 and 我在社区上一天班."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class CadreDayKind(models.TextChoices):
    """Where the cadre works for a day: in a grid or in a community."""

    GRID = "grid", "我当一天网格员"
    COMMUNITY = "community", "我在社区上一天班"


class CadreDayState(models.TextChoices):
    SIGNED_UP = "signed_up", "已报名"
    ARRANGED = "arranged", "已安排"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "未成行"


_S = CadreDayState
CADRE_DAY = Lifecycle(
    "cadre_day", CadreDayState,
    Move("arrange", "安排", (_S.SIGNED_UP,), _S.ARRANGED, fields=("planned_on", "host")),
    Move("finish", "登记当天情况", (_S.ARRANGED,), _S.DONE, fields=("diary",), dated=("done_on",)),
    Move("cancel", "未成行", (_S.SIGNED_UP, _S.ARRANGED), _S.CANCELLED, reason=True),
    amend("改期", (_S.ARRANGED,), "planned_on", "host"),
    closed=(_S.DONE, _S.CANCELLED), good=(_S.DONE,),
)  # fmt: skip
