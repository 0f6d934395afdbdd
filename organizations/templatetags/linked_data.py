"""What a page says to programs."""

import json

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from organizations.models import ServiceItem, SocialOrganization
from organizations.schema_org import described

register = template.Library()
# So that no text ends the element, as in Django's own `json_script`.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag(takes_context=True)
def linked_data(context: RequestContext, record: ServiceItem | SocialOrganization) -> SafeString:
    """The record as JSON-LD. No browser runs it, and so the content security policy lets it stand."""
    content = described(record, context["request"].build_absolute_uri)
    text = json.dumps(content, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
