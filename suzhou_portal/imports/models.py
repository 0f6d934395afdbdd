"""A long import: what somebody sent, and what came of it once a process of its own has been at it."""

import datetime
import uuid
from dataclasses import astuple, dataclass, field

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.files.models import private_storage
from suzhou_portal.imports.registry import Ledger, ledgers

KEPT_DAYS = 7


@dataclass(frozen=True, order=True)
class Problem:
    """Row of the file (0 for the file as a whole), heading (blank for the row as a whole), what
    stands there, and what is wrong with it.
    """

    row: int
    heading: str
    text: str
    message: str

    def __str__(self):
        row = f"第{self.row}行" if self.row else "整个文件"
        where = f"“{self.heading}”" if self.heading else ""
        text = f"（{self.text[:40]}）" if self.text else ""
        return f"{row}{where}{text}：{self.message}"


@dataclass
class Outcome:
    """What came of a file: how many rows are in, and how many were there already; or the problems, and
    whether there are rows that nobody has looked at any more.

    `known` rows are those of which the sender was told that they are here; `respelt` those that say in
    another spelling what an earlier row of the file says, and are one record with it. `doubled` names rows
    that are in and may be one with another record, `doubles` is how many they are.
    """

    imported: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    cut_short: bool = False
    known: int = 0
    respelt: int = 0
    doubles: int = 0
    doubled: list[str] = field(default_factory=list)

    @property
    def asked(self) -> str:
        """What is said of rows that may be there twice now; blank without any."""
        more = "等" if self.doubles > len(self.doubled) else ""
        named = f"{'、'.join(self.doubled)}{more}{self.doubles}条"
        return f"，其中{named}可能与另一条是同一个，请在“可能重复”里核对" if self.doubles else ""

    @property
    def merged(self) -> str:
        """What is said of rows that were respelt; blank without any."""
        return f"，另有{self.respelt}行是同一记录的不同写法，已合为一条" if self.respelt else ""


def _place(job: "Job", name: str) -> str:
    return f"imports/{uuid.uuid4().hex}"


class Job(models.Model):
    """`outcome` is blank until it is over; `refused` says why the file as a whole could not be brought."""

    audited = False  # what it brings is in the trail, and that it was brought

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="导入人"
    )
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("文件名", max_length=255)
    file = models.FileField("文件", upload_to=_place, storage=private_storage)
    skip = models.BooleanField("跳过已有的记录", default=False)
    trial = models.BooleanField("只检查", default=False)
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
        if self.outcome is None:
            return None
        problems = [Problem(*one) for one in self.outcome["problems"]]
        return Outcome(**{**self.outcome, "problems": problems})

    def finish(self, outcome: Outcome | None = None, refused: str = "") -> None:
        """Note what came of it. In the transaction of the import, so that neither is without the other."""
        self.finished_at, self.refused = timezone.now(), refused
        self.outcome = outcome and vars(outcome) | {"problems": [*map(astuple, outcome.problems)]}
        self.save(update_fields=["finished_at", "refused", "outcome"])


def forget_old() -> None:
    """What came of a file is not kept for long: it repeats what stood in it."""
    until = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    for job in Job.objects.filter(finished_at__lt=until):
        job.file.delete(save=False)
        job.delete()


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
