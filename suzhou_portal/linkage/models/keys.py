"""Keys by which systems of other offices, such as a city's hotline, enter requests."""

import datetime
import hashlib
import secrets
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from suzhou_portal import formats
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Name, PastDay, PlannedDay


class ApiKeyQuerySet(AreaRecordQuerySet):
    def of(self, secret: str):
        """The key that somebody knows; None where it is none of ours."""
        return self.filter(digest=digest_of(secret)).first()


class ApiKey(AreaRecord):
    """What another office's system is known by, and the division inside which it enters requests.

    The key itself is known to whoever was shown it when it was made (`secret`, in memory alone); kept
    is its digest. It is 256 bits of chance, so nothing slower than SHA-256 is needed.
    """

    name = Name("系统名称", max_length=40, help_text="如：市12345热线。审计记录中以它署名。")
    valid_from = PlannedDay("生效日期", default=timezone.localdate)
    valid_to = PlannedDay("失效日期", null=True, blank=True, help_text="当日仍有效。")
    daily = models.PositiveSmallIntegerField(
        "每天最多提交（件）", default=500, validators=[MinValueValidator(1, "至少1件。")],
        help_text="这个地区一天内从热线等系统收到的请求到了这个数，就不再从这个密钥接收，防止系统出错或密钥泄露。",
    )  # fmt: skip
    revoked_on = PastDay(
        "停用日期",
        null=True,
        blank=True,
        help_text="填写后密钥立即失效，不能恢复；再用须另发一个。",
    )
    digest = models.CharField("密钥摘要", max_length=64, unique=True, editable=False)

    objects: ClassVar = ApiKeyQuerySet.as_manager()
    masked: ClassVar = {"digest": Mask.SECRET}
    secret = ""

    class Meta:
        verbose_name = verbose_name_plural = "接口密钥"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("api_key_dates", "valid_from", "valid_to", "失效日期不能早于生效日期。"),
            unique(
                "api_key_once", "这个系统已有没有停用的密钥：请重新生成，或先停用它。",
                "area", "name", condition=Q(revoked_on__isnull=True),
            ),
        ]  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one is made its key."""
        if not self.digest:
            self.renew()
        super().save(*args, **kwargs)

    def renew(self) -> str:
        """Another key, which stands in for the one before once this is saved; it is known only now."""
        self.secret = secrets.token_urlsafe(32)
        self.digest = digest_of(self.secret)
        return self.secret

    def why_not(self, day: datetime.date) -> str:
        """Why it opens nothing on that day, in Chinese; blank where it does."""
        if self.revoked_on:
            return "密钥已停用。"
        if day < self.valid_from:
            return f"密钥从{formats.date(self.valid_from)}起有效。"
        if self.valid_to and day > self.valid_to:
            return f"密钥已于{formats.date(self.valid_to)}到期。"
        return ""


def digest_of(secret: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()
