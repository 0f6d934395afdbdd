"""The words of people who ask to become volunteers."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class ApplicationState(models.TextChoices):
    WAITING = "waiting", "待社区确认"
    CONFIRMED = "confirmed", "已登记为志愿者"
    REFUSED = "refused", "未予登记"


_S = ApplicationState
APPLICATION = Lifecycle(
    "volunteer_application", ApplicationState,
    Move(
        "confirm", "确认登记", (_S.WAITING,), _S.CONFIRMED,
        sets=("volunteer",), dated=("decided_on",),
    ),
    Move("refuse", "不予登记", (_S.WAITING,), _S.REFUSED, reason=True, dated=("decided_on",)),
    action="confirm", closed=(_S.CONFIRMED, _S.REFUSED),
    open_in=(), good=(_S.CONFIRMED,), bad=(_S.REFUSED,),
)  # fmt: skip
