"""One form shown and sent makes one record, however often it arrives.

The token of a form is the one that CSRF protection gives each page, masked anew whenever a page is
shown. What was sent is remembered by it in the transaction that acts on it: the same sent again waits
for the first and is led where that led. What led nowhere, such as a form with a mistake, is forgotten,
and what differs is something else.
"""

import datetime
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

CLOSES = "admin/popup_response.html"
KEPT = datetime.timedelta(days=1)  # a page left open longer is shown anew before it is sent


class Submission(models.Model):
    """A form that somebody sent, and where acting on it led."""

    audited = False

    key = models.CharField(primary_key=True, max_length=64, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    led_to = models.TextField(editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表单"
        default_permissions = ()

    def __str__(self):
        return self.key


class OnceMiddleware(MiddlewareMixin):
    """Lets a form act once. Stands last, right around the view."""

    def process_view(self, request, view, args, kwargs):
        """Answer what a signed-in person sends from a page of ours."""
        sent = request.method == "POST" and "csrfmiddlewaretoken" in request.POST
        if not sent or not request.user.is_authenticated:
            return None
        return _once(request, partial(view, request, *args, **kwargs))


@transaction.atomic
def _once(request: HttpRequest, act: Callable[[], Any]) -> Any:
    user: Any = request.user
    mine = Submission.objects.filter(user=user)
    mine.filter(at__lt=timezone.now() - KEPT).delete()
    submission, new = mine.get_or_create(pk=_key(request), defaults={"user": user})
    if not new:
        messages.info(request, "这份表单刚才已经提交过，没有重复办理。")
        return redirect(submission.led_to)
    response = act()
    if led_to := _led_to(request, response):
        mine.filter(pk=submission.pk).update(led_to=led_to)
    else:
        submission.delete()
    return response


def _led_to(request: HttpRequest, response: Any) -> str:
    """Where whoever sent it goes on; nowhere, where they are asked again."""
    # What a window of the admin shows that has done its work, and is closed by.
    done = CLOSES in (getattr(response, "template_name", None) or ())
    return response.headers.get("Location", request.get_full_path() if done else "")


def _key(request: HttpRequest) -> str:
    """A digest of what was sent: by whom, where, from which page, and all that it says."""
    sent = (
        request.user.pk,
        request.get_full_path(),
        sorted(request.POST.lists()),
        arrived(request),
    )
    return hashlib.sha256(repr(sent).encode()).hexdigest()


def arrived(request: Any) -> list[tuple[str, str, int]]:
    """The files as they were sent: field, name and size in bytes. Whoever takes some out of the request asks
    for them before, so that the same sent again is known for the same.
    """
    if not hasattr(request, "files_arrived"):
        files = request.FILES.lists()
        request.files_arrived = [(name, one.name, one.size) for name, many in files for one in many]
    return request.files_arrived
