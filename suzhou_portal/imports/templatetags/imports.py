"""Where pages lead to the import of what they list."""

from typing import Any

from django import template

from suzhou_portal.imports.registry import Ledger, ledgers

register = template.Library()


@register.simple_tag
def ledger_of(options: Any, user: Any) -> Ledger | None:
    """The ledger of a model (by its options) that the person may import; None where there is none."""
    return next((one for one in ledgers.open_to(user) if one.model._meta is options), None)
