"""The passwords an account had."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class FormerPassword(models.Model):
    """The hash of a password that an account has or had, so that it does not come back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_passwords"
    )
    password = models.CharField(max_length=128)
    since = models.DateTimeField(default=timezone.now)

    audited = False  # the trail tells when a password was changed

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user_id} {self.since}"
