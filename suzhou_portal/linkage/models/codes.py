"""One-time codes by which a resident shows that a phone is theirs."""

import datetime
import secrets
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
LASTS = datetime.timedelta(minutes=10)
TRIES = 5  # of one code; then another has to be sent


class PhoneCodeQuerySet(models.QuerySet):
    def make(self, phone: str) -> str:
        """A new code for the phone, which replaces those sent before. Returns the digits to be sent."""
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        self.filter(
            models.Q(phone=digest(phone)) | models.Q(sent_at__lt=timezone.now() - LASTS)
        ).delete()
        self.create(phone=digest(phone), code=digest(code + phone))
        return code

    @transaction.atomic
    def take(self, phone: str, code: str) -> bool:
        """Whether that is the code sent to the phone; it is good once, and for some minutes."""
        live = self.select_for_update().filter(
            phone=digest(phone), sent_at__gte=timezone.now() - LASTS, tries__lt=TRIES
        )
        sent: Any = live.first()
        if sent is None:
            return False
        if constant_time_compare(sent.code, digest(code + phone)):
            sent.delete()
            return True
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return False


class PhoneCode(models.Model):
    """A code that was sent. Phone and code are kept as digests only: nobody reads here who asked."""

    phone = models.CharField("电话摘要", max_length=64, db_index=True)
    code = models.CharField("验证码摘要", max_length=64)
    sent_at = models.DateTimeField("发送时间", default=timezone.now)
    tries = models.PositiveSmallIntegerField("试过几次", default=0)

    objects: ClassVar = PhoneCodeQuerySet.as_manager()
    audited = False  # it says nothing that anybody could read, and is gone after minutes

    class Meta:
        verbose_name = verbose_name_plural = "短信验证码"
        default_permissions = ()

    def __str__(self):
        return f"{self.sent_at}"


def digest(text: str) -> str:
    """What is kept of a phone or a code: nobody leads back from it without the portal's key."""
    return salted_hmac("linkage.phone", text, algorithm="sha256").hexdigest()
