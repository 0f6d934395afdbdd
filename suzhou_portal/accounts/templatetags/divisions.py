"""What pages tell a person of the divisions in which they work."""

from typing import Any

from django import template

from suzhou_portal.accounts.divisions import told_to

register = template.Library()


@register.simple_tag
def division_changes(user: Any) -> Any:
    """The late acts about the person's divisions."""
    return told_to(user)
