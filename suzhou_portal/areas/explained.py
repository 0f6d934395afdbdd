"""What is far beyond the usual, late, or there already is kept only with a reason beside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from suzhou_portal import formats
from suzhou_portal.fields import Line

ASKED = "确认无误的，请在“情况说明”写明原因。"


class Reasoned(models.Model):
    """Asks for a reason where a value is new and `unusual`; what is kept already is left in peace.

    `plausible` names, by field, the most that goes without saying: a number, or a function of the record,
    whose None says that nobody knows.
    """

    explanation = Line(
        "情况说明",
        max_length=200,
        blank=True,
        help_text="数量远超常情、补录或与已有记录相同的，写明原因。",
    )

    plausible: ClassVar[Mapping[str, int | Callable[[Any], Any]]] = {}

    class Meta:
        abstract = True

    def unusual(self) -> Iterator[tuple[str, str]]:
        """Fields, each with what is unusual about its value."""
        for name, most in self.plausible.items():
            value, limit = getattr(self, name), most(self) if callable(most) else most
            if value is not None and limit is not None and value > limit:
                yield name, f"{formats.number(value)}超出一般情况（{formats.number(limit)}以内）。"

    def clean(self):
        """Ask about what is unusual, at the field, unless it is explained."""
        super().clean()
        found = {} if self.explanation else dict(self.unusual())
        if found and not self._state.adding:
            kept = type(self)._base_manager.filter(pk=self.pk).values(*found).first() or {}
            found = {
                name: said for name, said in found.items() if self._as_kept(name) != kept.get(name)
            }
        if found:
            raise ValidationError({name: said + ASKED for name, said in found.items()})

    def _as_kept(self, name: str) -> Any:
        return getattr(self, self._meta.get_field(name).attname)  # type: ignore[union-attr]
