"""gunicorn as this portal runs it: answers in Chinese, under our headers, without its own name."""

from http import HTTPStatus
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi

from suzhou_portal import errors

NAME = "portal"
THREADS = 4  # of each process, each with a connection to the database
# For what never reaches Django's middleware.
HEADERS = settings.HEADERS | {
    "Content-Security-Policy": build_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cache-Control": "no-store",
    "Connection": "close",
}


class Portal(BaseApplication):
    """The portal on one port of this machine."""

    def load_config(self):
        """Threads for requests that wait for the database; headers that name a path are not believed,
        since nobody in front of the portal has to say them.
        """
        for name, value in {
            "bind": f"127.0.0.1:{settings.PORT}",
            "worker_class": "gthread",
            "workers": settings.WORKERS,
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarder_headers": "",
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        return get_wsgi_application()


def serve() -> None:
    """Serve until stopped."""
    wsgi.SERVER = NAME
    util.write_error = _write_error
    Portal().run()


def _write_error(client: Any, status: int, reason: str, message: str) -> None:
    """What gunicorn could not understand, or failed at, as a page."""
    util.write_nonblock(client, error_answer(status))


def error_answer(status: int) -> bytes:
    """The whole answer with that status."""
    page = errors.server_error(None) if status == 500 else errors.unreadable(status)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    said = {**HEADERS, "Content-Type": page.headers["Content-Type"], "Server": NAME}
    said["Content-Length"] = str(len(page.content))
    lines += [f"{name}: {text}" for name, text in said.items()]
    return "\r\n".join((*lines, "", "")).encode() + page.content
