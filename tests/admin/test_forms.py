"""Forms of the admin: a clerk adds records; what is wrong is said in Chinese and nothing is lost."""

import pytest

from charity.models import CharityResource
from communities.models import Enrolment, Person, Post
from organizations.models import Evaluation, PurchasedProject, ServiceItem, SocialOrganization
from suzhou_portal.areas.models import Area
from suzhou_portal.fields import PHONE_RULES
from tests.admin.test_admin import address
from tests.factories import charity, communities, figures, organizations
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db

PROVIDER_MESSAGE = "评估机构不能是项目的承接组织。"


@pytest.fixture(autouse=True)
def areas(db):
    AreaFactory()


def fields(response):
    """What a browser would send of the form as it is shown."""
    form = response.context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        management = formset.management_form.initial.items()
        shown |= {f"{formset.prefix}-{name}": value for name, value in management}
        for row in formset.initial_forms:
            shown |= {row.add_prefix("id"): row.instance.pk}
            shown |= {row.add_prefix(formset.fk.name): formset.instance.pk}
    return {
        name: value for name, value in shown.items() if value is not None and value is not False
    }


def add(client, model, **values):
    """Opens the add page, fills it in and sends it."""
    path = address(model, "add")
    return client.post(path, fields(client.get(path)) | values)


def change(client, record, **values):
    """Opens the record's page, changes it and sends it."""
    path = address(type(record), "change", record.pk)
    return client.post(path, fields(client.get(path)) | values)


def assert_refused(response, field, message, typed):
    """The page comes back with the message at the field (None: at the top) and all that was typed."""
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert message in form.errors[field or "__all__"]
    assert message in response.content.decode()
    assert {name: str(form[name].value()) for name in typed} == typed


PERSON = {"area": COMMUNITY, "name": "张三", "phone": "13800001234"}
ORGANIZATION = {
    "area": COMMUNITY, "name": "暖阳社工服务中心", "kind": "service", "origin": "incubated",
    "joined_on": "2022-06-01", "credit_code": "52620902MJX000038K",
}  # fmt: skip
SERVICE = {
    "area": COMMUNITY, "category": "home_elderly_care", "name": "居家养老", "summary": "上门照料",
    "audience": "老年人", "place": "家中", "schedule": "工作日", "fee": "free",
    "how_to": "电话预约", "phone": "0937-2600000", "provider_name": "社区居委会",
    "published_on": "2022-06-01", "verified_on": "2022-06-01",
}  # fmt: skip
TEAM = {"area": COMMUNITY, "name": "邻里互助队", "kind": "neighbourhood", "founded_on": "2022.6.1"}
RESOURCE = {
    "area": DISTRICT, "name": "棉衣", "kind": "goods", "value": "3420.00", "valued_by": "发票",
    "donor_public": "爱心企业", "received_on": "2022年6月1日", "quantity": "20", "unit": "件",
}  # fmt: skip
DIVISION = {"code": f"{STREET}009", "name": "新社区"}
NEW = [
    (Person, PERSON),
    (SocialOrganization, ORGANIZATION),
    (ServiceItem, SERVICE),
    (VolunteerTeam, TEAM),
    (CharityResource, RESOURCE),
    (Area, DIVISION),
]


@pytest.mark.parametrize(("model", "values"), NEW)
def test_a_clerk_adds_a_record(model, values, clerk_client):
    """Once, however often it arrives."""
    page = clerk_client.get(address(model, "add"))
    sent = fields(page) | values | {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
    response, again = (clerk_client.post(address(model, "add"), sent) for _ in range(2))
    assert response.status_code == 302, response.context["errors"]
    assert again.headers["Location"] == response.headers["Location"]
    record = model.objects.get(name=values["name"])
    assert clerk_client.get(address(model, "change", record.pk)).status_code == 200
    assert not record.is_demo


WRONG = [
    (Person, PERSON, {"phone": "电话"}, "phone", PHONE_RULES[0].message),
    (SocialOrganization, ORGANIZATION, {"credit_code": "52620902MJX0000381"}, "credit_code",
     "统一社会信用代码的校验位不对，请核对。"),
    (SocialOrganization, ORGANIZATION, {"kind": "filed"}, None,
     "街道备案的组织没有法人资格，统一社会信用代码应留空。"),
    (ServiceItem, SERVICE, {"provider_name": ""}, None, "请选择提供组织，或填写提供单位。"),
    (VolunteerTeam, TEAM, {"dissolved_on": "2022-05-31"}, "dissolved_on", "解散日期不能早于组建日期。"),
    (CharityResource, RESOURCE, {"value": "-1"}, "value", "价值和数量不能小于0。"),
    (Area, DIVISION, {"code": "62090"}, "code", "区划代码应为2、4、6、9、12或15位数字。"),
    (Area, DIVISION, {"code": "999999001001"}, "code", "上级“999999001”不存在，请先添加上级。"),
    (Area, DIVISION, {"code": COMMUNITY}, "code", f"区划代码“{COMMUNITY}”已存在。"),
    (Area, DIVISION, {"valid_from": "2022-06-01", "valid_to": "2022-06-01"}, None,
     "撤销日期必须晚于设立日期。"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "values", "wrong", "field", "message"), WRONG)
def test_what_is_wrong_is_said(model, values, wrong, field, message, clerk_client):
    typed = values | wrong
    assert_refused(add(clerk_client, model, **typed), field, message, typed)
    assert not model.objects.filter(name=values["name"]).exists()


def test_an_exception_is_flagged(clerk_client):
    wrong = ORGANIZATION | {"credit_code": "52620902MJX0000381", "code_exception": "登记机关证明"}
    assert add(clerk_client, SocialOrganization, **wrong).status_code == 302
    response = clerk_client.get(address(SocialOrganization))
    assert 'alt="True"' in response.content.decode().split("field-excepted")[1].split("</td>")[0]


def test_a_division_keeps_its_code_and_changes_by_acts_alone(clerk_client):
    area = Area.objects.get(pk=COMMUNITY)
    wrong = {"name": "改名社区", "code": "62", "valid_to": "2022-06-01"}
    assert change(clerk_client, area, **wrong).status_code == 302
    kept = Area.objects.get(pk=COMMUNITY)
    assert (kept.code, kept.name, kept.valid_to) == (COMMUNITY, area.name, None)


def below(prefix, kept, **values):
    """A new row below the record of a page, after those kept already."""
    row = {f"{prefix}-{kept}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": kept + 1, **row}


def new_project(provider, evaluator):
    evaluation = {
        "kind": "final", "evaluator": evaluator.pk, "due_on": "2022-07-01",
    }  # fmt: skip
    return {
        "area": COMMUNITY, "name": "为老服务", "provider": provider.pk, "purchaser": "区民政局",
        "contract_amount": "50000", "paid_amount": "0", "signed_on": "2022-06-01",
        "starts_on": "2022-06-01", "ends_on": "2022-06-30", **below("evaluations", 0, **evaluation),
    }  # fmt: skip


def test_a_project_with_its_evaluation(clerk_client):
    provider, evaluator = organizations.ThirdPartyFactory.create_batch(2)
    refused = add(clerk_client, PurchasedProject, **new_project(provider, provider))
    assert PROVIDER_MESSAGE in refused.content.decode()
    assert not PurchasedProject.objects.exists()
    assert (
        add(clerk_client, PurchasedProject, **new_project(provider, evaluator)).status_code == 302
    )
    evaluation = Evaluation.objects.get()
    assert (evaluation.area_id, evaluation.provider) == (COMMUNITY, provider)


def test_the_evaluator_does_not_become_the_provider(clerk_client):
    """Nobody does, of a contract that is signed."""
    evaluation = organizations.asked()
    path = address(PurchasedProject, "change", evaluation.project_id)
    sent = {"provider": evaluation.evaluator_id}
    assert clerk_client.post(path, sent).status_code == 403
    assert PurchasedProject.objects.get().provider == evaluation.provider


def test_the_provider_does_not_become_the_evaluator(clerk_client):
    evaluation = organizations.asked(project__provider=organizations.ThirdPartyFactory())
    refused = change(clerk_client, evaluation, evaluator=evaluation.provider_id)
    assert_refused(refused, "evaluator", PROVIDER_MESSAGE, {})


def test_a_person_is_enrolled_once(clerk_client):
    """On a page of its own: who is enrolled while the course's arrangements are fixed already."""
    enrolment = communities.EnrolmentFactory()
    row = {"course": enrolment.course_id, "person": enrolment.person_id, "area": COMMUNITY,
           "unit": "居委会", "rank": "staff", "explanation": "补录"}  # fmt: skip
    refused = add(clerk_client, Enrolment, **row)
    assert "此人已报名该培训。" in refused.content.decode()
    row["person"] = communities.PersonFactory().pk
    assert add(clerk_client, Enrolment, **row).status_code == 302
    assert enrolment.course.enrolments.count() == 2


def test_new_records_join_the_demonstration(clerk_client):
    figures.DemonstrationFactory()
    provider, evaluator = organizations.ThirdPartyFactory.create_batch(2)
    add(clerk_client, PurchasedProject, **new_project(provider, evaluator))
    assert PurchasedProject.objects.get().is_demo
    assert Evaluation.objects.get().is_demo


def test_a_person_with_posts_stays(clerk_client):
    post = communities.PostFactory()
    path = address(Person, "delete", post.person_id)
    for response in (clerk_client.get(path), clerk_client.post(path, {"post": "yes"})):
        assert response.status_code == 200
        assert post.title in response.content.decode()
    assert Post.objects.get() == post


def test_a_record_nobody_refers_to_is_deleted(clerk_client):
    resource = charity.CharityResourceFactory()
    path = address(CharityResource, "delete", resource.pk)
    assert clerk_client.post(path, {"post": "yes"}).status_code == 302
    assert not CharityResource.objects.exists()
