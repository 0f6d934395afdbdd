"""M13, M14, M15: one organization is filed with its street, incubated, and registered."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from organizations.enums.base import OrganizationKind
from organizations.models import Filing, IncubationTrack, Registration, SocialOrganization
from suzhou_portal.calendars.models import SpecialDay
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.incubating import (
    FilingFactory,
    IncubateeFactory,
    IncubationDeliveryFactory,
    IncubationTrackFactory,
    RegistrationFactory,
)
from tests.factories.organizations import IncubationServiceFactory, SocialOrganizationFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

ONE = datetime.timedelta(days=1)
TODAY = timezone.localdate
CODE = "52620902MJX000018H"
FILING = {"name": "邻里互助队", "activities": "互助", "contact": "张建国", "phone": "13900001111"}


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


@pytest.fixture
def district():
    """Two colleagues of the district: one enters, the other decides."""
    return Somebody("district", DISTRICT), Somebody("district", DISTRICT)


def filed(number="城北-1"):
    """An organization that a community has applied for and the street has filed."""
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    filing = clerk.has_entered("filings", **FILING)
    return street.has_taken(filing, "file", number=number)


def test_a_group_is_filed_with_its_street(client):
    # Given a group that the community applies for and the street files
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    filing = clerk.has_entered("filings", **FILING)
    assert clerk.takes(filing, "file", number="城北-1").status_code == 403
    assert "待备案的社区社会组织" in street.sees("/desk/")
    assert "number" in street.takes(filing, "file").context["form"].errors
    street.has_taken(filing, "file", number="城北-1")
    # Then it stands on the register, without a credit code, which it cannot have
    body = SocialOrganization.objects.get()
    assert (body.kind, body.credit_code, body.joined_on) == ("filed", "", TODAY())
    assert "备案组织没有代码" in client.get(f"/organizations/{body.pk}/").text
    # And its leader is nobody's business
    assert "张建国" not in client.get(f"/open/filings/{filing.pk}/").text


def incubated(body, enterer, chief):
    """It applies for the centre, is reviewed, moves in, is served, and leaves able to stand alone."""
    IncubationTrackFactory(title="")
    service = IncubationServiceFactory(area__code=DISTRICT, tier="extended", name="协助注册")
    IncubationServiceFactory(area__code=DISTRICT)
    service.started_on = datetime.date(2020, 1, 1)
    service.save()
    member = Somebody("organization", COMMUNITY, {"organization": body})
    incubatee = member.has_entered("incubatees", organization=body, plan="常年助餐")
    assert member.takes(incubatee, "approve").status_code == 403
    assert "track" in chief.takes(incubatee, "approve", findings="同意").context["form"].errors
    chief.has_taken(incubatee, "approve", track=IncubationTrack.objects.get(), findings="同意")
    assert "ends_on" in chief.takes(incubatee, "admit").context["form"].errors
    chief.has_taken(incubatee, "admit", ends_on=TODAY() + 300 * ONE)
    given = enterer.has_entered(
        "incubation-deliveries", incubatee=incubatee, service=service, content="起草章程"
    )
    assert "起草章程" in member.sees(f"/desk/incubatees/{incubatee.pk}/")
    assert member.client.get(f"/desk/incubation-deliveries/{given.pk}/edit/").status_code == 403
    chief.has_taken(incubatee, "incubate")
    return chief.has_taken(incubatee, "graduate", outcome="制度健全")


def test_filing_incubation_and_registration_are_one_life(client, district):
    # Given an organization on file that has been through the centre
    enterer, chief = district
    filing = filed()
    body = filing.organization
    member = Somebody("organization", COMMUNITY, {"organization": body})
    incubated(body, enterer, chief)
    # When the green channel registers it under its new name
    application = member.has_entered(
        "registrations", organization=body, name="暖阳服务中心", purpose="为老服务"
    )
    enterer.has_taken(application, "receive")
    wrong = chief.takes(application, "approve", credit_code=f"{CODE[:17]}1")
    assert wrong.context["form"].errors["credit_code"] == ["统一社会信用代码的校验位不对，请核对。"]
    chief.has_taken(application, "approve", credit_code=CODE.lower())
    # Then it is the same organization, now a legal person, and its filing is over
    body.refresh_from_db()
    filing.refresh_from_db()
    assert (body.name, body.kind, body.credit_code) == ("暖阳服务中心", "service", CODE)
    assert filing.state == "registered"
    page = client.get(f"/organizations/{body.pk}/").text
    told = ["街道备案", "入驻孵化中心", "出壳", "登记受理", "准予登记为社会服务机构"]
    assert [page.index(word) for word in told] == sorted(page.index(word) for word in told)
    assert "张建国" not in page
    assert SocialOrganization.objects.count() == 1


@time_machine.travel("2022-06-01 10:00+08:00", tick=False)
def test_the_clock_counts_working_days_and_what_is_saved(client):
    # Given a holiday on a Friday and a Saturday worked in exchange
    SpecialDay.objects.create(date=datetime.date(2022, 6, 3), name="端午节")
    SpecialDay.objects.create(date=datetime.date(2022, 6, 11), name="调休上班", working=True)
    enterer, chief = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    application = enterer.has_entered(
        "registrations", area=COMMUNITY, name="启明中心", purpose="儿童服务"
    )
    other = Somebody("district", DISTRICT)
    other.has_taken(application, "ask", note="缺场所证明")
    # When complete documents are received, the promised day is counted from there
    other.has_taken(application, "receive")
    assert application.due_on == datetime.date(2022, 6, 29)
    assert enterer.takes(application, "approve", credit_code=CODE).status_code == 403
    # And when it is decided thirteen days later, nine of them were worked
    with time_machine.travel("2022-06-14 10:00+08:00", tick=False):
        chief.client.force_login(chief.user)  # nobody stays signed in for days
        assert "超过承诺办结日期的登记申请" not in chief.sees("/desk/")
        chief.has_taken(application, "approve", credit_code=CODE)
        application = Registration.objects.get()
        assert (application.days_taken, application.days_saved) == (9, 51)
        # Then the public sees how much sooner it was, and the body is new on the register
        assert "51" in client.get(f"/open/registrations/{application.pk}/").text
        card = client.get("/figures/average_registration_days_saved/", {"area": COMMUNITY})
        assert card.context["card"].computed.value == 51
    entry = SocialOrganization.objects.get()
    assert (entry.name, entry.joined_on) == ("启明中心", datetime.date(2022, 6, 14))


def test_what_was_received_is_decided_as_it_was_received(district):
    # Given an application that may still be put right while documents are missing
    enterer, chief = district
    application = enterer.has_entered(
        "registrations", area=COMMUNITY, name="启明中心", purpose="儿童服务"
    )
    chief.has_taken(application, "ask", note="名称不规范")
    assert enterer.corrects(application, name="启明社工中心").status_code == 200
    # When it is received, neither form nor database change what is to be decided
    Somebody("district", DISTRICT).has_taken(application, "receive")
    page = f"/desk/registrations/{application.pk}/"
    assert f"{page}edit/" not in enterer.sees(page)
    assert enterer.client.get(f"{page}edit/").status_code == 404
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        Registration.objects.filter(pk=application.pk).update(name="另一个中心")
    # Then it is registered under the name it was received with
    chief.has_taken(application, "approve", credit_code=CODE)
    assert SocialOrganization.objects.get().name == "启明社工中心"


def test_what_is_filed_changes_by_its_step_alone():
    filing = filed()
    clerk = Somebody("community", COMMUNITY)
    assert clerk.client.get(f"/desk/filings/{filing.pk}/edit/").status_code == 404
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(field="养老")


def test_what_is_late_waits(district):
    enterer, _ = district
    RegistrationFactory(
        organization=None, state="received", received_on=datetime.date(2022, 6, 1),
        due_on=datetime.date(2022, 6, 29),
    )  # fmt: skip
    assert "超过承诺办结日期的登记申请" in enterer.sees("/desk/")


def test_a_filing_is_changed_and_cancelled(client):
    street, filing = Somebody("street", STREET), filed()
    street.has_taken(filing, "change", name="邻里互助社", note="更名")
    body = SocialOrganization.objects.get()
    assert body.name == "邻里互助社"
    assert body.phone == "13900001111"
    street.has_taken(filing, "cancel", note="停止活动")
    body.refresh_from_db()
    assert body.deregistered_on == TODAY()
    page = client.get(f"/organizations/{body.pk}/").text
    assert "备案变更" in page
    assert "注销备案" in page
    assert "停止活动" not in page


def test_who_is_in_the_centre_is_not_cancelled():
    filing, street = filed(), Somebody("street", STREET)
    IncubateeFactory(organization=filing.organization)
    assert "请先办理“评审不通过”或“退出”" in street.takes(filing, "cancel", note="停止").text
    assert SocialOrganization.objects.get().deregistered_on is None


def test_a_legal_person_is_neither_filed_nor_registered_again(district):
    enterer, _ = district
    legal = SocialOrganizationFactory(credit_code=CODE)
    refused = enterer.enters(
        "registrations", organization=legal, name="又一", purpose="x", area=COMMUNITY
    )
    assert "organization" in refused.context["form"].errors
    again = FilingFactory.build(organization=legal, area=legal.area)
    with pytest.raises(Exception, match="不需要备案"):
        again.clean()


def test_a_number_is_given_once():
    filed()
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    other = clerk.has_entered("filings", **FILING | {"name": "歌友会"})
    assert "该备案编号已使用" in street.takes(other, "file", number="城北-1").text
    street.has_taken(other, "refuse", note="成员不足十人")
    assert Filing.objects.filter(organization=None).get() == other


def test_services_are_given_while_the_organization_is_in_the_centre(district):
    enterer, _ = district
    given = IncubationDeliveryFactory()
    early = given.incubatee.admitted_on - ONE
    refused = enterer.enters(
        "incubation-deliveries", of=given.incubatee, service=given.service, content="x",
        delivered_on=early,
    )  # fmt: skip
    assert "服务日期应在入驻之后" in refused.context["form"].errors["delivered_on"][0]
    given.incubatee.refresh_from_db()
    enterer.has_taken(given.incubatee, "incubate", taken_on=given.delivered_on)
    enterer.has_entered(
        "incubation-deliveries", of=given.incubatee, service=given.service, content="培训"
    )
    refused = enterer.takes(given.incubatee, "withdraw", note="停止", taken_on=given.delivered_on)
    assert "以后还有孵化服务记录" in refused.context["form"].errors["taken_on"][0]


def test_the_district_says_what_a_track_means(client, district):
    enterer, _ = district
    track = IncubationTrackFactory(position=2)
    assert "内涵待区委组织部核定" in client.get("/open/incubation-tracks/").text
    enterer.corrects(track, title="枢纽型", meaning="服务社会组织的组织")
    assert "轨道二：枢纽型" in client.get("/open/incubation-tracks/").text


def test_nobody_applies_twice_at_a_time():
    incubatee = IncubateeFactory()
    member = Somebody("organization", COMMUNITY, {"organization": incubatee.organization})
    refused = member.enters("incubatees", organization=incubatee.organization, plan="再来")
    assert "该组织已在申请或孵化中" in refused.text


def test_strangers_see_and_do_nothing(client):
    records = {
        "filings": FilingFactory(), "incubatees": IncubateeFactory(),
        "registrations": RegistrationFactory(), "incubation-deliveries": IncubationDeliveryFactory(),
    }  # fmt: skip
    other = SocialOrganizationFactory(kind=OrganizationKind.FILED)
    strangers = (
        Somebody("organization", COMMUNITY, {"organization": other}),
        Somebody("street", "620902005"),
    )
    for desk, record in records.items():
        for stranger in strangers:
            assert stranger.client.get(f"/desk/{desk}/{record.pk}/").status_code == 404, desk
        assert client.get(f"/open/{desk}/{record.pk}/").status_code == 404
    for verb, desk in (
        ("file", "filings"),
        ("approve", "incubatees"),
        ("receive", "registrations"),
    ):
        path = f"/desk/{desk}/{records[desk].pk}/{verb}/"
        assert strangers[1].client.post(path).status_code == 404
    assert Filing.objects.get().state == "applied"
    refused = strangers[0].enters(
        "incubatees", organization=records["incubatees"].organization, plan="冒名"
    )
    assert "organization" in refused.context["form"].errors
