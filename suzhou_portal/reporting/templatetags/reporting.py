"""What reporting adds to the page of a figure, which stands on a lower floor."""

from typing import Any

from django import template

from suzhou_portal.figures.cards import Card
from suzhou_portal.figures.scope import Scope
from suzhou_portal.reporting.over_time import over_time

register = template.Library()


@register.inclusion_tag("reporting/over_time.html", takes_context=True)
def figure_over_time(context: Any, card: Card, scope: Scope) -> dict[str, Any]:
    """Trend, published values, definitions and citation. Raises BadRequest for a bad `?trend=`."""
    request = context["request"]
    shown = {"request": request, "figure": card.figure, "scope": scope}
    return shown | over_time(request, card, scope)
