"""Pages for what went wrong: in Chinese, with what to do next, and needing no database."""

import re
import sys
from collections.abc import Collection

from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from suzhou_portal import logs
from suzhou_portal.caching.visitors import is_elder
from suzhou_portal.database import writable

_CHINESE = re.compile("[\u4e00-\u9fff]")
NO_DATABASE = (OperationalError, InterfaceError, ImproperlyConfigured)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, with the reason where it is ours to tell."""
    reason = _told(exception, BadRequest) or "请检查地址，或返回上一页重新填写。"
    return _page(request, 400, "地址或填写的内容有误", reason)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason where it is ours to tell."""
    reason = _told(exception, PermissionDenied) or "如因工作需要，请联系本单位的系统管理员。"
    return _page(request, 403, "您没有权限查看这一页", reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or came from elsewhere."""
    return _page(
        request, 403, "页面已过期，请重新提交", "请返回上一页，刷新后再提交；填写的内容通常还在。"
    )


def method_not_allowed(methods: Collection[str]) -> HttpResponse:
    """405, with the methods the page answers."""
    advice = "请从门户的页面和按钮进入，不要直接提交到这个地址。"
    return _page(None, 405, "这一页不能这样打开", advice, Allow=", ".join(methods))


def unreadable(status: int) -> HttpResponse:
    """An answer, of this status, to what is no request that a server can read."""
    return _page(None, status, "请求无法识别", "请检查地址；如果地址很长，请从首页重新进入。")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the reason where it is ours to tell."""
    reason = _told(exception, Http404) or "地址可能写错了，或者内容已经移走。"
    return _page(request, 404, "没有找到这一页", reason)


def server_error(request: HttpRequest | None) -> HttpResponse:
    """500, or 503 where the cause is a database out of reach. Django has logged the cause."""
    error = sys.exc_info()[1]
    if request is not None and (why := writable.refused(error)):
        return only_reading(request, why)
    if isinstance(error, NO_DATABASE):
        advice = "数据库暂时连接不上，请过几分钟再试；若持续如此，请联系系统管理员。"
        return _page(request, 503, "服务暂时不可用", advice, **{"Retry-After": "60"})
    advice = "差错已经记录。请稍后再试；若仍不行，请把下面的编号和您刚才的操作告诉系统管理员。"
    return _page(request, 500, "系统出了差错", advice)


def only_reading(request: HttpRequest, why: str) -> HttpResponse:
    """503 for what would have been written while the portal can only be read, with why."""
    advice = (
        f"{why}，门户现在只能查看，没有保存任何内容。能查看的页面照常打开；"
        "如果刚才填了表，请按浏览器的“后退”回到那一页，不要关闭它，过几分钟再提交。"
    )
    return _page(request, 503, "门户现在只能查看", advice, **{"Retry-After": "60"})


def _told(exception: Exception, kind: type[Exception]) -> str:
    """The reason that we gave; what Django says of its own accord is English, and not for people."""
    reason = str(exception) if type(exception) is kind else ""
    return reason if _CHINESE.search(reason) else ""


def _page(
    request: HttpRequest | None, status: int, title: str, advice: str, **headers: str
) -> HttpResponse:
    number = logs.NUMBER.get() if status >= 500 else ""
    told = {"status": status, "title": title, "advice": advice, "number": number}
    elder = {"call": reverse("home")} if request is not None and is_elder(request) else None
    content = render_to_string("error.html", told | {"elder": elder})
    return HttpResponse(content, status=status, headers=headers)
