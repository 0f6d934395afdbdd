"""The form of a record: personal data masked, and two people saving it told of each other."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from suzhou_portal import formats
from suzhou_portal.areas.admin import ChineseForm
from suzhou_portal.audit.models import AuditEntry


class RecordForm(ChineseForm):
    """A stored record's masked value that comes back unchanged stays what it was.

    `version` says which state of the record the page showed. Where somebody has saved another one
    since, the form says who, and what it holds now; nothing typed is lost, and the next save stands.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.initial["version"] = self._state()
        for name in getattr(self.instance, "masked", {}):
            if name in self.fields:
                self._mask(name)

    def _mask(self, name: str) -> None:
        kept, field = getattr(self.instance, name), self.fields[name]
        shown = formats.masked(self.instance, name)
        self.initial[name] = shown
        check = field.clean
        field.clean = lambda value: kept if value == shown else check(value)  # type: ignore[method-assign]
        field.help_text = f"{field.help_text} 已隐去一部分；不改动则保持原值。".strip()

    def _state(self) -> str:
        return self.instance.updated_at.isoformat()

    def clean(self):
        """Refuse to overwrite what the person has not seen."""
        cleaned = super().clean()
        if self.instance.pk is None or self.data.get(self.add_prefix("version")) == self._state():
            return cleaned
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = self._state()
        self.data = data
        raise ValidationError(self._overtaken())

    def _overtaken(self) -> str:
        entry = AuditEntry.objects.filter(
            model=self.instance._meta.label_lower, object_id=str(self.instance.pk)
        ).first()
        who = entry.actor_name if entry else "其他人"
        differing = [
            f"{field.label}（现为“{self._shown(name)}”）"
            for name, field in self.fields.items()
            if name != "version" and field.has_changed(self.initial.get(name), self[name].data)
        ]
        differences = "、".join(differing) or "无"
        return (
            f"您打开这条记录之后，{who}修改了它。您填写的内容仍在下面，"
            f"与现有记录不同的有：{differences}。核对后再按保存，以您填写的为准。"
        )

    def _shown(self, name: str) -> str:
        field = self.instance._meta.get_field(name)
        if name in getattr(self.instance, "masked", {}):
            return formats.masked(self.instance, name)
        if field.many_to_many:
            return "、".join(str(one) for one in getattr(self.instance, name).all()) or formats.DASH
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name)
        return formats.DASH if value in (None, "") else str(value)
