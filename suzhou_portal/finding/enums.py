"""The words of what residents look for."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class MissedState(models.TextChoices):
    OPEN = "open", "待答复"
    SYNONYM = "synonym", "已加同义词"
    SERVICE = "service", "已有服务"
    NOT_OURS = "not_ours", "不属本地服务"


_M = MissedState
MISSED_SEARCH = Lifecycle(
    "missed", MissedState,
    Move(
        "synonym", "加同义词", (_M.OPEN,), _M.SYNONYM, action="decide",
        fields=("means",), follows="从此搜这个词，也会找到您填写的词所找到的服务。",
    ),
    Move("service", "已有服务", (_M.OPEN,), _M.SERVICE, fields=("service",)),
    Move("not_ours", "不属本地服务", (_M.OPEN,), _M.NOT_OURS, reason=True),
    Move("reopen", "重新答复", (_M.SYNONYM, _M.SERVICE, _M.NOT_OURS), _M.OPEN, reason=True),
    action="handle", closed=(_M.SYNONYM, _M.SERVICE, _M.NOT_OURS), begins="first_on",
    good=(_M.SYNONYM, _M.SERVICE),
)  # fmt: skip


# Numbers that answer anywhere in the country, and what for.
HOTLINES = {
    "110": "报警",
    "119": "火警和救援",
    "120": "急救",
    "122": "交通事故",
    "12338": "妇女维权",
    "12345": "政务服务热线",
    "12348": "法律援助",
    "12355": "青少年服务",
    "12356": "心理援助",
    "12385": "残疾人服务",
}
