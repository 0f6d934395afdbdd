"""Looking at one value of personal data: with a reason, and a trace."""

from django import forms
from django.contrib.admin.utils import label_for_field
from django.db.models import Model

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action


class RevealForm(forms.Form):
    """Why the value is needed."""

    reason = forms.CharField(
        label="查看事由",
        min_length=4,
        max_length=200,
        error_messages={
            "required": "请写明为什么需要查看。",
            "min_length": "请写得具体一些，至少4个字。",
        },
    )


def reveal(record: Model, column: str, reason: str) -> str:
    """The value in full; the look is written down with its reason."""
    trail.record(
        Action.REVEAL,
        model=record._meta.label_lower,
        object_id=str(record.pk),
        area_code=getattr(record, "area_id", ""),
        note=f"{label_for_field(column, type(record))}；事由：{reason}",
    )
    return str(getattr(record, column))
