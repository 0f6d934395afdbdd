"""What is logged holds no phone number, and codes and amounts in it stay as they are."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal import formats
from tests.audit.steps import CONTACT, PHONE
from tests.factories.areas import COMMUNITY, GRID
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers.models import VolunteerTeam


@pytest.fixture
def log():
    """A logger that writes as the settings say, and what it has written."""
    written = io.StringIO()
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    handler = logging.StreamHandler(written)
    handler.setFormatter(configurator.configure_formatter(settings.LOGGING["formatters"]["line"]))
    logger = logging.Logger("portal")
    logger.addHandler(handler)
    logger.text = written.getvalue
    return logger


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800001234", "138****1234"),
        ("电话13800001234。", "电话138****1234。"),
        ("phone=13800001234,", "phone=138****1234,"),
        ("tel:+8613800001234", "tel:+86138****1234"),
        ("0086 138 0000 1234", "0086 138****1234"),
        ("8613800001234", "86138****1234"),
        ("138-0000-1234", "138****1234"),
        ("0937-2600000", "093****0000"),
        ("(0937 2600000)", "(093****0000)"),
        ("010-62600000", "010****0000"),
        ("020-2600000", "****00"),
        ("GET /person/13800001234/change/", "GET /person/138****1234/change/"),
        ("q=%E5%BC%A013800001234&p=1", "q=%E5%BC%A0138****1234&p=1"),
        (r"'1\t13800001234\n'", r"'1\t138****1234\n'"),
        ("13800001234 13900005678", "138****1234 139****5678"),
        ("打13800001234.", "打138****1234."),
    ],
)
def test_a_number_is_masked(text, masked):
    assert formats.without_phones(text) == masked
    assert formats.without_phones(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        COMMUNITY,
        GRID,
        "620902004",
        "52620902MJX000018H",
        "91350100M000100Y43",
        "911380000123400000",
        "13800001234.50",
        "0.13800001234",
        "1,380,000,123.40",
        "138000012345",
        "1732448509",
        "1732448509123",
        "12800001234",
        "2026-11-24 11:41:49,123",
        "127.0.0.1:8000",
        "3f13800001234",
        "0f8fad5b-d9cb-0137-8165-708672891234",
        "1:0937",
    ],
)
def test_what_is_no_phone_number_stays(text):
    for around in ("{}", "（{}）", "code={}&", "/areas/{}/", "'{}'"):
        assert formats.without_phones(around.format(text)) == around.format(text)


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.text(" ，。/=?&():;\"'张电\n\t", max_size=3))
def test_no_mobile_number_passes(phone, around):
    assert phone not in formats.without_phones(f"{around}{phone}{around}")


@given(st.from_regex(r"\A([1-8][0-9]{11}|[1-8][0-9]{14}|[0-9A-Y]{18})\Z"))
def test_every_code_of_a_division_or_an_organization_passes(code):
    assert formats.without_phones(f"{code}：{code}") == f"{code}：{code}"


def test_arguments_and_tracebacks_are_masked(log):
    try:
        raise ValueError(f"{PHONE} is not known")
    except ValueError:
        log.exception("Failed for %s", "0937-2600000")
    assert "Failed for 093****0000" in log.text()
    assert "ValueError: 138****1234 is not known" in log.text()
    assert PHONE not in log.text()


@pytest.mark.django_db
@pytest.mark.parametrize("write", ["row", "copy"])
def test_the_row_that_the_database_refused_is_not_logged(log, write):
    team = VolunteerTeamFactory(phone=PHONE, contact=CONTACT)
    try:
        with transaction.atomic():
            if write == "row":
                VolunteerTeam.objects.update(dissolved_on="1990-01-01", name="两\n行")
            else:
                copy_wrong(team)
    except (IntegrityError, Exception):
        log.exception("Refused")
    assert "Refused" in log.text()
    assert "Traceback" in log.text()
    assert PHONE not in log.text()
    assert CONTACT not in log.text()


def copy_wrong(team):
    columns = "area_id, name, kind, founded_on, phone, is_demo, created_at, updated_at"
    values = (COMMUNITY, "队", "neighbourhood", "没有日期", PHONE, "f", "now", "now")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY volunteers_volunteerteam ({columns}) FROM STDIN") as copy,
    ):
        copy.write("\t".join(values) + "\n")
