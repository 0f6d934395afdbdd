"""Short messages: to a file without a gateway, and to whatever the district names."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from suzhou_portal.linkage.sending import send


@pytest.fixture
def gateway(settings):
    """A gateway that keeps what it is sent, and answers as told."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        answer = 200

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((json.loads(body), self.headers["Authorization"]))
            self.send_response(self.answer)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_GATEWAY = f"http://127.0.0.1:{server.server_port}/"
    settings.SMS_TOKEN = "abc"
    yield Handler, got
    server.shutdown()
    server.server_close()


def test_without_a_gateway_it_is_a_line_of_a_file(settings, tmp_path):
    settings.PORTAL_STATE, settings.SMS_GATEWAY = tmp_path, ""
    assert send("13812345678", "验证码123456")
    log = tmp_path / "sms.log"
    assert "13812345678 验证码123456" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_gateway_gets_phone_text_and_token(gateway):
    _, got = gateway
    assert send("13812345678", "验证码123456")
    assert got == [({"phone": "13812345678", "text": "验证码123456"}, "Bearer abc")]


def test_a_gateway_that_refuses_or_is_away_is_said(gateway, settings):
    handler, _ = gateway
    handler.answer = 503
    assert not send("13812345678", "验证码123456")
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    assert not send("13812345678", "验证码123456")
