"""What a person keeps of the analysis desk: tables asked for, by a name of their own."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from suzhou_portal.fields import Name


class SavedView(models.Model):
    """The address of a table under a name. It holds no value: whoever opens it sees what is true then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = Name("名称", max_length=40)
    query = models.TextField("所选指标、地区和时期", max_length=4000, editable=False)
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存的分析"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_one_a_name",
                violation_error_message="已经有一个同名的分析，请换一个名称。",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('analysis')}?{self.query}"
