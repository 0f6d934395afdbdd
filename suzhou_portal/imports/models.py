"""What is kept of imports: long ones while they are at work, and what was brought, to be taken back."""

import datetime
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.files.models import private_storage
from suzhou_portal.imports.outcomes import Outcome
from suzhou_portal.imports.registry import Ledger, ledgers

KEPT_DAYS = 7
UNDOABLE_DAYS = 30  # for so long a batch can be taken back


def _place(job: "Job", name: str) -> str:
    return f"imports/{uuid.uuid4().hex}"


class Job(models.Model):
    """`outcome` is blank until it is over; `refused` says why the file as a whole could not be brought.

    Then `file` is gone, unless it is `marked`: a workbook in which what is wrong stands at its cells.
    """

    audited = False  # what it brings is in the trail, and that it was brought
    holds_file = models.Q(finished_at=None) | models.Q(marked=True)  # else it went when it was over

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="导入人"
    )
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("文件名", max_length=255)
    file = models.FileField("文件", upload_to=_place, storage=private_storage)
    skip = models.BooleanField("跳过已有的记录", default=False)
    update = models.BooleanField("修改已有的记录", default=False)
    trial = models.BooleanField("只检查", default=False)
    marked = models.BooleanField("已标出问题", default=False)
    address = models.CharField("来自", max_length=60, blank=True)
    origin = models.CharField("请求", max_length=300, blank=True)
    sent_at = models.DateTimeField("提交时间", auto_now_add=True)
    attempts = models.PositiveSmallIntegerField("开始过几次", default=0)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    refused = models.TextField("没有导入的原因", blank=True)
    outcome = models.JSONField("结果", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入任务"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="import_job_waiting",
                condition=models.Q(finished_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("import_job", args=[self.pk])

    @property
    def kind(self) -> Ledger:
        """The ledger it is for. Raises KeyError for one that is no more."""
        return ledgers.get(self.ledger)

    def result(self) -> Outcome | None:
        """What came of the file; None where it is not over, or the file was refused."""
        return None if self.outcome is None else Outcome.of_json(self.outcome)

    def finish(self, outcome: Outcome | None = None, refused: str = "") -> None:
        """Note what came of it. In the transaction of the import, so that neither is without the other."""
        self.finished_at, self.refused = timezone.now(), refused
        self.outcome = outcome and outcome.as_json()
        self.save(update_fields=["finished_at", "refused", "outcome"])


def forget_old() -> None:
    """What came of a file is not kept for long: it repeats what stood in it."""
    until = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    for job in Job.objects.filter(finished_at__lt=until):
        job.file.delete(save=False)
        job.delete()
    undoable = timezone.now() - datetime.timedelta(days=UNDOABLE_DAYS)
    Brought.objects.filter(batch__brought_at__lt=undoable).delete()


class Batch(models.Model):
    """A file that was brought in: by whom, when, which one exactly, and what came of it.

    `trail` is the trail's last entry of it: whatever the trail has of its records after that, somebody
    else did to them. Records of the person's that were entered at the moment `copied_at` are its copies; the
    others it made or changed are its `rows`. `undone_at` says that it was taken back.
    """

    audited = False  # what it brought is in the trail, and that it was brought or taken back

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="导入人",
    )
    user_name = models.CharField("导入人姓名", max_length=60, blank=True)
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("文件名", max_length=255)
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)
    brought_at = models.DateTimeField("导入时间", auto_now_add=True)
    added = models.PositiveIntegerField("新增（条）", default=0)
    changed = models.PositiveIntegerField("修改（条）", default=0)
    unchanged = models.PositiveIntegerField("没有变化（条）", default=0)
    trail = models.BigIntegerField("留痕编号", default=0)
    copied_at = models.DateTimeField("批量写入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "ledger"], name="batch_of_user")]

    def __str__(self):
        return self.name

    @property
    def kind(self) -> Ledger:
        """The ledger it went to. Raises KeyError for one that is no more."""
        return ledgers.get(self.ledger)


class Brought(models.Model):
    """A record that a batch made one by one, or changed: then `before` has what its columns said."""

    audited = False  # derived from what the trail has

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    object_id = models.BigIntegerField("记录编号")
    before = models.JSONField("原有内容", null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = verbose_name_plural = "导入的记录"

    def __str__(self):
        return f"{self.batch_id} {self.object_id}"


class Doubt(models.Model):
    """A value that the rules of its field would refuse, kept as it was found: for people to decide."""

    audited = False  # derived from what the records hold

    model = models.CharField("记录类别", max_length=100)
    object_id = models.CharField("记录编号", max_length=100)
    area_code = models.CharField("地区", max_length=15, blank=True, db_collation="C")
    field = models.CharField("栏目", max_length=100)
    why = models.CharField("原因", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "待核对的数据"
        ordering = ["model", "pk"]

    def __str__(self):
        return self.why
