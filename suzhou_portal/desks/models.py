"""How a person last looked at the list of a desk."""

from django.conf import settings
from django.db import models


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
