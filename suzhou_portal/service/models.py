"""What was done for the portal, beside its pages, and whether that succeeded."""

from django.db import models


class RunKind(models.TextChoices):
    """What is run."""

    BACKUP = "backup", "备份"
    CHECK = "check", "试恢复"
    RESTORE = "restore", "恢复"


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
