"""The days on which work is not as the weekday says: the State Council's yearly arrangement."""

from django.db import models

from suzhou_portal.fields import PlannedDay


class SpecialDay(models.Model):
    """A weekday off, or a weekend day worked in exchange (调休). Editable, year by year."""

    date = PlannedDay("日期", primary_key=True)
    working = models.BooleanField("上班", default=False, help_text="周末调休上班的日子请勾选。")
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.name}"
