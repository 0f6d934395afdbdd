"""Files kept with a record, outside the web root."""

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.urls import reverse

from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.files import content
from suzhou_portal.texts import cleaned


def private_storage() -> FileSystemStorage:
    """Below PORTAL_STATE, where no server serves files from, and open to nobody else on the machine."""
    return FileSystemStorage(
        location=settings.PORTAL_STATE / "files",
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def _place(attachment: "Attachment", name: str) -> str:
    ending = name.rsplit(".", 1)[-1]
    return f"{attachment.area_id}/{uuid.uuid4().hex}.{ending}"


class AttachmentQuerySet(AreaRecordQuerySet):
    """Files."""

    def of(self, record: models.Model):
        """The files kept with that record, in the order they came."""
        return self.filter(model=record._meta.label_lower, object_id=record.pk).order_by("pk")


class Attachment(AreaRecord):
    """A file kept with a record; who sees the record sees the file."""

    model = models.CharField("记录类别", max_length=100, editable=False)
    object_id = models.BigIntegerField("记录编号", editable=False)
    name = models.CharField("文件名", max_length=100)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    file = models.FileField("文件", upload_to=_place, storage=private_storage, max_length=200)

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="attachment_record")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("attachment", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        """Whether a browser can show it."""
        return self.media_type.startswith("image/")

    @property
    def owner_model(self) -> type[models.Model]:
        """What kind of record it is kept with."""
        return apps.get_model(self.model)


def opens_to(user: Any, record: Any) -> bool:
    """Whether the person, who sees the record, may open what is kept with it; its kind may say (`opens_files_to`)."""
    opens = getattr(record, "opens_files_to", None)
    return opens is None or bool(opens(user))


def attach(record: AreaRecord, upload: UploadedFile, checked: content.Checked | None = None) -> Any:
    """Keep a file with a record. Raises ValidationError for what may not be kept."""
    checked = checked or content.check(upload)
    name = cleaned(content.shown_name(upload.name or "", checked.ending))
    attachment = Attachment(
        area=record.area,
        model=record._meta.label_lower,
        object_id=record.pk,
        name=name,
        media_type=checked.media_type,
        size=checked.content.size,
        is_demo=record.is_demo,
    )
    attachment.file.save(name, checked.content, save=False)
    attachment.save()
    return attachment
