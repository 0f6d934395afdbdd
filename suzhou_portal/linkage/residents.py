"""How a resident without an account is known: by a phone they have shown to be theirs, and by the requests
that they have opened with it. Both are kept in the session, and for a while only.
"""

import datetime
import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from suzhou_portal.accounts.limits import Secret
from suzhou_portal.audit import trail
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.linkage import sending
from suzhou_portal.linkage.models import PhoneCode, ServiceRequest
from suzhou_portal.linkage.models.codes import digest

# A carrier puts thousands of phones behind one address.
SENT = Secret("linkage.servicerequest", "发送短信验证码（计次）", crowd=20)
WRONG = Secret("linkage.servicerequest", "短信验证码不正确")
UNKNOWN = Secret("linkage.servicerequest", "没有这个单号和回执码的服务请求")
View = Callable[..., HttpResponse]
KNOWN_FOR = datetime.timedelta(minutes=30).total_seconds()
RESIDENT, BY_RECEIPT = "居民本人", "凭回执的人"
_PHONE, _OPENED = "resident_phone", "resident_requests"


def send_code(request: HttpRequest, phone: str) -> str:
    """Send a new code to the phone. Returns it where this is a demonstration, whose phones nobody holds.

    Raises OSError where it did not go out.
    """
    code = PhoneCode.objects.make(phone)
    SENT.note(subject_of(phone))
    if not sending.send(phone, f"【五社联动】验证码{code}，10分钟内有效。请勿告诉他人。"):
        raise OSError("the short message did not go out")
    return code if demonstration(request) else ""


def subject_of(phone: str) -> str:
    """What the trail counts tries of a phone by; it leads nobody back to the phone."""
    return digest(phone)[:20]


def knows_code(phone: str, code: str) -> bool:
    """Whether the code is the one sent to the phone; a wrong one is counted."""
    if PhoneCode.objects.take(phone, code):
        return True
    WRONG.note(subject_of(phone))
    return False


def remember(request: HttpRequest, phone: str) -> None:
    """The phone is whose browser this is."""
    request.session[_PHONE] = [phone, time.time() + KNOWN_FOR]


def phone_of(request: HttpRequest) -> str:
    """The phone shown to be theirs lately; blank where there is none."""
    phone, until = request.session.get(_PHONE, ["", 0])
    return phone if until > time.time() else ""


def open_to(request: HttpRequest, record: ServiceRequest, said_by: str = RESIDENT) -> None:
    """The request is one of theirs; what they do to it is said by them, or by who holds the receipt."""
    opened = {key: kept for key, kept in _opened(request).items() if kept[0] > time.time()}
    request.session[_OPENED] = opened | {str(record.pk): [time.time() + KNOWN_FOR, said_by]}


def is_open_to(request: HttpRequest, pk: int) -> bool:
    """Whether they opened that request lately."""
    return _opened(request).get(str(pk), [0])[0] > time.time()


def said_by(request: HttpRequest, pk: int) -> str:
    """Who history says it is that acts on that request here."""
    return str(_opened(request)[str(pk)][1])


def leave(request: HttpRequest) -> None:
    """Forget the phone, the requests and what was looked for: somebody else may sit here next."""
    for key in [key for key in request.session.keys() if key.startswith("resident_")]:  # noqa: SIM118
        del request.session[key]


def acting_as(name: str) -> Callable[[View], View]:
    """The view acts for whoever sits there, and for no account that is signed in in that browser."""

    def for_nobody(view: View) -> View:
        @wraps(view)
        def acting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = replace(trail.current(), id=None, name=name, user=None)
            with trail.acting(lambda: actor):
                return view(request, *args, **kwargs)

        return acting

    return for_nobody


as_resident = acting_as(RESIDENT)


def opened_by(request: HttpRequest) -> list[int]:
    """The keys of the requests they opened lately, the newest first."""
    return sorted(
        (int(key) for key in _opened(request) if is_open_to(request, int(key))), reverse=True
    )


def _opened(request: HttpRequest) -> dict[str, list[Any]]:
    return request.session.get(_OPENED, {})
