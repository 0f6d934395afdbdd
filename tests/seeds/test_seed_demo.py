"""The demonstration: exact, flagged, repeatable, and never beside real records."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from communities.models import ExamRegistration, Person
from organizations.models import ServiceItem, SocialOrganization
from seeds.demo.seeding import record_models
from suzhou_portal.areas.loader import load_divisions
from suzhou_portal.figures import door
from suzhou_portal.figures.models import Demonstration, PublishedValue
from tests.factories.communities import PersonFactory

pytestmark = pytest.mark.django_db


def seed(*arguments):
    out = io.StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def counts():
    return {model.__name__: model._default_manager.count() for model in record_models()}


@pytest.mark.exhaustive
def test_the_same_district_gets_the_same_demonstration(reference):
    assert _digest_of_a_run() == _digest_of_a_run()


def _digest_of_a_run(*arguments):
    with transaction.atomic():
        seed(*arguments)
        digest = _digest()
        transaction.set_rollback(True)
    return digest


def _digest():
    return [
        list(Person.objects.order_by("pk").values_list("name", "area_id")),
        list(SocialOrganization.objects.order_by("name").values_list("name", "credit_code")),
        list(ExamRegistration.objects.order_by("pk").values_list("level", "passed")),
        list(ServiceItem.objects.order_by("pk").values_list("name", "provider_name")),
    ]


def test_refused_beside_real_records(reference):
    PersonFactory.create_batch(2)
    before = counts()
    with pytest.raises(CommandError, match="已有真实记录（人员2条）"):
        seed()
    assert counts() == before


def test_refused_without_published_values(db, tmp_path):
    with pytest.raises(CommandError, match=r"没有 .* 的公布值"):
        seed()


def test_a_target_the_district_cannot_hold_is_refused_whole(reference):
    PublishedValue.objects.filter(figure="trained_streets").update(value=99)
    with pytest.raises(CommandError, match="公布值为99个街道，而区划中只有7个"):
        seed()
    assert not any(counts().values())


OTHER = """code,name,level,parent_code
11,北京市,province,
1101,市辖区,city,11
110101,东城区,district,1101
110101001,东华门街道,street,110101
110101002,景山街道,street,110101
110101001001,多福巷社区居委会,community,110101001
110101001002,银闸社区居委会,community,110101001
110101002001,隆福寺社区居委会,community,110101002
"""


@pytest.fixture
def other_district(db, settings, tmp_path):
    """Another district: its file and its code, and no change of code."""
    (tmp_path / "divisions").mkdir()
    divisions = tmp_path / "divisions" / "110101.csv"
    divisions.write_text(OTHER, encoding="utf-8")
    targets = tmp_path / "targets.csv"
    with (settings.PORTAL_SEEDS / "published" / "620902.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    smaller = {"trained_streets": 2, "trained_communities": 3, "trained_cadres": 9,
               "recruited_workers": 20, "exam_takers": 12, "volunteer_teams": 60,
               "organizations": 40}  # fmt: skip
    with targets.open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for row in rows:
            row |= {"area": "110101", "value": smaller.get(row["figure"], row["value"])}
            writer.writerow(row)
    settings.PORTAL_AREA, settings.PORTAL_SEEDS = "110101", tmp_path
    load_divisions(divisions)
    return targets


@pytest.mark.exhaustive
def test_another_district_needs_no_code_and_gets_the_same_each_time(other_district, client):
    first = _digest_of_a_run("--targets", str(other_district))
    seed("--targets", str(other_district))
    assert _digest() == first
    day = Demonstration.objects.get().as_of
    assert door.value("volunteer_teams", "110101", day).value == 60
    pages = ["/", "/dashboard/", "/dashboard/workers/", "/areas/110101/", "/areas/110101001/",
             "/areas/110101001002/", "/figures/organizations/", "/services/", "/organizations/",
             "/volunteers/", "/charity/", "/data/figures.json"]  # fmt: skip
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "肃州" not in response.text, page
    assert "东城区" in client.get("/").text
    assert client.get("/areas/620902/").status_code == 404
