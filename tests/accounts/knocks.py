"""People who try addresses, and leave everything as it was."""

from http.cookies import SimpleCookie
from unittest.mock import patch

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.accounts.world import signed_in


class Knock:
    """One person's browser: what a request changes is undone after it."""

    def __init__(self, who, settled):
        self.browser = Client() if who.label == "anonymous" else signed_in(who.account(settled))

    def __call__(self, method, path, follow=False):
        """The answer, and the page it leads to in the end."""
        browser = Client()
        browser.cookies = SimpleCookie(self.browser.cookies.output(header="", sep=";"))
        # Django notes every template and what it was given; a walk asks for none of it.
        unnoted = patch("django.test.client.store_rendered_templates", lambda *_, **__: None)
        with unnoted, transaction.atomic():
            response = getattr(browser, method)(path, {"post": "yes"} if method == "post" else None)
            last = response
            if follow and response.status_code == 302:
                last = browser.get(response.url)
            transaction.set_rollback(True)
        return response, last


def status(response):
    """Its number; being sent to the start page, with the word that there is no such record, is a 404."""
    led_away = response.status_code == 302 and response.url == reverse("admin:index")
    return 404 if led_away else response.status_code
