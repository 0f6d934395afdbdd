"""M7: written rules from draft to repeal, emergency plans from drafting to yearly assessment."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import EmergencyPlan, RuleVersion
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.communities import MechanismFactory
from tests.factories.consultation import (
    EmergencyContactFactory,
    EmergencyPlanFactory,
    RuleVersionFactory,
)
from tests.figures.begins.consultation import in_effect, in_force
from tests.journeys import Somebody
from tests.rules import again, assert_refused, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
TEXT = {"title": "社区人民调解工作规则", "text": "第一条 调解不收费。"}
PLAN = {
    "kind": "natural",
    "level": "4",
    "assembly_place": "社区广场",
    "measures": "先期处置，信息上报，转移安置。",
}


@pytest.fixture
def clerk():
    """The clerk of the community."""
    return Somebody("community", COMMUNITY)


@pytest.fixture
def colleague():
    """Another clerk of the same community."""
    return Somebody("community", COMMUNITY)


def enforced(clerk, colleague, mechanism, **values):
    """Rules carried into force."""
    rules = clerk.has_entered("rules", of=mechanism, **{**TEXT, **values})
    clerk.has_taken(rules, "publish")
    return colleague.has_taken(rules, "enforce", adopted_on=timezone.localdate())


def test_a_new_version_repeals_the_one_before(clerk, colleague, client):
    # Given a mechanism whose rules one clerk wrote, published, and another put in force
    mechanism = MechanismFactory()
    rules = clerk.has_entered("rules", of=mechanism, **TEXT)
    assert client.get(f"/open/rules/{rules.pk}/").status_code == 404
    clerk.has_taken(rules, "publish")
    assert client.get(f"/open/rules/{rules.pk}/").status_code == 200
    assert clerk.takes(rules, "enforce", adopted_on=timezone.localdate()).status_code == 403
    assert "公示中待施行的制度" in colleague.sees("/desk/")
    colleague.has_taken(rules, "enforce", adopted_on=timezone.localdate())
    # When a second version comes into force
    second = enforced(clerk, colleague, mechanism, text="第一条 调解不收费，随到随调。")
    # Then the first is repealed by it, numbers count up, and the public reads both
    rules.refresh_from_db()
    assert (rules.number, second.number) == (1, 2)
    assert (rules.state, rules.repealed_on) == ("repealed", timezone.localdate())
    assert "由第2版取代" in clerk.sees(f"/desk/rules/{rules.pk}/")
    register = client.get("/open/rules/").text
    assert "施行" in register
    assert "废止" in register
    counted = client.get("/figures/mechanisms_with_rules/", {"area": COMMUNITY}).context["card"]
    assert counted.computed.value == 1


def test_what_is_in_force_is_not_changed(clerk, colleague):
    rules = enforced(clerk, colleague, MechanismFactory())
    assert clerk.client.get(f"/desk/rules/{rules.pk}/edit/").status_code == 404
    assert clerk.client.post(f"/desk/rules/{rules.pk}/files/").status_code == 404
    admin_page = f"/admin/communities/ruleversion/{rules.pk}/change/"
    assert 'name="_save"' not in clerk.sees(admin_page)
    for change in ({"text": "改了"}, {"title": "改了"}, {"adopted_on": DAY}, {"number": 7}):
        with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
            RuleVersion.objects.filter(pk=rules.pk).update(**change)
    colleague.has_taken(rules, "repeal", note="上级已有统一规定")
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        RuleVersion.objects.filter(pk=rules.pk).update(text="改了")


def test_rules_may_be_a_file_that_anybody_can_read_once_published(clerk, client):
    mechanism = MechanismFactory()
    rules = clerk.has_entered("rules", of=mechanism, title="议事规则", text="")
    assert "须填写正文，或上传制度文件" in clerk.takes(rules, "publish").text
    upload = SimpleUploadedFile("规则.pdf", b"%PDF-1.4\n%%EOF\n")
    clerk.client.post(f"/desk/rules/{rules.pk}/files/", {"uploads": upload})
    clerk.has_taken(rules, "publish")
    page = client.get(f"/open/rules/{rules.pk}/")
    [file] = page.context["attachments"]
    path = f"/open/rules/{rules.pk}/files/{file.pk}/"
    assert path in page.text
    assert b"%PDF" in b"".join(client.get(path).streaming_content)
    clerk.has_taken(rules, "rewrite", note="居民提出意见")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"state": "lost"}, "没有这一状态。"),
        ({"adopted_on": None}, "公示、通过、施行和废止日期须与状态相符。"),
        ({"adopted_on": DAY - 10 * ONE}, "通过日期不能早于公示日期。"),
        ({"in_force_from": DAY - 2 * ONE}, "施行日期不能早于通过日期。"),
        ({"state": "repealed", "repealed_on": DAY - ONE}, "废止日期不能早于施行日期。"),
        ({"number": 2}, "该机制已有施行中的制度。"),
        (
            {"state": "draft", "published_on": None, "in_force_from": None},
            "该机制已有这一版次的制度。",
        ),
    ],
)
def test_rules_of_rules(broken, message):
    rules = in_force(DAY)
    assert_refused(again(rules, **broken), message)


def test_dates_out_of_order_are_said_at_the_field(clerk, colleague):
    rules = clerk.has_entered("rules", of=MechanismFactory(), **TEXT)
    clerk.has_taken(rules, "publish")
    refused = colleague.takes(rules, "enforce", adopted_on=DAY)
    assert "通过日期不能早于公示日期。" in refused.context["form"].errors["adopted_on"]


def test_strangers_neither_see_nor_write_rules():
    rules = RuleVersionFactory()
    stranger = Somebody("community", "620902004005")
    assert stranger.client.get(f"/desk/rules/{rules.pk}/").status_code == 404
    assert Somebody("grid_worker", COMMUNITY).client.get("/desk/rules/").status_code == 403


# --- emergency plans


def test_a_plan_is_reviewed_by_the_street_assessed_yearly_and_revised(clerk, client):
    street = Somebody("street", STREET)
    # Given a plan the community drew up with its contacts
    plan = clerk.has_entered("emergency-plans", **PLAN)
    clerk.has_entered(
        "emergency-contacts", of=plan, duty="现场指挥", name="张小甲", phone="13800001234"
    )
    clerk.has_taken(plan, "submit")
    assert clerk.takes(plan, "approve").status_code == 403
    # When the street approves it, it applies, and anybody reads it without the contacts
    assert "待审核的应急预案" in street.sees("/desk/")
    street.has_taken(plan, "send_back", note="补充避难场所")
    clerk.corrects(plan, shelter="第一小学操场")
    clerk.has_taken(plan, "submit")
    street.has_taken(plan, "approve")
    public = client.get(f"/open/emergency-plans/{plan.pk}/").text
    assert "第一小学操场" in public
    assert "1234" not in public
    assert "张小甲" not in public
    # Whoever works with it can call them
    assert "张小甲" in clerk.sees(f"/desk/emergency-plans/{plan.pk}/")
    # When it is revised, the version before applies until the new one is approved
    clerk.has_taken(plan, "revise", note="演练发现集合点太小")
    new = EmergencyPlan.objects.get(state="drafting")
    assert (new.number, new.contacts.get().name) == (plan.number + 1, "张小甲")
    clerk.corrects(new, assembly_place="文化广场")
    clerk.has_taken(new, "submit")
    street.has_taken(new, "approve")
    plan.refresh_from_db()
    assert plan.state == "repealed"
    assert EmergencyPlan.objects.in_effect(timezone.localdate()).get() == new


def test_a_plan_is_due_for_assessment_after_a_year(clerk):
    plan = in_effect(DAY)
    assert not EmergencyPlan.objects.assessment_due(datetime.date(2023, 5, 31)).exists()
    assert EmergencyPlan.objects.assessment_due(datetime.date(2023, 6, 1)).exists()
    assert "满一年待评估的应急预案" in clerk.sees("/desk/")
    clerk.has_taken(plan, "assess", assessment="与现状相符，联络人已更新。")
    assert not EmergencyPlan.objects.assessment_due(timezone.localdate()).exists()
    with pytest.raises(IntegrityError, match="不能同时修改内容"), transaction.atomic():
        EmergencyPlan.objects.filter(pk=plan.pk).update(measures="改了")
    other = in_effect(DAY, kind="health")  # of which this transaction holds no step
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        EmergencyPlan.objects.filter(pk=other.pk).update(measures="改了")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"state": "lost"}, "没有这一状态。"),
        ({"area_id": STREET}, "应急预案由社区编制：请选择社区。"),
        ({"effective_on": DAY}, "生效、评估和废止日期须与状态相符。"),
        (
            {"state": "in_effect", "effective_on": DAY, "assessed_on": DAY - ONE},
            "评估日期不能早于生效日期。",
        ),
        (
            {"state": "repealed", "effective_on": DAY, "repealed_on": DAY - ONE},
            "废止日期不能早于生效日期。",
        ),
    ],
)
def test_rules_of_plans(broken, message):
    assert_rule(EmergencyPlanFactory, broken, message)


def test_one_plan_of_a_kind_and_level_applies():
    plan = in_effect(DAY)
    assert_refused(again(plan, number=99), "该社区已有同类别、同级别的生效预案。")
    assert_refused(
        again(plan, state="drafting", effective_on=None, assessed_on=None),
        "该社区已有这一版次的预案。",
    )


def test_a_duty_of_a_plan_is_held_once():
    assert_refused(again(EmergencyContactFactory()), "该预案已有这一岗位。")
