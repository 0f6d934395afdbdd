"""The trail: who did what to which record, when, from where, from what to what; and the feed: marks of
what was written, for whatever is kept and follows from it.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.fields import TransactionId


class AuditEntry(models.Model):
    """One event. The application may add entries and read them; nobody changes them.

    `old` and `new` map columns to values: of a new record all of them, of a change only what
    changed. Personal data stands in them masked. Actor and record are kept as text and number, not
    as foreign keys, since the trail outlives both.
    """

    at = models.DateTimeField("时间", db_default=Now(), editable=False)
    actor_id = models.BigIntegerField("账号编号", null=True, blank=True)
    actor_name = models.CharField("操作人", max_length=200, blank=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    origin = models.CharField("来源", max_length=300, blank=True)
    action = models.CharField("操作", max_length=20, choices=Action.choices)
    model = models.CharField("记录类别", max_length=100, blank=True)
    object_id = models.CharField("记录编号", max_length=100, blank=True)
    area_code = models.CharField("地区", max_length=15, blank=True, db_collation="C")
    old = models.JSONField("原值", default=dict, blank=True)
    new = models.JSONField("新值", default=dict, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["model", "object_id", "-id"], name="audit_record"),
            # Rows come in the order of time, so a few bytes for each block say where to look.
            BrinIndex(fields=["at"], name="audit_at"),
            models.Index(
                fields=["actor_id", "-id"],
                condition=models.Q(action="create", actor_id__isnull=False),
                name="audit_entered",
            ),
            models.Index(
                fields=["address", "at"],
                condition=models.Q(action__in=["sign_in_failed", "try_failed"]),
                name="audit_failures",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.model} {self.object_id}"


class Touched(models.Model):
    """A mark: a transaction wrote rows of this source that stand in this area. Only ever appended.

    `source` is a table, followed by an asterisk where its rows count anywhere; blank for every
    source. `area_code` is blank for every area, and a hyphen where nobody asks where the rows stand.
    """

    audited = False

    source = models.CharField("来源", max_length=80)
    area_code = models.CharField("地区", max_length=15, db_collation="C")
    transaction = TransactionId("事务")

    class Meta:
        verbose_name = verbose_name_plural = "变动标记"
        indexes = [
            models.Index(fields=["area_code", "transaction"], name="touched_by_area"),
            models.Index(fields=["source", "transaction"], name="touched_by_source"),
            models.Index(fields=["transaction"], name="touched_by_transaction"),
        ]

    def __str__(self):
        return f"{self.source} {self.area_code}"
