"""Where somebody who did not find it asks for it."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode


def ask_url(**known: str) -> str:
    """The page on which one asks for a service, with what is known already; blank where there is none."""
    try:
        return f"{reverse('ask')}?{urlencode({name: text for name, text in known.items() if text})}"
    except NoReverseMatch:
        return ""
