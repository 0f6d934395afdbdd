"""M1: what a unit promised meets what the community needs. M3: a property company is rated."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import CoBuildingProject, CoBuildingResource
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.cobuilding import (
    CoBuildingAgreementFactory,
    CoBuildingNeedFactory,
    CoBuildingProjectFactory,
    CoBuildingResourceFactory,
    PropertyCompanyFactory,
    PropertyRatingFactory,
)
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_rule

pytestmark = pytest.mark.django_db

YEAR = datetime.timedelta(days=365)


@pytest.fixture
def clerk():
    """Of the community."""
    return Somebody("community", COMMUNITY)


def test_an_agreement_from_draft_to_a_project_that_meets_a_need(clerk, client):
    today = timezone.localdate()
    # Given an agreement that is signed
    agreement = clerk.has_entered("agreements", unit="区图书馆", summary="场地共享")
    clerk.has_taken(agreement, "sign", valid_from=today, valid_to=today + YEAR)
    # And its lists of needs and resources
    need = clerk.has_entered("needs", of=agreement, title="孩子放学后没有去处")
    hall = clerk.has_entered(
        "resources", of=agreement, kind="venue", title="阅览室", quantity=10, unit="次"
    )
    # When a project joins one to the other and is carried out
    project = clerk.has_entered(
        "projects", of=agreement, title="四点半课堂", need=need, resource=hall, quantity=4
    )
    clerk.has_taken(project, "start")
    need.refresh_from_db()
    hall.refresh_from_db()
    assert (need.state, hall.promised) == ("matched", 4)
    assert "outcome" in clerk.takes(project, "finish").context["form"].errors
    clerk.has_taken(project, "finish", outcome="服务儿童30人")
    # Then the need is met, and everybody can see what was done
    need.refresh_from_db()
    assert need.state == "met"
    assert "四点半课堂" in client.get("/open/projects/").text
    assert "区图书馆" in client.get(f"/open/agreements/?area={COMMUNITY}").text


def test_no_more_is_promised_than_there_is_and_what_is_dropped_is_given_back(clerk):
    agreement = CoBuildingAgreementFactory()
    hall = CoBuildingResourceFactory(agreement=agreement, quantity=5, unit="次")
    projects = [
        CoBuildingProjectFactory(agreement=agreement, resource=hall, quantity=3) for _ in range(2)
    ]
    clerk.has_taken(projects[0], "start")
    refused = clerk.takes(projects[1], "start")
    assert "只剩2次" in refused.text
    projects[1].refresh_from_db()
    assert projects[1].state == "planned"
    clerk.has_taken(projects[0], "drop", note="单位装修")
    projects[0].need.refresh_from_db()
    assert projects[0].need.state == "open"
    clerk.has_taken(projects[1], "start")
    with pytest.raises(IntegrityError), transaction.atomic():
        CoBuildingResource.objects.update(promised=6)


def test_a_counted_resource_asks_how_much_and_a_draft_starts_nothing(clerk):
    agreement = clerk.has_entered("agreements", unit="区医院", summary="义诊")
    need = clerk.has_entered("needs", of=agreement, title="老人测血压")
    doctors = clerk.has_entered(
        "resources", of=agreement, kind="skills", title="医生", quantity=2, unit="人"
    )
    asked = clerk.enters("projects", of=agreement, title="义诊", need=need, resource=doctors)
    assert "quantity" in asked.context["form"].errors
    project = clerk.has_entered(
        "projects", of=agreement, title="义诊", need=need, resource=doctors, quantity=1
    )
    assert "共建协议尚未签订" in clerk.takes(project, "start").text


def test_need_and_resource_are_of_the_same_agreement(clerk):
    agreement, foreign = CoBuildingAgreementFactory(), CoBuildingNeedFactory()
    resource = CoBuildingResourceFactory(agreement=agreement)
    refused = clerk.enters("projects", of=agreement, title="错配", need=foreign, resource=resource)
    assert "need" in refused.context["form"].errors
    project = CoBuildingProjectFactory()
    assert_database_refuses(
        lambda: CoBuildingProject.objects.filter(pk=project.pk).update(need=foreign)
    )


def test_an_agreement_is_renewed_for_longer_and_its_end_is_announced(clerk):
    soon = timezone.localdate() + datetime.timedelta(days=20)
    agreement = CoBuildingAgreementFactory(valid_to=soon)
    assert "两个月内到期的共建协议" in clerk.sees("/desk/")
    assert "valid_to" in clerk.takes(agreement, "renew", valid_to=soon).context["form"].errors
    clerk.has_taken(agreement, "renew", valid_to=soon + YEAR)
    assert "两个月内到期的共建协议" not in clerk.sees("/desk/")


def test_a_rating_counts_once_the_street_has_reviewed_it(clerk, client):
    street = Somebody("street", STREET)
    company = clerk.has_entered(
        "property", name="安居物业", compounds="和谐小区", started_on="2022-01-01"
    )
    rating = clerk.has_entered(
        "property-ratings", of=company, period_start="2022-01-01", period_end="2022-12-31",
        score=91, grade="excellent",
    )  # fmt: skip
    # The community neither reviews, nor does the public see what nobody reviewed
    assert clerk.takes(rating, "review").status_code == 403
    assert "优秀" not in client.get("/open/property/").text
    assert "待审核的物业评价" in street.sees("/desk/")
    street.has_taken(rating, "review")
    assert "优秀" in client.get("/open/property/").text
    # What is reviewed stays as it is
    assert clerk.client.get(f"/desk/property-ratings/{rating.pk}/edit/").status_code == 404


def test_nobody_reviews_their_own_rating():
    street = Somebody("street", STREET)
    company = PropertyCompanyFactory()
    rating = street.has_entered(
        "property-ratings", of=company, period_start="2022-01-01", period_end="2022-12-31",
        score=60, grade="pass",
    )  # fmt: skip
    assert street.takes(rating, "review").status_code == 403


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (CoBuildingAgreementFactory, {"valid_to": datetime.date(2022, 5, 1)},
         "到期日期不能早于生效日期。"),
        (CoBuildingAgreementFactory, {"signed_on": None}, "签订的协议须有签订日期和起止日期。"),
        (CoBuildingAgreementFactory, {"area_id": STREET}, "共建协议由社区签订：请选择社区。"),
        (PropertyCompanyFactory, {"has_branch": True},
         "建有党组织或交叉任职的，须填党建联建日期；都没有的不填。"),
        (PropertyCompanyFactory, {"area_id": STREET}, "物业服务企业按社区登记：请选择社区。"),
        (PropertyRatingFactory, {"state": "reviewed"}, "审核通过的评价须有审核日期。"),
        (PropertyRatingFactory, {"period_end": datetime.date(2022, 5, 1)},
         "评价期止不能早于评价期起。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    assert_rule(factory, broken, message)
