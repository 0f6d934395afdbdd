"""The words figures are described with."""

from django.db import models


class FigureKind(models.TextChoices):
    """How a figure stands to time."""

    STOCK = "stock", "时点数"
    FLOW = "flow", "时期数"
    CUMULATIVE = "cumulative", "累计数"


class Exactness(models.TextChoices):
    """What a published value claims."""

    EXACT = "exact", "确数"
    LOWER_BOUND = "lower_bound", "下限"
    QUALITATIVE = "qualitative", "定性表述"


class State(models.TextChoices):
    """Whether there is a value, and if not, why."""

    KNOWN = "known", "已知"
    UNKNOWN = "unknown", "未知"
    NOT_REPORTED = "not_reported", "未报"
    WITHHELD = "withheld", "不足5人，不公布"


class Agreement(models.TextChoices):
    """How the computed value stands to the published one."""

    SAME = "same", "与公布值一致"
    WITHIN = "within", "符合公布的下限"
    DIFFERENT = "different", "与公布值不一致"
    BELOW = "below", "低于公布的下限"
    QUALITATIVE = "qualitative", "原文未给数字"
    UNPUBLISHED = "unpublished", "无公布值"
    NOT_COMPARABLE = "not_comparable", "无法比较"
    OTHER_TIME = "other_time", "统计时间不同"


class Direction(models.TextChoices):
    """On which side of its target a value should be."""

    AT_LEAST = "at_least", "不少于"
    AT_MOST = "at_most", "不超过"
