"""The account with which a demonstration site is tried out."""

import secrets

from django.conf import settings

from suzhou_portal.accounts.models import User

USERNAME = "demo"


def create_demo_account() -> str | None:
    """Create the account once; returns its password then, and None where it exists already.

    The password is DEMO_PASSWORD, or a random one: no account has a default password.
    """
    if User.objects.filter(username=USERNAME).exists():
        return None
    password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
    User.objects.create_superuser(USERNAME, password=password)
    return password
