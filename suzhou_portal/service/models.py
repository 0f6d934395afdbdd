"""What was done for the portal, beside its pages, and whether that succeeded."""

from django.db import models


class RunKind(models.TextChoices):
    """What is run."""

    BACKUP = "backup", "备份"
    CHECK = "check", "试恢复"
    RESTORE = "restore", "恢复"
    NIGHTLY = "nightly", "每夜计算"
    MONTHLY = "monthly", "每月清理"
    ALERT = "alert", "试发告警"
    UPDATES = "updates", "核对安全更新"


class CheckState(models.TextChoices):
    """How it stands with something that is looked at."""

    FINE = "fine", "正常"
    CAUTION = "caution", "注意"
    FAULT = "fault", "故障"


class ServiceRun(models.Model):
    """One run and what it came to, a failure too. Rows are only added, which the database sees to.

    `path` is the file it was about, blank where there is none; `bytes` that file's size.
    """

    append_only = True

    kind = models.CharField("工作", max_length=20, choices=RunKind.choices)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("结束时间")
    ok = models.BooleanField("成功")
    detail = models.TextField("结果", blank=True)
    path = models.CharField("文件", max_length=1000, blank=True)
    bytes = models.BigIntegerField("大小（字节）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "运行记录"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "-id"], name="run_of_kind")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d}"


class CheckResult(models.Model):
    """What the last look at one part of the portal's running came to (`watching/checks.py`).

    `outside` is what was seen of it outside of portal and database, which no page waits for; `alerted_at` when
    somebody was last told of the fault, None where there is none or nobody was.
    """

    audited = False

    key = models.CharField("项目", max_length=40, primary_key=True)
    state = models.CharField("状态", max_length=10, choices=CheckState.choices)
    since = models.DateTimeField("从何时起")
    seen_at = models.DateTimeField("检查时间")
    outside = models.JSONField("外部情况", default=dict, blank=True)
    alerted_at = models.DateTimeField("告知时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "运行状况"
        ordering = ["key"]

    def __str__(self):
        return f"{self.key} {self.get_state_display()}"
