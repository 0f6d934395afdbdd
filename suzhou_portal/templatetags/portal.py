"""Formats for templates; the rules are those of `formats.py`."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from suzhou_portal import formats

register = template.Library()


@register.filter
def yuan(value: Decimal) -> str:
    """An amount in 元 as people read it."""
    return "".join(formats.quantity(value, formats.YUAN))


@register.filter
def dialled(phone: str) -> str:
    """The number that a tel: link dials; blank where there is none to call."""
    return formats.dialled(phone)


@register.filter
def labelled(cells: Iterable[str], headings: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Each cell with the heading of its column, which it bears where a table reads as cards."""
    return zip((getattr(one, "label", one) for one in headings), cells, strict=False)


@register.simple_tag
def managed(request: HttpRequest) -> list[dict[str, Any]]:
    """The kinds of record the person keeps or reads in the admin, with `name` and `admin_url`."""
    return [kind for app in admin.site.get_app_list(request) for kind in app["models"]]


class Captured(template.Node):
    """Renders what is inside into a variable, on one line, for where the page needs it more than once."""

    def __init__(self, nodelist: template.NodeList, name: str):
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> str:
        """Return nothing: the text is shown where the variable is."""
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308
        return ""


@register.tag
def captured(parser: Any, token: Any) -> Captured:
    """`{% captured name %}…{% endcaptured %}`, which may hold blocks."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(nodelist, name)


@register.filter
def dated_remark(record: Any, day: datetime.date) -> str:
    """What a record's page says of it on the site's date."""
    return record.dated_remark(day)
