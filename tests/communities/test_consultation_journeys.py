"""M7 矛盾化解 and 议事协调: mediated on a phone, agreed, confirmed by a court; announced, held, decided."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import MediationCase
from communities.models.mediation import last_day_to_confirm
from suzhou_portal.calendars.models import SpecialDay
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.factories.communities import PersonFactory
from tests.factories.consultation import (
    MediationCaseFactory,
    MediationSessionFactory,
)
from tests.figures.begins.consultation import accepted, agreed
from tests.journeys import Somebody
from tests.rules import again, assert_refused, forget

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
DISPUTE = {
    "kind": "neighbours",
    "subject": "楼上漏水",
    "party_a": "王小乙",
    "phone_a": "13812345678",
    "party_b": "李小丙",
}
AGREEMENT = {"agreement_form": "oral", "agreement": "三日内修好管道，赔偿粉刷费。"}


@pytest.fixture
def clerk():
    """The clerk of the community."""
    return Somebody("community", COMMUNITY)


@pytest.fixture
def mediator(clerk):
    """A mediator of the community."""
    return PersonFactory(area_id=COMMUNITY, name="赵调解")


def mediated(clerk, mediator):
    """A case the clerk has entered and accepted."""
    case = clerk.has_entered("mediation-cases", mediators=[mediator], **DISPUTE)
    return clerk.has_taken(case, "accept")


def errors(response, field):
    return "".join(response.context["form"].errors.get(field, []))


# --- mediation


def test_a_dispute_is_mediated_agreed_confirmed_and_settled(clerk, mediator, client):
    # Given a resident's application, which the clerk enters on a phone and accepts
    case = mediated(clerk, mediator)
    # When the mediator talks with both and the clerk records it from the start page
    assert "/desk/mediation-sessions/new/" in clerk.sees("/desk/")
    clerk.has_entered(
        "mediation-sessions", case=case, said="查看了漏水点。", next_step="请物业到场"
    )
    # And they agree by word of mouth, which is written down
    clerk.has_taken(case, "agree", **AGREEMENT)
    # Then the deadline for the court is stored, and warns before it passes
    assert case.confirm_by == last_day_to_confirm(timezone.localdate())
    assert MediationCase.objects.confirmable_soon(case.confirm_by - 3 * ONE).get() == case
    assert not MediationCase.objects.confirmable_soon(case.confirm_by - 20 * ONE).exists()
    # When both ask the court and it confirms, the case ends with the agreement carried out
    clerk.has_taken(case, "ask_court", court="某区人民法院")
    assert clerk.offered(case) == {"record_ruling"}
    clerk.has_taken(case, "record_ruling", ruling="valid")
    clerk.has_taken(case, "fulfil")
    # And the public learns that there was one, not between whom
    page = client.get("/figures/mediation_agreements/", {"area": COMMUNITY})
    assert page.context["card"].computed.value == 1
    assert "楼上漏水" not in page.text
    assert client.get("/open/mediation-cases/").status_code == 404


def test_the_parties_are_masked_but_for_those_who_mediate(clerk, mediator):
    case = mediated(clerk, mediator)
    assert "王小乙" in clerk.sees(f"/desk/mediation-cases/{case.pk}/")
    page = Somebody("street", STREET).sees(f"/desk/mediation-cases/{case.pk}/")
    assert "王*" in page
    assert "138****5678" in page
    assert "王小乙" not in page
    assert "赵调解" in page


def test_the_next_case_starts_from_the_last_one(clerk, mediator):
    mediated(clerk, mediator)
    form = clerk.client.get("/desk/mediation-cases/new/").context["form"]
    assert form["mediators"].value() == [mediator.pk]
    assert form["kind"].value() == "neighbours"
    assert not form["party_a"].value()


def test_what_is_not_accepted_or_fails_says_why(clerk, mediator):
    # Without a mediator a case is not accepted
    case = clerk.has_entered("mediation-cases", **DISPUTE)
    assert "请先在案件中指定调解员" in clerk.takes(case, "accept").text
    # A refusal needs a reason
    assert errors(clerk.takes(case, "refuse"), "note")
    clerk.has_taken(case, "refuse", note="已向法院起诉，不属于人民调解范围。")
    assert case.ended_on == timezone.localdate()
    # Nor is anything added to what was not accepted
    refused = clerk.enters("mediation-sessions", of=case, said="谈过一次")
    assert "不能增加或修改调解记录" in errors(refused, "__all__")
    other = mediated(clerk, mediator)
    clerk.has_taken(other, "fail", note="双方分歧大，已告知可向法院起诉。")
    assert clerk.offered(other) == set()


def test_an_agreement_that_did_not_hold_is_mediated_again(clerk, mediator):
    case = mediated(clerk, mediator)
    clerk.has_taken(case, "agree", **AGREEMENT)
    clerk.has_taken(case, "ask_court", court="某区人民法院")
    clerk.has_taken(case, "record_ruling", ruling="invalid")
    clerk.has_taken(case, "resume", note="法院驳回，双方愿意再谈。")
    assert (case.agreed_on, case.confirm_by, case.court) == (None, None, "")
    clerk.has_taken(case, "agree", **AGREEMENT)


def test_after_thirty_days_the_court_is_not_asked(clerk):
    case = agreed(DAY)
    late = clerk.takes(case, "ask_court", court="某区人民法院", taken_on=DAY + 31 * ONE)
    assert "期限已过" in errors(late, "taken_on")
    clerk.has_taken(case, "ask_court", court="某区人民法院", taken_on=DAY + 30 * ONE)
    assert case.asked_court_on == DAY + 30 * ONE
    assert "不能“申请司法确认”" in clerk.takes(case, "ask_court", court="某区人民法院").text


def test_the_deadline_counts_calendar_days_and_moves_past_a_day_off():
    assert last_day_to_confirm(DAY) == datetime.date(2022, 7, 1)
    SpecialDay.objects.create(date="2022-07-01", name="放假")
    assert last_day_to_confirm(DAY) == datetime.date(2022, 7, 4)


@pytest.mark.parametrize(
    ("make", "broken", "message"),
    [
        (MediationCaseFactory, {"state": "lost"}, "没有这一状态。"),
        (MediationCaseFactory, {"area_id": DISTRICT}, "请选择社区或街道。"),
        (MediationCaseFactory, {"state": "mediating"}, "受理的案件须有受理日期，未受理的没有。"),
        (MediationCaseFactory, {"ended_on": DAY}, "办结的案件须有办结日期，未办结的没有。"),
        (MediationCaseFactory, {"court": "某法院"}, "司法确认须先有调解协议和受理法院。"),
        (lambda: accepted(DAY), {"accepted_on": DAY - ONE}, "受理日期不能早于申请日期。"),
        (lambda: accepted(DAY), {"state": "agreed"}, "达成协议须有协议日期、形式和内容"),
        (lambda: accepted(DAY), {"state": "failed", "ended_on": DAY - ONE}, "办结日期不能早于"),
        (lambda: agreed(DAY), {"agreed_on": DAY - ONE}, "协议日期不能早于受理日期。"),
        (lambda: agreed(DAY), {"agreement": ""}, "达成协议须有协议日期、形式和内容"),
        (lambda: agreed(DAY), {"perform_by": DAY - ONE}, "履行期限不能早于协议日期。"),
        (
            lambda: agreed(DAY),
            {"confirm_by": DAY + 29 * ONE},
            "司法确认申请期限为协议生效之日起30日",
        ),
        (
            lambda: agreed(DAY),
            {"confirm_by": DAY + 50 * ONE},
            "司法确认申请期限为协议生效之日起30日",
        ),
        (lambda: agreed(DAY), {"ruling": "valid", "ruled_on": DAY}, "司法确认须先有调解协议"),
        (
            lambda: agreed(DAY),
            {"asked_court_on": DAY + 31 * ONE, "court": "某法院"},
            "司法确认须自协议生效之日起30日内共同申请，期限已过。",
        ),
        (
            lambda: agreed(DAY),
            {"asked_court_on": DAY - ONE, "court": "某法院"},
            "申请司法确认的日期不能早于协议日期。",
        ),
        (
            lambda: agreed(DAY),
            {"state": "ruled", "asked_court_on": DAY, "court": "某法院", "ruling": "valid"},
            "司法确认结果须有日期。",
        ),
        (
            lambda: agreed(DAY),
            {"state": "confirming"},
            "司法确认的申请和结果须与状态相符。",
        ),
        (
            lambda: agreed(DAY),
            {"asked_court_on": DAY + ONE, "court": "某法院", "ruling": "valid", "ruled_on": DAY},
            "确认结果不能早于申请日期。",
        ),
    ],
)
def test_rules_of_mediation(make, broken, message):
    assert_rule_says(make, broken, message)


def assert_rule_says(make, broken, message):
    """As `assert_rule`, by a part of the message."""
    valid = make()
    record = again(valid, **broken)
    forget(valid)
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert_refused(record, next(said for said in caught.value.messages if message in said))


def test_a_talk_has_its_day_between_acceptance_and_today():
    talk = MediationSessionFactory()
    for day, message in ((DAY - ONE, "不能早于受理日期"), (datetime.date(2100, 1, 1), "晚于今天")):
        broken = again(talk, held_on=day)
        with pytest.raises(ValidationError, match=message):
            broken.full_clean()


def test_whoever_has_nothing_to_do_with_it_sees_no_case(clerk, mediator):
    case = mediated(clerk, mediator)
    path = f"/desk/mediation-cases/{case.pk}/"
    assert Somebody("community", "620902004005").client.get(path).status_code == 404
    assert Somebody("grid_worker", COMMUNITY).client.get(path).status_code == 403
    assert Somebody("district", DISTRICT).client.get(path).status_code == 403
    assert Somebody("street", STREET).client.get(path).status_code == 200


# --- deliberation
