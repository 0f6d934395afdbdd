"""What pages of a record say of those that were merged into it, or that it may be."""

from typing import Any

from django import template
from django.urls import reverse

from suzhou_portal.accounts.alike import rules_of
from suzhou_portal.merging.finding import open_to
from suzhou_portal.merging.models import Verdict

register = template.Library()


@register.simple_tag
def merged_into(record: Any) -> str:
    """The page of what was merged into the record; blank where nothing was."""
    if not rules_of(type(record)) or not Verdict.objects.merged_into(record).exists():
        return ""
    return reverse("merged_records", args=[record._meta.model_name, record.pk])


@register.simple_tag
def twins_of(options: Any, user: Any) -> str:
    """The page of what may be there twice of a kind; blank for whoever may not merge."""
    mine = any(kind.model is options.model for kind in open_to(user))
    return reverse("twins", args=[options.model_name]) if mine else ""
