"""What several records of a mechanism share: being kept in versions."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Max

from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet


class Versioned(Staged):
    """A text that is never changed once it is in force but replaced as a whole by a new version.

    `series` names the columns in which the versions of one text agree; `number` counts up in it.
    """

    series: ClassVar[tuple[str, ...]]

    number = models.PositiveSmallIntegerField("版次", editable=False)

    class Meta:
        abstract = True

    def versions(self) -> StagedQuerySet:
        """All versions of this text, itself included."""
        same = {name: getattr(self, name) for name in self.series}
        return type(self)._default_manager.filter(**same)

    def save(self, *args, **kwargs):
        """A new version takes the next number; two people at once take different ones."""
        with transaction.atomic():
            if self.number is None:
                Area.objects.select_for_update(no_key=True).get(pk=self.area_id)
                latest = self.versions().aggregate(latest=Max("number"))["latest"]
                self.number = (latest or 0) + 1
            super().save(*args, **kwargs)
