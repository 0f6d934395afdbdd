"""What reporting adds to the page of a figure, which stands on a lower floor."""

from typing import Any

from django import template

from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.reporting.over_time import over_time

register = template.Library()


@register.inclusion_tag("reporting/over_time.html", takes_context=True)
def figure_over_time(context: Any, figure: Figure, scope: Scope) -> dict[str, Any]:
    """Trend, published values, definitions and citation. Raises BadRequest for a bad `?trend=`."""
    request = context["request"]
    return {"request": request, "figure": figure, "scope": scope} | over_time(
        request, figure, scope
    )
