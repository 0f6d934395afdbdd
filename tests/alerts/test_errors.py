"""A line of the log at ERROR is told once an hour, without what was typed, and never at the cost of a request."""

import json
import logging
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import RequestFactory

from suzhou_portal import logs
from suzhou_portal.alerts import handler, ways

SECRET = "张三13800138000"


class Robot:
    """A robot that keeps what it is sent, and answers as told."""

    def __init__(self):
        self.got, self.status, self.body = [], 200, b'{"errcode": 0}'
        self.may_answer = threading.Event()
        self.may_answer.set()

    def handle(self, request):
        length = int(request.headers["Content-Length"])
        self.got.append(json.loads(request.rfile.read(length)))
        self.may_answer.wait(10)
        request.send_response(self.status)
        request.end_headers()
        request.wfile.write(self.body)


@pytest.fixture
def robot(settings):
    robot = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            robot.handle(self)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ALERT_WEBHOOK = f"http://127.0.0.1:{server.server_port}/robot?key=hush"
    yield robot
    robot.may_answer.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def alerting(settings, tmp_path):
    """Loggers with a handler of their own, as other processes of one portal have."""
    settings.PORTAL_STATE = tmp_path
    made = []

    def alerting():
        logger = logging.Logger("suzhou_portal.desks")
        made.append(handler.AlertHandler())
        logger.addHandler(made[-1])
        logger.finish = made[-1].finish
        return logger

    yield alerting
    for one in made:
        one.finish()


def fails(logger, error=ValueError, request=None):
    typed = SECRET  # what a function holds
    try:
        raise error(f"invalid: {typed}")
    except error:
        logger.exception("while saving %s", typed, extra={"request": request} if request else None)
    logger.finish()


def test_what_is_told_holds_nothing_that_was_typed(alerting, robot, settings, mailoutbox):
    settings.ALERT_MAIL, settings.SENDS_MAIL = ["a@example.cn", "b@example.cn"], True
    request = RequestFactory().post(f"/desk/{SECRET}/", {"name": SECRET})
    token = logs.NUMBER.set("K4RZ7Q2M")
    fails(alerting(), request=request)
    logs.NUMBER.reset(token)
    [posted], [mailed] = robot.got, mailoutbox
    assert mailed.to == ["a@example.cn", "b@example.cn"]
    assert posted["msgtype"] == "text"
    for told in (posted["text"]["content"], f"{mailed.subject}\n{mailed.body}"):
        assert "ValueError" in told
        assert "fails tests/alerts/test_errors.py:" in told
        assert "K4RZ7Q2M" in told
        assert "张三" not in told
        assert "13800138000" not in told


def test_a_line_without_an_error_is_told_without_its_arguments(alerting, robot):
    logger = alerting()
    logger.error("what came of %s could not be noted", SECRET)
    logger.warning("nothing")
    logger.finish()
    [posted] = robot.got
    assert "what came of %s could not be noted" in posted["text"]["content"]


def test_once_an_hour_over_all_processes(alerting, robot, tmp_path):
    one, other = alerting(), alerting()
    for logger in (one, other, one, other):
        fails(logger)
    assert len(robot.got) == 1
    fails(one, KeyError)
    assert len(robot.got) == 2
    hour = time.time() - handler.EVERY - 1
    for file in (tmp_path / "alerts").iterdir():
        os.utime(file, (hour, hour))
    fails(alerting())
    assert len(robot.got) == 3


def test_an_outage_is_one_fault_on_whichever_page(alerting, robot):
    logger = alerting()
    for path in ("/a/", "/b/"):
        fails(logger, OperationalError, RequestFactory().get(path))
    assert len(robot.got) == 1
    assert "数据库出错" in robot.got[0]["text"]["content"]


def test_who_logs_waits_for_nobody(alerting, robot):
    """The robot doesn't answer until all has been logged, so that waiting for it would never end."""
    robot.may_answer.clear()
    logger = alerting()
    for number in range(handler.MOST * 2):
        logger.error(f"fault {number}")
    robot.may_answer.set()
    logger.finish()
    assert 1 <= len(robot.got) <= handler.MOST + 1


def test_nobody_who_answers_breaks_nothing(alerting, settings):
    settings.ALERT_WEBHOOK = "http://127.0.0.1:9/robot?key=hush"
    fails(alerting())
    [failed] = ways.send("题", "文")
    assert failed.startswith("机器人：")
    assert "hush" not in failed


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, b'{"errcode": 0}', []),
        (200, b"ok", []),
        (200, b'{"errcode": 93000}', ["机器人：对方没有接受（errcode 93000）"]),
        (404, b"", ["机器人：对方回答 404"]),
    ],
)
def test_what_the_robot_says_is_told(robot, status, body, told):
    robot.status, robot.body = status, body
    assert ways.send("题", "文") == told


def test_mail_without_a_server_is_told(settings):
    settings.ALERT_MAIL = ["a@example.cn"]
    assert ways.send("题", "文") == [f"邮件：{ways.NO_MAIL_SERVER}"]
    assert mail.outbox == []


def test_a_text_is_as_long_as_robots_take(robot):
    ways.send("题", "字" * 3000)
    assert len(robot.got[0]["text"]["content"].encode()) <= 2048


def test_nobody_to_tell(alerting, tmp_path):
    fails(alerting())
    assert not (tmp_path / "alerts").exists()


def test_a_disk_that_takes_nothing_is_told_of(alerting, robot, settings, tmp_path):
    settings.PORTAL_STATE = tmp_path / "gone" / "for good"
    fails(alerting())
    assert len(robot.got) == 1


def test_the_portal_logs_so():
    handlers = logging.getLogger().handlers
    kinds = [type(one) for one in handlers]
    assert handler.AlertHandler in kinds
    console = next(one for one in handlers if isinstance(one.formatter, logs.MaskingFormatter))
    assert kinds.index(handler.AlertHandler) < handlers.index(console)
