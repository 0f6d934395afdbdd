"""Formats for templates; the rules are those of `formats.py`."""

from decimal import Decimal

from django import template

from suzhou_portal import formats

register = template.Library()


@register.filter
def yuan(value: Decimal) -> str:
    """An amount in 元 as people read it."""
    return "".join(formats.quantity(value, formats.YUAN))
