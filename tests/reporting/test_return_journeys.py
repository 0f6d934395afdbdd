"""Returns: a unit reports a period, the office above reviews it, and what was approved is kept."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from organizations.models import SocialOrganization
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.reporting.models import Correction, Return, Snapshot
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.figures import DemonstrationFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import CorrectionFactory, ReturnFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db

Q1 = {"period": "2023-Q1"}
NOTE = "本期没有发生的指标没有数值。"


@pytest.fixture(autouse=True)
def the_site_is_as_of_april(settings):
    settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)
    SocialOrganizationFactory(joined_on="2023-02-01")


@pytest.fixture
def clerk():
    return Somebody("community", COMMUNITY)


@pytest.fixture
def street():
    return Somebody("street", STREET)


def submitted(clerk, **values):
    report = clerk.has_entered("returns", **{**Q1, **values})
    return clerk.has_taken(report, "submit", explanation=NOTE)


def test_a_community_reports_and_its_street_publishes(client, clerk, street):
    # Given a community's return of a quarter, whose values come from records
    report = clerk.has_entered("returns", **Q1)
    assert (report.area_id, str(report.span), report.state) == (COMMUNITY, "2023-Q1", "drafted")
    page = clerk.sees(f"/returns/{report.pk}/")
    assert "按现有记录" in page
    assert "当时的值" not in page.split("<table")[1]
    # When it is submitted, it waits for the street and not for the community
    clerk.has_taken(report, "submit", explanation=NOTE)
    assert "待审核的上报" in street.sees("/desk/")
    assert "待审核的上报" not in clerk.sees("/desk/")
    # Nobody changes what is being reviewed, and nobody else reads it yet
    for somebody in (clerk, street):
        assert somebody.client.get(f"/desk/returns/{report.pk}/edit/").status_code == 404
    assert client.get(f"/returns/{report.pk}/").status_code == 404
    # When the street sends it back with a reason, the community amends and submits it again
    street.has_taken(report, "send_back", note="请核对组织数。")
    assert "请核对组织数" in clerk.sees(f"/desk/returns/{report.pk}/")
    clerk.has_taken(report, "submit", explanation="已经核对。")
    street.has_taken(report, "approve")
    # Then anybody reads what was kept, and the figure's page shows it
    page = client.get(f"/returns/{report.pk}/").text
    assert "已经核对" in page
    assert "一致</span>" in page
    kept = Snapshot.objects.get(report=report, figure="organizations")
    assert (kept.value, kept.rows, len(kept.keys)) == (1, 1, 1)
    page = client.get("/figures/organizations/", {"area": COMMUNITY, **Q1}).text
    assert f"/returns/{report.pk}/organizations/" in page


def test_what_another_district_published_is_not_here(client):
    days = {"submitted_on": "2023-04-10", "approved_on": "2023-04-11"}
    elsewhere = AreaFactory(code="620921001001")
    report = ReturnFactory(area=elsewhere, period="2023-Q1", state="approved", **days)
    assert client.get(f"/returns/{report.pk}/").status_code == 404


def test_values_stay_as_published_and_the_difference_is_named(client, clerk, street):
    report = submitted(clerk)
    street.has_taken(report, "approve")
    path = f"/returns/{report.pk}/organizations/"
    assert "一致</span>" in client.get(path).text
    # When another organization is entered late
    SocialOrganizationFactory(joined_on="2023-03-01")
    line = client.get(path).context["line"]
    assert (line.snapshot.text, line.now, line.agrees) == ("1个", "2个", False)
    assert "+1个" in line.verdict
    # When one goes and another comes, the value is the same and the records are not
    SocialOrganization.objects.order_by("pk").first().delete()
    line = client.get(path).context["line"]
    assert line.agrees
    assert "少1条、多1条" in line.verdict


def test_a_correction_stands_beside_what_it_corrects(client, clerk, street):
    report = submitted(clerk)
    street.has_taken(report, "approve")
    kept = report.snapshots.get(figure="organizations")
    correction = clerk.has_entered(
        "corrections", of=report, snapshot=kept, value="2", note="漏计一个，已补录。"
    )
    assert "漏计一个" not in client.get(f"/returns/{report.pk}/").text
    # Whoever proposed it does not decide it, nor does anybody of the same office
    assert clerk.takes(correction, "approve").status_code == 403
    street.has_taken(correction, "approve")
    for path in (f"/returns/{report.pk}/", f"/returns/{report.pk}/organizations/"):
        page = client.get(path).text
        assert "更正为2个" in page
        assert "漏计一个，已补录。" in page
    kept.refresh_from_db()
    assert kept.value == 1


def test_only_what_is_published_is_corrected(clerk, street):
    report = submitted(clerk)
    response = clerk.enters("corrections", of=report, value="2", note="漏计。")
    assert response.context["form"].errors
    assert not Correction.objects.exists()


def test_nobody_approves_their_own_nor_for_their_own_office(clerk, street):
    # A street's own return is the district's to review
    own = submitted(street, area=STREET)
    other = Somebody("street", STREET)
    for somebody in (street, other):
        assert somebody.offered(own) == set()
        assert somebody.takes(own, "approve").status_code == 403
    assert "待审核的上报" not in other.sees("/desk/")
    Somebody("district", DISTRICT).has_taken(own, "approve")
    # What the street entered for a community, another person of the street reviews
    entered = submitted(street, area=COMMUNITY)
    assert street.takes(entered, "approve").status_code == 403
    other.has_taken(entered, "approve")


def test_above_the_district_there_is_nobody_so_another_person_there_approves():
    first, second = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    report = submitted(first, area=DISTRICT)
    assert first.takes(report, "approve").status_code == 403
    second.has_taken(report, "approve")


def test_a_neighbour_neither_sees_nor_enters_it(clerk):
    report = clerk.has_entered("returns", **Q1)
    stranger = Somebody("community", f"{STREET}005")
    hidden, missing = (stranger.client.get(f"/returns/{pk}/") for pk in (report.pk, 987654321))
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)
    assert hidden.status_code == 404
    assert stranger.client.get(f"/desk/returns/{report.pk}/").status_code == 404
    assert "area" in stranger.enters("returns", area=COMMUNITY, **Q1).context["form"].errors


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2023-Q5", "没有这一时期"),
        ("2023-13", "没有这一时期"),
        ("2023-Q3", "2023年第三季度还没有开始"),
        ("2023-01", "社区不按月上报。"),
        ("1900", "没有这一时期"),
    ],
)
def test_a_period_that_cannot_be_reported_is_refused_at_its_field(clerk, period, message):
    errors = clerk.enters("returns", period=period).context["form"].errors
    assert message in str(errors["period"])
    assert not Return.objects.exists()


def test_a_unit_reports_a_period_once(clerk):
    clerk.has_entered("returns", **Q1)
    errors = clerk.enters("returns", **Q1).context["form"].errors
    assert errors["period"] == ["该地区这一时期已经有上报。"]


def test_a_running_period_is_not_submitted(clerk):
    report = clerk.has_entered("returns", period="2023-Q2")
    with pytest.raises(ValidationError, match="结束后才能提交"):
        take(report, "submit", on=datetime.date(2023, 6, 30), explanation=NOTE)
    response = clerk.takes(report, "submit", explanation=NOTE, taken_on="2023-04-30")
    assert "结束后才能提交" in str(response.context["form"].errors["taken_on"])


def test_what_has_no_value_is_explained(clerk):
    report = clerk.has_entered("returns", **Q1)
    errors = clerk.takes(report, "submit", explanation="").context["form"].errors
    assert "没有数值，请写明原因" in str(errors["explanation"])


def test_a_published_return_cannot_be_corrected_itself(clerk, street):
    report = submitted(clerk)
    street.has_taken(report, "approve")
    assert clerk.client.get(f"/desk/returns/{report.pk}/edit/").status_code == 404
    assert street.offered(report) == set()


def test_who_has_reported_is_for_anybody_to_see(client, clerk, street):
    AreaFactory(code=f"{STREET}005")
    report = submitted(clerk)

    def looked(browser):
        response = browser.get("/returns/", {"area": STREET, **Q1})
        return {unit.area.code: unit.report for unit in response.context["units"]}

    # Until it is published it is not reported, to the public
    assert looked(client) == dict.fromkeys((STREET, COMMUNITY, f"{STREET}005"))
    assert looked(clerk.client)[COMMUNITY] == report
    street.has_taken(report, "approve")
    assert looked(client)[COMMUNITY] == report
    response = client.get("/returns/", {"area": STREET, **Q1})
    assert response.context["published"] == 1
    assert response.text.count('pill-not_comparable">未报') == 2


def test_returns_are_offered_for_periods_of_the_sites_date(clerk):
    DemonstrationFactory()
    form = clerk.client.get("/desk/returns/new/").context["form"]
    offered = [code for _, group in form.fields["period"].choices for code, _ in group]
    assert "2023-Q2" in offered
    assert "2023-Q3" not in offered
    # The last one that is over is at hand
    assert form["period"].value() == "2023-Q1"


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("period=2023-Q9", 400, "没有这一时期"),
        ("period=2023-Q3", 400, "还没有开始"),
        ("area=abc", 400, "区划代码不正确"),
        ("area=620921", 404, "没有这个地区"),
        ("period=2023-03", 200, "没有单位按这种时期上报"),
    ],
)
def test_bad_addresses_are_answered(client, query, status, reason):
    response = client.get(f"/returns/?{query}")
    assert response.status_code == status
    assert reason in response.text


def test_the_page_of_who_reported_costs_the_same_for_any_number(client):
    path = f"/returns/?area={STREET}&period=2023-Q1"
    ReturnFactory(area=AreaFactory(code=COMMUNITY), **Q1)
    client.get(path)
    with_one = queries(client, path)
    for number in range(10, 30):
        ReturnFactory(area=AreaFactory(code=f"{STREET}0{number}"), **Q1)
    assert queries(client, path) == with_one


def test_a_return_with_corrections_costs_the_same_for_any_number(client, clerk, street):
    report = submitted(clerk)
    street.has_taken(report, "approve")
    first, *others = report.snapshots.all()
    path = f"/returns/{report.pk}/"

    def correct(snapshot):
        made = CorrectionFactory(report=report, snapshot=snapshot, value=None, area=report.area)
        take(made, "approve")

    correct(first)
    client.get(path)
    with_one = queries(client, path)
    for snapshot in others:
        correct(snapshot)
    assert queries(client, path) == with_one
