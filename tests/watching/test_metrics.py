"""/metrics: in Prometheus' own words, over all processes, and for nobody else."""

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from suzhou_portal import counting
from suzhou_portal.keeping.backup import version
from suzhou_portal.service.models import RunKind
from suzhou_portal.watching import every

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(settings, monkeypatch, tmp_path):
    """Two processes have counted."""
    settings.PORTAL_STATE = tmp_path
    other = counting._Counting()
    other.count("desks", 200, 0.02)
    other.count("desks", 503, 30.0)
    other.write()
    here = counting._Counting()
    here.count("desks", 200, 0.3)
    monkeypatch.setattr(counting, "_here", here)
    monkeypatch.setattr(counting, "count", here.count)


def read(**headers):
    """Samples, by name and labels."""
    answer = Client(headers=headers).get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_of_all_processes():
    samples = read()
    assert samples["portal_requests_total", "200", "desks"] == 2
    assert samples["portal_requests_total", "503", "desks"] == 1
    assert samples["portal_request_seconds_count", "desks"] == 3
    assert samples["portal_request_seconds_sum", "desks"] == pytest.approx(30.32)
    upto = ("0.01", "0.05", "0.5", "10.0", "+Inf")
    buckets = [samples["portal_request_seconds_bucket", one, "desks"] for one in upto]
    assert buckets == [0, 1, 2, 2, 3]


def test_what_every_check_came_to(ran):
    ran(RunKind.BACKUP, 40)
    samples = read()
    assert samples["portal_check", "backup"] == 2
    assert samples["portal_backup_age_seconds",] == pytest.approx(40 * 3600, abs=60)
    assert samples["portal_reading_only",] == 0
    assert samples["portal_disk_free_bytes",] > 0
    assert samples["portal_queue_length",] == 0
    assert samples["portal_info", version()] == 1
    assert {name[1] for name in samples if name[0] == "portal_check"} == {
        one.check.key for one in every.look_at_all()
    }


@pytest.mark.parametrize(
    "proxied",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_AUTHORIZATION": "Bearer "},
        {"HTTP_AUTHORIZATION": "Bearer wrong"},
    ],
)
@pytest.mark.parametrize("token", ["", "hush"])
def test_to_others_there_is_no_such_page(settings, proxied, token):
    settings.METRICS_TOKEN = token
    answer = Client().get("/metrics", **proxied)
    assert answer.status_code == 404
    assert "portal_" not in answer.text


def test_with_the_token_from_anywhere_and_by_any_name(settings):
    settings.METRICS_TOKEN = "hush"
    known = {"HTTP_AUTHORIZATION": "Bearer hush", "HTTP_X_FORWARDED_FOR": "10.0.0.7"}
    assert Client().get("/metrics", HTTP_HOST="10.1.2.3", **known).status_code == 200


def test_nothing_is_sent_to_it():
    assert Client().post("/metrics").status_code == 404


def test_it_costs_some_statements(django_assert_max_num_queries):
    read()
    with django_assert_max_num_queries(35):
        read()
