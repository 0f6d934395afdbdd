"""Requests as other systems read them: as the standard has it, and nothing personal."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.open311 import requests as door
from tests.factories.areas import COMMUNITY, GRID
from tests.linkage.georeport import PRIVATE, as_text, asked, conforms, from_xml

pytestmark = pytest.mark.django_db
ROOT = "/open311/v2"
LISTED = f"{ROOT}/requests.json"
ONE_DAY = datetime.timedelta(days=1)
ABROAD = "620921001001"


def days_ago(number):
    return timezone.localdate() - number * ONE_DAY


def numbers(response):
    assert response.status_code == 200, response.text
    return [one["service_request_id"] for one in response.json()]


def told(response, status):
    """What is said to be wrong, as the standard has it."""
    assert response.status_code == status, response.text
    conforms(response.json(), "error")
    assert {one["code"] for one in response.json()} == {status}
    return "".join(one["description"] for one in response.json())


def test_where_it_is_and_whom_to_ask_for_a_key(client, settings):
    settings.SITE_IDENTITY = {**settings.SITE_IDENTITY, "联系方式": "0937-2612345"}
    found = client.get(f"{ROOT}/discovery.json").json()
    conforms(found, "discovery")
    assert found["endpoints"][0]["url"] == f"http://testserver{ROOT}"
    assert found["endpoints"][0]["type"] == "production"
    assert "0937-2612345" in found["key_service"]


def test_a_demonstration_says_it_is_a_test(demonstration, client):
    assert client.get(f"{ROOT}/discovery.json").json()["endpoints"][0]["type"] == "test"


def test_what_may_be_asked_for_and_what_has_to_be_said(reference, client):
    services = client.get(f"{ROOT}/services.json").json()
    conforms(services, "service")
    assert {"elderly": "养老助残", "other": "其他"}.items() <= {
        one["service_code"]: one["service_name"] for one in services
    }.items()
    assert (
        "居家养老" in next(one for one in services if one["service_code"] == "elderly")["keywords"]
    )
    for one in services:
        defined = client.get(f"{ROOT}/services/{one['service_code']}.json").json()
        conforms(defined, "service_definition")
        [area] = defined["attributes"]
        assert {value["key"]: value["name"] for value in area["values"]} == dict(
            Area.objects.filter(level="community").values_list("pk", "name")
        )
    assert "service_code" in told(client.get(f"{ROOT}/services/meals.json"), 404)


def test_requests_stand_there_as_the_standard_has_them(client):
    old = asked(asked_on=days_ago(3), content="灯坏了")
    take(old, "reject", note="不属于本社区")
    new = asked(GRID, kind="mind")
    found = client.get(LISTED).json()
    conforms(found, "request")
    assert [one["service_request_id"] for one in found] == [new.number, old.number]
    here = Area.objects.get(pk=COMMUNITY).name
    first, second = found
    assert (first["status"], first["status_notes"]) == ("open", "待审核")
    assert (first["service_code"], first["service_name"]) == ("mind", "心理关爱")
    assert (first["agency_responsible"], first["address_id"]) == (here, COMMUNITY)
    assert datetime.datetime.fromisoformat(first["requested_datetime"]) == new.created_at.replace(
        microsecond=0
    )
    assert second["requested_datetime"] == f"{days_ago(3)}T00:00:00+08:00"
    assert (second["status"], second["status_notes"]) == ("closed", "已拒绝")
    assert client.get(f"{ROOT}/requests/{new.number}.json").json() == [first]


def test_a_promise_is_the_end_of_its_day(client):
    asked(promised_on=days_ago(-2))
    [found] = client.get(LISTED).json()
    assert found["expected_datetime"] == f"{days_ago(-2)}T23:59:59+08:00"


def test_no_answer_holds_anything_personal(client):
    said = dict.fromkeys(
        ("content", "result", "comment", "follow_up"), "我叫欧阳某某，电话13900005678"
    )
    made = asked(**said)
    take(made, "reject", note="欧阳某某不住这里")
    for ending in ("json", "xml"):
        for path in (f"requests.{ending}", f"requests/{made.pk}.{ending}"):
            text = client.get(f"{ROOT}/{path}").text
            assert made.number in text
            for secret in (*PRIVATE.values(), "电话", made.code, str(made.sent)):
                assert secret not in text


def test_nothing_personal_is_even_read(client):
    asked()
    with CaptureQueriesContext(connection) as captured:
        client.get(LISTED)
    read = "".join(query["sql"] for query in captured)
    assert '"linkage_servicerequest"."asked_on"' in read
    for column in ("name", "phone", "address", "content", "comment", "code", "sent"):
        assert f'"linkage_servicerequest"."{column}"' not in read


def test_json_and_xml_say_the_same(reference, client):
    asked()
    for path in (
        "discovery",
        "services",
        "services/repair",
        "requests",
        "requests/99",
        "services/x",
    ):
        json, xml = (client.get(f"{ROOT}/{path}.{ending}") for ending in ("json", "xml"))
        assert json.headers["Content-Type"] == "application/json; charset=utf-8"
        assert json.status_code == xml.status_code
        assert from_xml(xml) == as_text(json.json())
    assert client.get(f"{ROOT}/services.csv").status_code == 404


def test_requests_are_found_by_kind_state_and_number(client):
    repair, mind = asked(), asked(kind="mind")
    old = asked(asked_on=days_ago(200))
    take(repair, "reject", note="不属于本社区")
    for query, expected in (
        ({}, [mind, repair]),
        ({"service_code": ""}, [mind, repair]),
        ({"service_code": "repair"}, [repair]),
        ({"service_code": "repair, mind"}, [mind, repair]),
        ({"status": "open"}, [mind]),
        ({"status": "closed"}, [repair]),
        ({"status": "open,closed"}, [mind, repair]),
        # Numbers override all else
        ({"service_request_id": f"{old.number},{mind.pk},77777777", "status": "closed"}, [mind, old]),
        ({"service_request_id": "x"}, []),
        ({"jurisdiction_id": "620902", "status": "open"}, [mind]),
    ):  # fmt: skip
        assert numbers(client.get(LISTED, query)) == [one.number for one in expected], query


def test_requests_are_found_by_when_ninety_days_at_most(client):
    late, early = asked(), asked(asked_on=days_ago(100))
    day = early.asked_on
    for query, expected in (
        ({"start_date": f"{day}T00:00:00+08:00"}, [early]),
        ({"start_date": f"{day}T00:00:00 08:00"}, [early]),
        ({"start_date": f"{day}"}, [early]),
        ({"start_date": f"{day}T00:00:01+08:00"}, []),
        ({"end_date": f"{day}T00:00:00+08:00"}, [early]),
        ({"end_date": f"{day - ONE_DAY}T15:59:59Z"}, []),
        ({"end_date": f"{day - ONE_DAY}T16:00:00Z"}, [early]),
        ({"start_date": f"{day}T00:00:00Z", "end_date": f"{day}T23:00:00Z"}, []),
        ({"start_date": late.created_at.isoformat()}, [late]),
        ({"end_date": (late.created_at - datetime.timedelta(seconds=1)).isoformat()}, []),
    ):
        assert numbers(client.get(LISTED, query)) == [one.number for one in expected], query
    both = {"start_date": f"{day}", "end_date": f"{day + 91 * ONE_DAY}"}
    assert "90天" in told(client.get(LISTED, both), 400)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"jurisdiction_id": "110101"}, 404),
        ({"service_code": "meals"}, 404),
        ({"status": "late"}, 400),
        ({"page": "0"}, 400),
        ({"page_size": "1001"}, 400),
        ({"page_size": "十"}, 400),
        ({"start_date": "yesterday"}, 400),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, 400),
        ({"end_date": "9999-12-31T00:00:00Z"}, 400),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_name(query, status, client):
    assert told(client.get(LISTED, query), status).startswith(*query)


def test_pages_hold_each_request_once(client):
    made = [asked(asked_on=days_ago(number % 3)).number for number in range(7)]
    met = [
        one
        for page in range(1, 5)
        for one in numbers(client.get(LISTED, {"page": page, "page_size": 2}))
    ]
    assert sorted(met) == sorted(made)
    assert numbers(client.get(LISTED, {"page": 5, "page_size": 2})) == []


def test_a_thousand_at_most(client, monkeypatch):
    assert door.MOST == 1000
    monkeypatch.setattr(door, "MOST", 2)
    for _ in range(3):
        asked()
    assert len(numbers(client.get(LISTED))) == 2


def test_what_lies_elsewhere_is_answered_like_what_is_not_there(client):
    foreign = asked(ABROAD)
    assert numbers(client.get(LISTED)) == []
    assert numbers(client.get(LISTED, {"service_request_id": foreign.pk})) == []
    there = client.get(f"{ROOT}/requests/{foreign.pk}.json")
    assert told(there, 404) == told(client.get(f"{ROOT}/requests/{'9' * 30}.json"), 404)


def test_one_request_and_many_cost_the_same(client):
    asked()
    client.get(LISTED)
    counted = []
    for number in range(2, 5):
        with CaptureQueriesContext(connection) as captured:
            client.get(LISTED, {"page_size": 1000 - number})
        counted.append(len(captured))
        asked(f"62090200400{number}")
    assert len({*counted}) == 1


def test_reading_writes_nothing_and_takes_no_session(client):
    asked()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(LISTED)
    assert not response.cookies
    assert not [query for query in captured if not query["sql"].startswith("SELECT")]


def test_the_demonstration_shows_its_own_last_ninety_days(demonstration, client):
    found = client.get(LISTED).json()
    conforms(found, "request")
    assert found
    assert {one["status"] for one in found} == {"open", "closed"}
    latest = demonstration.as_of
    first = found[0]["requested_datetime"][:10]
    assert latest - 12 * ONE_DAY <= datetime.date.fromisoformat(first) <= latest
