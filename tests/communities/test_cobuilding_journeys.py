"""M1: what a community and a unit agree on, and what they do together."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import (
    CoBuildingProject,
)
from suzhou_portal.lifecycle.moves import take
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.cobuilding import (
    CoBuildingAgreementFactory,
    CoBuildingNeedFactory,
    CoBuildingProjectFactory,
    CoBuildingResourceFactory,
)
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
OTHER_COMMUNITY = "620902004005"

TODAY = timezone.localdate


def term():
    return {"valid_from": TODAY() - 330 * DAY, "valid_to": TODAY() + 34 * DAY}


@pytest.fixture
def clerk(db):
    return Somebody("community", COMMUNITY)


def listed(clerk, **resource):
    """An agreement signed half a year ago, with a need and a resource on its lists."""
    agreement = clerk.has_entered("co-building", unit="第一中学", **term())
    clerk.has_taken(agreement, "sign", taken_on=TODAY() - 330 * DAY)
    need = clerk.has_entered(
        "co-building-needs",
        agreement,
        title="周末书法课",
        kind="culture",
        listed_on=term()["valid_from"],
    )
    given = {"title": "书法教师", "kind": "people", "listed_on": term()["valid_from"], **resource}
    return agreement, need, clerk.has_entered("co-building-resources", agreement, **given)


def planned(clerk, agreement, need, resource, **values):
    values = {"name": "墨香课堂", "planned_on": TODAY() - 20 * DAY, **values}
    return clerk.has_entered(
        "co-building-projects", agreement, need=need, resource=resource, **values
    )


def test_an_agreement_brings_a_need_and_a_resource_together(clerk, client):
    # Given an agreement the clerk enters and signs, with a need and sixteen lessons on its lists
    agreement, need, resource = listed(clerk, quantity="16", unit="课时")
    assert (agreement.area_id, agreement.state) == (COMMUNITY, "signed")
    # When a project is planned and begun
    project = planned(clerk, agreement, need, resource, quantity="16")
    clerk.has_taken(project, "start", taken_on=TODAY() - 10 * DAY)
    # Then its need is matched, and says by which project
    assert "墨香课堂" in clerk.sees(f"/desk/co-building-needs/{need.pk}/")
    need.refresh_from_db()
    assert need.state == "matched"
    # When it is completed, all lessons given
    clerk.has_taken(project, "complete", reached=128, result="十六课时授完")
    # Then the need is satisfied, the resource used up, and the public reads of it
    need.refresh_from_db()
    resource.refresh_from_db()
    assert (need.state, resource.state) == ("satisfied", "used_up")
    assert "墨香课堂" in client.get("/open/co-building-projects/", {"area": COMMUNITY}).text
    card = client.get("/figures/cobuilding_needs_ratio/", {"area": COMMUNITY}).context["card"]
    assert card.computed.value == 1


def test_an_agreement_near_its_end_asks_to_be_renewed(clerk):
    agreement, *_ = listed(clerk)
    # It waits for the clerk, and its page says how long it still runs
    assert "60日内到期的共建协议" in clerk.sees("/desk/")
    assert "还有34天到期" in clerk.sees(f"/desk/co-building/{agreement.pk}/")
    # A renewal that shortens it is refused at the field
    refused = clerk.takes(agreement, "renew", valid_to=TODAY())
    assert "valid_to" in refused.context["form"].errors
    # Renewed for a year, it no longer waits
    clerk.has_taken(agreement, "renew", valid_to=TODAY() + 400 * DAY)
    assert "60日内到期的共建协议" not in clerk.sees("/desk/")


def test_what_is_over_is_not_renewed_but_signed_again(clerk):
    agreement = CoBuildingAgreementFactory()
    assert "已到期" in clerk.sees(f"/desk/co-building/{agreement.pk}/")
    refused = clerk.takes(agreement, "renew", valid_to=TODAY() + 400 * DAY)
    assert "请另签新协议" in refused.text


def test_a_project_that_fails_gives_back_need_and_resource(clerk):
    agreement, need, resource = listed(clerk, quantity="16", unit="课时")
    project = planned(clerk, agreement, need, resource, quantity="12")
    clerk.has_taken(project, "start", taken_on=TODAY() - 10 * DAY)
    # Neither agreement nor resource can be ended under it
    assert "还没有结束" in clerk.takes(agreement, "terminate", note="单位撤并").text
    assert "还没有结束" in clerk.takes(resource, "withdraw", note="教师调走").text
    # Terminated after four lessons, twelve are free again, and so is the need
    clerk.has_taken(project, "terminate", quantity="4", note="教师生病")
    need.refresh_from_db()
    assert (need.state, resource.left()) == ("open", Decimal(12))
    # Now the agreement can end, and what is open on its lists ends with it
    clerk.has_taken(agreement, "terminate", note="单位撤并")
    need.refresh_from_db()
    resource.refresh_from_db()
    assert (need.state, resource.state) == ("withdrawn", "withdrawn")


def test_no_resource_is_promised_twice(clerk):
    agreement, need, resource = listed(clerk, quantity="16", unit="课时")
    planned(clerk, agreement, need, resource, quantity="12")
    another = clerk.has_entered("co-building-needs", agreement, title="暑期托管", kind="aid")
    for quantity, message in (("5", "只剩4课时可用"), ("", "请填使用数量"), ("-1", "不能小于0")):
        refused = clerk.enters(
            "co-building-projects",
            agreement,
            name="七彩课堂",
            need=another,
            resource=resource,
            quantity=quantity,
        )
        assert message in refused.text
    # Nor is less given than projects have been promised
    refused = clerk.corrects(resource, quantity="8")
    assert "项目已安排12课时" in refused.text


def test_of_two_who_promise_the_last_of_it_the_second_is_told(clerk, monkeypatch):
    agreement, need, resource = listed(clerk, quantity="16", unit="课时")
    another = clerk.has_entered("co-building-needs", agreement, title="暑期托管", kind="aid")
    planned(clerk, agreement, need, resource, quantity="12")
    # The second looked before the first had saved: only the database knows better
    monkeypatch.setattr(CoBuildingProject, "clean", lambda _: None)
    ends = {"need": another, "resource": resource}
    refused = clerk.enters("co-building-projects", agreement, name="又一", quantity="5", **ends)
    assert "别人刚刚保存的记录与这条冲突" in refused.text
    assert CoBuildingProject.objects.count() == 1


def test_a_project_keeps_to_the_lists_of_its_agreement(clerk):
    agreement, need, resource = listed(clerk)
    elsewhere = CoBuildingResourceFactory(title="别家的会议室")
    form = clerk.client.get(f"/desk/co-building-projects/new/?of={agreement.pk}").context["form"]
    assert list(form.fields["resource"].queryset) == [resource]
    refused = clerk.enters(
        "co-building-projects", agreement, name="错配", need=need, resource=elsewhere
    )
    assert "resource" in refused.context["form"].errors
    project = CoBuildingProject(agreement=agreement, name="错配", need=need, resource=elsewhere)
    with pytest.raises(ValidationError, match="不在这份协议的清单中"):
        project.full_clean(exclude=["area"])


def test_a_project_begins_within_the_term_of_a_signed_agreement(clerk):
    draft = CoBuildingAgreementFactory(state="draft", signed_on=None)
    project = CoBuildingProjectFactory(agreement=draft)
    assert "还没有签订" in clerk.takes(project, "start").text
    over = CoBuildingProjectFactory()
    assert "开始日期须在期限内" in clerk.takes(over, "start").text


def test_only_a_project_matches_a_need(clerk):
    need = CoBuildingNeedFactory()
    assert clerk.offered(need) == {"withdraw"}
    with pytest.raises(ValidationError, match="需求由项目对接"):
        take(need, "match")


def test_a_stranger_neither_sees_nor_signs_it_and_the_public_sees_no_phone(client):
    agreement = CoBuildingAgreementFactory(
        state="draft", signed_on=None, contact="张三丰", phone="13800001234"
    )
    stranger, street = Somebody("community", OTHER_COMMUNITY), Somebody("street", STREET)
    assert stranger.client.get(f"/desk/co-building/{agreement.pk}/").status_code == 404
    assert stranger.client.post(f"/desk/co-building/{agreement.pk}/sign/").status_code == 404
    assert street.offered(agreement) == set()
    assert street.client.post(f"/desk/co-building/{agreement.pk}/sign/").status_code == 403
    assert client.get(f"/open/co-building/{agreement.pk}/").status_code == 404
    take(agreement, "sign", on=BEGUN)
    page = client.get(f"/open/co-building/{agreement.pk}/", {"as_of": "2022-07-01"})
    assert "13800001234" not in page.text
    assert "张三丰" not in page.text
