"""What a record answers to whoever works with it: whom it may be called about, and what it can't name."""

from typing import Any, ClassVar

from django.db import models


class Answering:
    """Part of every record."""

    # Of what is masked, the columns that whoever works with the record reads in full (`contact`).
    contact_columns: ClassVar[tuple[str, ...]] = ()

    def opens_contacts_to(self: Any, user: Any) -> bool:
        """Whether the person works with the record, and so may call whom it names: by a permission, or
        since an office keeps it that is the person's own, or that the person entered it for.
        """
        if not self.contact_columns or user is None:
            return False
        label = f"{self._meta.app_label}.{{}}_{self._meta.model_name}"
        if user.has_perm(label.format("contact"), self):
            return True
        own = self.entered_by_id == user.pk or self.area_id in user.own_areas
        return own and user.decides(label.format("change"), self)

    def refusals(self: Any, name: str, found: list[Any]) -> dict[Any, str]:
        """Why the record can't name some of those found in its relation `name`, by their keys: what stands
        only once is named there already.
        """
        refused: dict[Any, str] = {}
        for rule in self._meta.constraints:
            if (
                not isinstance(rule, models.UniqueConstraint)
                or name not in rule.fields
                or rule.condition
            ):
                continue
            others = {one: getattr(self, one, None) for one in rule.fields if one != name}
            if None not in others.values():
                taken = type(self)._base_manager.filter(**others, **{f"{name}__in": found})
                keys = taken.exclude(pk=self.pk).values_list(name, flat=True)
                refused |= dict.fromkeys(keys, str(rule.violation_error_message))
        return refused
