"""What people found of two records that might be one: that they are, or that they are not."""

from typing import Any, ClassVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import check, unique
from suzhou_portal.audit.changes import name_of
from suzhou_portal.lists import key_of


class VerdictQuerySet(AreaRecordQuerySet):
    def about(self, model: type[models.Model]):
        """What was found about records of a kind."""
        return self.filter(model=model._meta.label_lower)

    def merged_into(self, record: models.Model):
        """The records that were merged into this one, latest first."""
        return self.about(type(record)).filter(same=True, kept_id=record.pk).order_by("-pk")


class Verdict(AreaRecord):
    """Two records are one, and the `other` went into the one that was `kept`; or they are two.

    Of two that are not one, the older is `kept_id`. Of one that went, `former` is its content, as label and
    text, what is personal masked, and `moved` the keys of what hung on it, by kind. It stands where the
    record does that stayed; who found it entered it.
    """

    model = models.CharField("记录类别", max_length=100)
    kept_id = models.BigIntegerField("留下的记录编号")
    other_id = models.BigIntegerField("另一条记录编号")
    same = models.BooleanField("是同一个")
    other_name = models.CharField("另一条记录", max_length=200)
    former = models.JSONField("原有内容", default=list, blank=True, encoder=DjangoJSONEncoder)
    moved = models.JSONField("转入的记录", default=dict, blank=True, encoder=DjangoJSONEncoder)
    by_name = models.CharField("办理人姓名", max_length=60, blank=True)

    objects: ClassVar = VerdictQuerySet.as_manager()
    called = "other_name"

    class Meta:
        verbose_name = verbose_name_plural = "重复记录的认定"
        ordering = ["-pk"]
        constraints = [
            check("verdict_about_two", ~Q(kept_id=F("other_id")), "请选择两条不同的记录。"),
            unique(
                "verdict_merged_once", "这条记录已经并入另一条。", "model", "other_id",
                condition=Q(same=True),
            ),
            unique(
                "verdict_apart_once", "这两条已经认定不是同一个。", "model", "kept_id", "other_id",
                condition=Q(same=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["model", "kept_id"], name="verdict_kept")]

    @property
    def moved_text(self) -> str:
        """How many rows of what moved to the record that stayed."""
        said = [f"{_called(label)}{len(keys)}条" for label, keys in self.moved.items()]
        return "、".join(said) or "0条记录"


def _called(label: str) -> str:
    try:
        return name_of(apps.get_model(label))
    except LookupError:  # a kind that is no more
        return label


def stands_for(model: type[models.Model], key: Any) -> int | None:
    """The key of the record into which the one of that key was merged; None where it was not."""
    number = key_of(str(key))
    known = Verdict.objects.about(model).filter(same=True, other_id=number)
    return known.values_list("kept_id", flat=True).first() if number is not None else None
