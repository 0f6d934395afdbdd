"""One line a request: its number, its page, what came of it, and nothing that anybody typed."""

import logging
import re
import socket

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from suzhou_portal import logs, raw_answers, requests
from suzhou_portal.accounts.roles import Role
from tests.factories.areas import DISTRICT
from tests.journeys import Somebody

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 (?P<number>\S+) (?P<method>\S+) (?P<route>\S+)"
    r" (?P<status>\d{3}) \d+ms user=(?P<user>\S+) from=(?P<where>\S+)"
)
OURS = re.compile("[A-Z2-7]{8}")
PROXYS = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def lines(settings, capsys):
    """What was written of the requests since the last look, one dictionary a line."""
    settings.REQUEST_LOG = True
    capsys.readouterr()

    def lines():
        written = capsys.readouterr().err.splitlines()
        return [LINE.fullmatch(one).groupdict() for one in written]

    return lines


@pytest.mark.django_db
class TestLine:
    def test_a_page_of_visitors_also_where_it_was_kept(self, lines, reference):
        before, kept = (
            Client().get("/services/?q=13800138000"),
            Client().get("/services/?q=13800138000"),
        )
        first, second = lines()
        assert first["route"] == second["route"] == "/services/"
        assert (first["method"], first["status"], first["user"]) == ("GET", "200", "-")
        assert before["X-Request-ID"] == first["number"] != second["number"] == kept["X-Request-ID"]
        assert before["ETag"] == kept["ETag"]

    def test_whoever_is_signed_in_is_a_number(self, lines, reference):
        person = Somebody(Role.DISTRICT, DISTRICT)
        lines()
        person.client.get("/desk/")
        [line] = lines()
        assert line["user"] == str(person.user.pk)
        assert line["route"] == "/desk/"

    @pytest.mark.parametrize(
        ("path", "route"),
        [
            ("/desk/people/13800138000/", "/desk/<slug:name>/<int:pk>/"),
            ("/nowhere/张三/", "-"),
            ("/static/nothing.css", "static"),
            ("/livez", "/livez"),
        ],
    )  # fmt: skip
    def test_the_page_and_not_what_was_typed(self, lines, path, route):
        Client().get(path)
        [line] = lines()
        assert line["route"] == route

    def test_a_method_that_nobody_knows(self, lines):
        Client().generic("张三", "/")
        assert lines()[0]["method"] == "?"

    def test_none_where_none_are_wanted(self, lines, settings):
        settings.REQUEST_LOG = False
        Client().get("/livez")
        assert lines() == []

    @pytest.mark.parametrize("error", [BrokenPipeError, ValueError])
    def test_nobody_reads_them(self, lines, monkeypatch, error):
        def fails(text):
            raise error

        monkeypatch.setattr(requests.sys.stderr, "write", fails)
        assert Client().get("/livez").status_code == 200


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (PROXYS, True),
        ("0b5a8d2c-91f4-4c55-9a53-0e2a4b1c7d6e", True),
        ("K4RZ7Q2M", True),
        ("", False),
        ("13800138000", False),
        ("110101199001011234", False),
        (PROXYS.upper(), False),
        (f"{PROXYS}\nINFO", False),
        (f"{PROXYS}0", False),
        ("张三张三张三张三", False),
    ],
)
def test_only_a_number_is_taken_from_outside(given, taken):
    answer = Client(headers={"X-Request-ID": given}).get("/livez")
    number = answer["X-Request-ID"]
    assert (number == given) is taken
    assert taken or OURS.fullmatch(number)


def test_outside_of_a_request_there_is_none():
    Client().get("/livez")
    assert logs.NUMBER.get() == "-"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("10.20.30.40", "10.20.30.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::1", "::1::"),
        ("", "-"),
        ("unix:", "unix:::"),
    ],
)
def test_an_address_tells_no_more_than_its_network(address, told):
    assert requests.shortened(address) == told


@pytest.fixture
def logged():
    """What the console's handler writes."""
    handler = logging.getLogger().handlers
    console = next(one for one in handler if isinstance(one.formatter, logs.MaskingFormatter))
    written = []
    emit = console.emit
    console.emit = lambda record: written.append(console.format(record))
    yield written
    console.emit = emit


@pytest.mark.django_db
class TestErrors:
    @pytest.fixture(autouse=True)
    def failing(self, monkeypatch):
        self.error = RuntimeError("ours")

        def fails(request, code):
            raise self.error

        monkeypatch.setattr("suzhou_portal.dashboards.views.area_scope", fails, raising=False)
        pattern = next(one for one in _patterns() if one.name == "area")
        monkeypatch.setattr(pattern, "callback", fails)
        fails.login_required = False

    def test_page_log_and_header_say_the_same_number(self, logged, lines):
        answer = Client(raise_request_exception=False).get("/areas/13800138000/")
        number = answer["X-Request-ID"]
        assert answer.status_code == 500
        assert number in answer.text
        assert "把下面的编号" in answer.text
        [error] = logged
        assert f" {number} django.request " in error
        assert "Traceback" in error
        [line] = lines()
        assert (line["number"], line["status"]) == (number, "500")

    def test_no_line_tells_the_address(self, logged, lines):
        Client(raise_request_exception=False).get("/areas/secret-of-a-link/")
        assert "secret-of-a-link" not in logged[0]
        assert "/areas/<str:code>/" in logged[0]

    def test_an_outage_is_short(self, logged, lines):
        self.error = OperationalError("连接不上")
        browser = Client(raise_request_exception=False)
        assert {browser.get("/areas/1/").status_code for _ in range(3)} == {503}
        assert max(len(one) for one in logged[1:]) < 200
        assert len(logged) == len(lines()) == 3


def _patterns():
    from suzhou_portal.dashboards.urls import urlpatterns

    return urlpatterns


def test_what_never_reached_the_portal_has_a_number_and_a_line(lines):
    ours, gunicorns = socket.socketpair()
    with ours, gunicorns:
        raw_answers.write_error(gunicorns, 500, "", "")
        answer = ours.recv(100_000).decode()
    [line] = lines()
    assert (line["status"], line["route"]) == ("500", "-")
    assert f"X-Request-ID: {line['number']}\r\n" in answer
    assert answer.count(line["number"]) == 2
    assert reverse("home") in answer
