"""A request that another office's system enters with its key."""

import uuid
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from suzhou_portal import formats
from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.areas.codes import contains
from suzhou_portal.audit import trail
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.linkage.enums.requests import Channel
from suzhou_portal.linkage.following import NEXT
from suzhou_portal.linkage.models import ApiKey, ServiceRequest
from suzhou_portal.linkage.once_sent import stored_once
from suzhou_portal.linkage.open311.answers import ProblemError
from suzhou_portal.linkage.open311.services import AREA, UNKNOWN_SERVICE, communities
from volunteers.enums.visits import ResidentNeedKind

NUMBER = "Idempotency-Key"
WRONG = Secret("linkage.apikey", "接口密钥不正确")
# By what the standard calls them; the name is put together from two.
SENT_AS = {
    "area": f"attribute[{AREA}]", "kind": "service_code", "content": "description",
    "address": "address_string", "name": "first_name、last_name", "phone": "phone",
}  # fmt: skip


class EntryForm(ChineseForm):
    """A request as a system sends it."""

    class Meta:
        model = ServiceRequest
        fields = ("area", "kind", "content", "name", "phone", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = communities()


def enter(request: HttpRequest) -> dict[str, Any]:
    """Enter what was sent, once; the trail is signed by the key. Raises ProblemError."""
    key = _known(request)
    actor = replace(trail.current(), id=None, name=f"接口密钥：{key}", user=None)
    with trail.acting(lambda: actor):
        made = _stored(_checked(request, key), numbered=NUMBER in request.headers)
    due = f"，{formats.date(made.due_on)}前" if made.due_on else ""
    left = "图片链接没有收取，请另行告诉社区。" if request.POST.get("media_url") else ""
    return {
        "service_request_id": made.number,
        "service_notice": f"{NEXT.get(made.state, made.get_state_display())}{due}。{left}",
        "account_id": None,
    }


def _known(request: HttpRequest) -> ApiKey:
    """The key that was sent, where it opens anything today."""
    if WRONG.is_guessed():
        raise ProblemError(
            429, f"api_key：不正确的次数过多，请过{settings.LOCKOUT_MINUTES}分钟再试。"
        )
    if not (secret := request.POST.get("api_key", "")):
        raise ProblemError(403, "api_key：必填。")
    key = ApiKey.objects.of(secret)
    if key is None:
        WRONG.note()
        raise ProblemError(403, "api_key：不正确。")
    if said := key.why_not(timezone.localdate()):
        raise ProblemError(403, f"api_key：{said}")
    return key


def _checked(request: HttpRequest, key: ApiKey) -> EntryForm:
    """What was sent, with nothing wrong about it."""
    sent = {name: request.POST.get(param, "") for name, param in SENT_AS.items()}
    sent["name"] = request.POST.get("last_name", "") + request.POST.get("first_name", "")
    if not sent["kind"]:
        raise ProblemError(400, "service_code：必填。")
    if sent["kind"] not in ResidentNeedKind:
        raise ProblemError(404, UNKNOWN_SERVICE)
    asked = ServiceRequest(
        channel=Channel.HOTLINE, sent=_submission(request, key),
        is_demo=demonstration(request) is not None,
    )  # fmt: skip
    form = EntryForm(sent, instance=asked)
    if not form.is_valid():
        wrong = [(SENT_AS.get(name, ""), one) for name, many in form.errors.items() for one in many]
        raise ProblemError(400, *(f"{param}：{one}" for param, one in wrong))
    if not contains(key.area_id, asked.area_id):
        raise ProblemError(403, f"{SENT_AS['area']}：这个密钥只能提交{key.area}的请求。")
    _refuse_a_flood(key, asked)
    return form


def _refuse_a_flood(key: ApiKey, asked: ServiceRequest) -> None:
    """A system out of order, or a key in wrong hands, fills no office's list; what is sent again is no new one."""
    here = ServiceRequest.objects.within(key.area_id).filter(channel=Channel.HOTLINE)
    today = here.filter(asked_on=timezone.localdate()).exclude(sent=asked.sent)
    if today.count() >= key.daily:
        raise ProblemError(
            429, f"{key.area}今天从系统收到的请求已达{key.daily}件，请明天再提交，或打电话给社区。"
        )


def _submission(request: HttpRequest, key: ApiKey) -> uuid.UUID:
    """The same for what is sent again: with the same Idempotency-Key; without one, all of it on one day."""
    said = request.headers.get(NUMBER)
    told = [f"{timezone.localdate()}", *map(repr, sorted(request.POST.lists()))]
    text = repr([key.pk, [said] if said else told])
    return uuid.UUID(salted_hmac("linkage.open311", text, algorithm="sha256").hexdigest()[:32])


def _stored(form: EntryForm, *, numbered: bool) -> ServiceRequest:
    """The request; the one made already where it was sent before, under the same number only what is the same."""
    asked = form.instance
    made = stored_once(form.save, ServiceRequest.objects.filter(sent=asked.sent))
    said = [(one.kind, one.area_id, one.content) for one in (made, asked)]
    if numbered and said[0] != said[1]:
        raise ProblemError(400, f"{NUMBER}：已用于内容不同的请求（单号{made.number}）。")
    return made
