"""Forms that were sent, so that each acts once; see `once.py`."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form that somebody sent, and where acting on it led."""

    audited: ClassVar[bool] = False

    key = models.CharField(primary_key=True, max_length=64, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    led_to = models.TextField(editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表单"
        default_permissions = ()

    def __str__(self):
        return self.key
