"""What the portal keeps for one person on desks: how they want a list shown, and what they typed and did
not save yet.
"""

import hashlib
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models
from django.http import QueryDict
from django.utils.http import urlencode

from suzhou_portal.files import content
from suzhou_portal.files.models import private_storage
from suzhou_portal.texts import cleaned

MOST_FILES = 20


class DraftQuerySet(models.QuerySet):
    """Drafts."""

    def open_to(self, user: Any):
        """Those that the person has not sent yet, latest first: nobody reads another's."""
        return self.filter(user=user, sent=False)


class Draft(models.Model):
    """What one person typed into one form, shown once: two windows have a draft each.

    Once the form led on it is `sent`, holds nothing, and is never written again: what a slow autosave
    brings afterwards must not come back.
    """

    audited = False  # only its author reads it; what becomes of it is in the trail

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.TextField("表单地址")
    title = models.CharField("表单", max_length=200)
    data = models.JSONField("填写的内容", default=dict)
    sent = models.BooleanField("已提交", default=False)
    at = models.DateTimeField("保存时间", auto_now=True)

    objects: ClassVar = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ["-at"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["user", "-at"], name="draft_open", condition=models.Q(sent=False))
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        joint = "&" if "?" in self.address else "?"
        return f"{self.address}{joint}{urlencode({'draft': str(self.key)})}"

    @property
    def typed(self) -> QueryDict:
        """What was typed, as it was sent."""
        data = QueryDict(mutable=True)
        for name, values in self.data.items():
            data.setlist(name, values)
        return data

    def keep(self, upload: UploadedFile) -> "DraftFile":
        """Keep a file with it; the same one once. Raises ValidationError for what may not be kept."""
        checked = content.check(upload)
        data = checked.content.read()
        name = cleaned(content.shown_name(upload.name or "", checked.ending))
        told = {"name": name, "ending": checked.ending, "media_type": checked.media_type}
        file, new = self.files.get_or_create(
            digest=hashlib.sha256(data).hexdigest(), defaults=told | {"size": len(data)}
        )
        if new:
            file.file.save(name, ContentFile(data))
        return file

    def drop(self, prefixes: list[str], chosen: str) -> None:
        """Some lines of it were saved: what was typed in them, and that they were chosen, goes."""
        keys = {prefix.rpartition("-")[2] for prefix in prefixes}
        beginnings = tuple(f"{prefix}-" for prefix in prefixes)
        if not beginnings:
            return
        kept = {name: one for name, one in self.data.items() if not name.startswith(beginnings)}
        kept[chosen] = [key for key in kept.get(chosen, []) if key not in keys]
        self.data = kept
        self.save(update_fields=["data", "at"])

    def finish(self) -> None:
        """It led on: what was typed is needed here no more."""
        self.files.all().delete()
        type(self).objects.filter(pk=self.pk).update(sent=True, data={})


def _place(file: "DraftFile", name: str) -> str:
    return f"drafts/{uuid.uuid4().hex}.{file.ending}"


class DraftFile(models.Model):
    """A file sent with a form that was not saved yet."""

    audited = False

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=100)
    media_type = models.CharField("类型", max_length=100)
    ending = models.CharField("后缀", max_length=10)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("摘要", max_length=64)
    file = models.FileField("文件", upload_to=_place, storage=private_storage, max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "草稿中的文件"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["draft", "digest"], name="draft_file_once")]

    def __str__(self):
        return self.name

    @property
    def checked(self) -> tuple[UploadedFile, content.Checked]:
        """The file as a form that takes files has it once it is checked."""
        with self.file.open() as kept:
            data = kept.read()
        upload = SimpleUploadedFile(self.name, data, self.media_type)
        return upload, content.Checked(ContentFile(data), self.ending, self.media_type)


class DeskView(models.Model):
    """The order and the choices in which a person wants a list shown; who wants it as it comes has no row."""

    audited = False  # it tells of no record, and only the person sees it

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    desk = models.CharField("工作页面", max_length=60)
    query = models.CharField("查看方式", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "列表查看方式"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "desk"], name="desk_view_once")]

    def __str__(self):
        return f"{self.user_id} {self.desk}"
