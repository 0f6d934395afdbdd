"""Answers to what never reaches Django: under our headers, in Chinese."""

from http import HTTPStatus
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from gunicorn import util

from suzhou_portal import counting, errors, logs, requests

NAME = "portal"
HEADERS = settings.HEADERS | {
    "Content-Security-Policy": build_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cache-Control": "no-store",
    "Connection": "close",
}


def write_error(client: Any, status: int, reason: str, message: str) -> None:
    """What gunicorn could not understand, or failed at, as a page, and one line of the log."""
    before = logs.NUMBER.set(logs.new_number())
    try:
        util.write_nonblock(client, error_answer(status))
        counting.count(counting.NONE, status, 0.0)
        requests.write_line("?", logs.NOWHERE, status, 0.0, "-", "-")
    finally:
        logs.NUMBER.reset(before)


def error_answer(status: int) -> bytes:
    """The whole answer with that status."""
    page = errors.server_error(None) if status == 500 else errors.unreadable(status)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    said = {**HEADERS, "Content-Type": page.headers["Content-Type"], "Server": NAME}
    said[requests.HEADER] = logs.NUMBER.get()
    said["Content-Length"] = str(len(page.content))
    lines += [f"{name}: {text}" for name, text in said.items()]
    return "\r\n".join((*lines, "", "")).encode() + page.content
