"""The rows: values computed, and what an audit of them found."""

from django.db import models
from django.db.models.functions import Now

from suzhou_portal.fields import PastDay


class Part(models.TextChoices):
    """What a kept row holds of its area."""

    VALUES = "values", "数值"
    # Asked of every area around another one, so kept apart from the wide row of values.
    WITHHELD = "withheld", "不公布的下级"


class SnapshotField(models.Field):
    """Which transactions a computation saw."""

    def db_type(self, connection):
        """The name of the type in PostgreSQL."""
        return "pg_snapshot"


class KeptValue(models.Model):
    """What was computed of one area, and what makes it true.

    `figures` maps figure keys to what the door needs, amounts as text; a figure without records has
    no key. The row counts only for its date, the declarations (`definitions`) and the database
    cluster it was computed with. `version` changes when what the row says changes, and never comes
    back.
    """

    audited = False

    area_code = models.CharField("地区", max_length=15, db_collation="C")
    part = models.CharField("内容", max_length=10, choices=Part.choices)
    as_of = PastDay("统计截至")
    definitions = models.CharField("口径摘要", max_length=64)
    cluster = models.BigIntegerField("数据库标识")
    figures = models.JSONField("数值")
    snapshot = SnapshotField("快照")
    version = models.BigIntegerField("版本")
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        db_table = "figures_kept"  # the name its SQL knows
        verbose_name = verbose_name_plural = "保存的数值"
        constraints = [
            models.UniqueConstraint(fields=["area_code", "part"], name="kept_once"),
        ]

    def __str__(self):
        return f"{self.area_code} {self.part}"


class FigureAudit(models.Model):
    """One run of `audit_figures`: how many kept values were computed again, and which differed."""

    finished_at = models.DateTimeField("核对时间", db_default=Now(), editable=False)
    area_code = models.CharField("地区", max_length=15, db_collation="C")
    as_of = PastDay("统计截至")
    areas = models.PositiveIntegerField("地区数")
    compared = models.PositiveIntegerField("数值数")
    mismatches = models.JSONField("不一致", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标核对"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.area_code}指标核对"
