"""What a person is told, and where mail about it goes."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from suzhou_portal.accounts.models import User
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.enums import Mask
from suzhou_portal.desks.waiting import desk_list
from suzhou_portal.records.kinds import Kind, kinds

NOT_YOURS = "这条记录已经不在您的工作范围内。"


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One subject of which a person is told, told again (and so unread) whenever there is more to say of it:
    a record that came back to them, or with a `todo` the records of a kind that wait for them in an area.

    It says nothing personal and keeps no name; whoever opens it is asked what they may see there.
    """

    audited = False  # it follows from steps, which the trail tells

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    model = models.CharField("记录类别", max_length=100)
    object_id = models.BigIntegerField("记录编号", default=0)
    todo = models.CharField("待办", max_length=30, blank=True)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", db_index=False)
    text = models.CharField("内容", max_length=200)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    mailed_at = models.DateTimeField("邮件时间", null=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        default_permissions = ()
        ordering = [
            "-read_at",
            "-at",
            "-pk",
        ]  # unread first: PostgreSQL puts what is null before all dates
        constraints = [
            models.UniqueConstraint(
                fields=["user", "model", "object_id", "todo"], name="notice_one_a_subject"
            )
        ]
        indexes = [
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(
                F("user"), F("read_at").desc(), F("at").desc(), F("id").desc(), name="notice_inbox"
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def kind(self) -> Kind | None:
        """The kind of its record; None where the portal no longer has such."""
        try:
            return kinds.of(apps.get_model(self.model))
        except LookupError:
            return None

    @property
    def url(self) -> str:
        """Where its record is, or those that wait are listed."""
        kind = self.kind
        if kind is None:
            return reverse("notices")
        if self.todo:
            return f"{desk_list(kind.model)}?todo={self.todo}"
        if kind.name:
            return reverse("desk_record", args=[kind.name, self.object_id])
        names = f"{kind.model._meta.app_label}_{kind.model._meta.model_name}"
        return reverse(f"admin:{names}_change", args=[self.object_id])

    @property
    def title(self) -> str:
        """What it is about."""
        noun = self.kind.noun if self.kind else "记录"
        return f"等待您处理：{noun}" if self.todo else f"{noun}（编号{self.object_id}）"

    def said_to(self, user: Any) -> str:
        """Its sentence, as long as the record's area is the person's to see."""
        kind = self.kind
        if kind is None or not kind.open_to(user):
            return NOT_YOURS
        comes = getattr(kind.model, "comes_to", ())
        roots = user.roots(kind.model, "view", "change")
        seen = comes or any(contains(root, self.area_id) for root in roots)
        return self.text if seen else NOT_YOURS


class MailAddress(models.Model):
    """Where a person wants mail that says there are notices; who wants none has no row."""

    user = models.OneToOneField(
        get_user_model(), models.CASCADE, related_name="+", primary_key=True, editable=False
    )
    address = models.EmailField(
        "电子邮箱", max_length=100, error_messages={"invalid": "请填写正确的邮箱地址。"}
    )
    last_used_at = models.DateTimeField("最近一次发送", null=True, editable=False)

    masked: ClassVar = {"address": Mask.SECRET}

    class Meta:
        verbose_name = verbose_name_plural = "通知邮箱"
        default_permissions = ()

    def __str__(self):
        return f"{self.user_id}"
