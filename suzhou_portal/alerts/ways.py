"""The ways by which alerts leave, and what became of one."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from smtplib import SMTPException
from typing import NamedTuple
from urllib.error import HTTPError

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

TIMEOUT = 10  # seconds, of each way
LONGEST = 600  # characters: what robots take is counted in bytes, and 2,048 at most
NO_MAIL_SERVER = "设置了 ALERT_MAIL，没有设置 EMAIL_URL，邮件发不出去"


class AlertWay(NamedTuple):
    """What it is called, and what sends a title and a text by it, or raises."""

    label: str
    send: Callable[[str, str], None]


class AlertRefusedError(Exception):
    """What took the alert says that it went no further; with why, in Chinese."""


def ways() -> Iterator[AlertWay]:
    """Those that the settings name."""
    if settings.ALERT_MAIL:
        yield AlertWay("邮件", _mail)
    if settings.ALERT_WEBHOOK:
        yield AlertWay("机器人", _post)


def send(title: str, text: str) -> list[str]:
    """Send by all ways; what failed, a line in Chinese for each, without addresses and secrets. Never raises."""
    failed = []
    for way in ways():
        try:
            way.send(title, text)
        except AlertRefusedError as error:
            failed.append(f"{way.label}：{error}")
        except HTTPError as error:
            failed.append(f"{way.label}：对方回答 {error.code}")
        except (OSError, SMTPException, HTTPException, ValueError) as error:
            failed.append(f"{way.label}：{type(error).__name__}")
    return failed


def _mail(title: str, text: str) -> None:
    if not settings.SENDS_MAIL:
        raise AlertRefusedError(NO_MAIL_SERVER)
    connection = get_connection(timeout=TIMEOUT)
    EmailMessage(title, text, to=settings.ALERT_MAIL, connection=connection).send()


def _post(title: str, text: str) -> None:
    """As robots of 企业微信 and 钉钉 take it: they answer 200, and say in `errcode` that they refuse."""
    told = {"msgtype": "text", "text": {"content": f"{title}\n{text}"[:LONGEST]}}
    request = urllib.request.Request(  # noqa: S310 - the address is the site's own setting
        settings.ALERT_WEBHOOK, json.dumps(told).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        body = answer.read(10_000)
    with suppress(ValueError):
        said = json.loads(body)
        if isinstance(said, dict) and said.get("errcode"):
            raise AlertRefusedError(f"对方没有接受（errcode {said['errcode']}）")
