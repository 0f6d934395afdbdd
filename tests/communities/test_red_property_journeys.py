"""M3: property companies, the compounds they serve, and how these are rated."""

import datetime

import pytest

from communities.models import PropertyRating
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.red_property import (
    PropertyCompanyFactory,
    PropertyRatingFactory,
    ServedCompoundFactory,
)
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
OTHER_COMMUNITY = "620902004005"


@pytest.fixture
def clerk(db):
    return Somebody("community", COMMUNITY)


def test_the_community_rates_and_the_street_reviews(clerk, client):
    # Given a company the street keeps, and a compound the community enters under it
    street = Somebody("street", STREET)
    company = street.has_entered(
        "property-companies",
        area=STREET,
        name="安居物业",
        credit_code="91350100M000100Y43",
        started_on=BEGUN,
        party_organization="安居物业党支部",
        party_founded_on=BEGUN,
    )
    compound = clerk.has_entered(
        "compounds", name="世纪花园", company=company, started_on=BEGUN, area=COMMUNITY
    )
    # When the community rates it
    period = {"period_start": BEGUN, "period_end": BEGUN + 180 * DAY}
    rating = clerk.has_entered("property-ratings", compound, score=72, **period)
    # Then it waits for the street, and the public does not see it yet
    assert "待审核的物业考核" in street.sees("/desk/")
    assert clerk.takes(rating, "review").status_code == 403
    assert "合格" not in client.get("/open/compounds/").text
    # When the street sends it back and the community reports it again
    street.has_taken(rating, "send_back", note="缺满意度测评")
    assert "退回待改的物业考核" in clerk.sees("/desk/")
    clerk.has_taken(rating, "resubmit", score=91)
    street.has_taken(rating, "review")
    # Then the public reads the grade, and nobody changes it any more
    assert (rating.grade, rating.reviewed_by) == ("excellent", street.user)
    register = client.get("/open/compounds/", {"area": COMMUNITY}).text
    assert "优秀" in register
    assert "安居物业党支部" in register
    assert clerk.client.get(f"/desk/property-ratings/{rating.pk}/edit/").status_code == 404
    # And the next rating starts from the same period
    form = clerk.client.get(f"/desk/property-ratings/new/?of={compound.pk}").context["form"]
    assert form["period_end"].value() == period["period_end"]


def test_the_latest_reviewed_rating_counts(client):
    compound = ServedCompoundFactory()
    for score, grade, end, state in (
        (95, "excellent", BEGUN - 200 * DAY, "reviewed"),
        (65, "pass", BEGUN - DAY, "reviewed"),
        (40, "fail", BEGUN + 10 * DAY, "rated"),
    ):
        PropertyRatingFactory(
            compound=compound,
            period_start=end - 9 * DAY,
            period_end=end,
            score=score,
            grade=grade,
            state=state,
            reviewed_on=BEGUN if state == "reviewed" else None,
        )
    [line] = client.get("/open/compounds/").context["lines"]
    assert dict(line.cells)["最近考核等次"] == "合格"
    card = client.get("/figures/well_rated_ratio/", {"area": COMMUNITY}).context["card"]
    assert (card.computed.numerator, card.computed.denominator) == (0, 1)


def test_a_company_is_registered_once_with_a_true_code(clerk):
    PropertyCompanyFactory(credit_code="91350100M000100Y43")
    entered = {"area": COMMUNITY, "name": "安居物业", "started_on": BEGUN}
    for code, message in (
        ("91350100M000100Y44", "校验位不对"),
        ("123", "应为18位"),
        ("91350100m000100y43", "请由街道或区登记"),
    ):
        refused = clerk.enters("property-companies", credit_code=code, **entered)
        assert message in refused.text


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (PropertyCompanyFactory, {"ended_on": BEGUN - DAY}, "退出日期不能早于进驻日期。"),
        (
            PropertyCompanyFactory,
            {"party_organization": "党支部"},
            "党组织名称和成立日期须同时填写，没有的同时留空。",
        ),
        (PropertyCompanyFactory, {"cross_posted": True}, "交叉任职须填起始日期，没有的留空。"),
        (PropertyCompanyFactory, {"credit_code": "1"}, "统一社会信用代码应为18位。"),
        (ServedCompoundFactory, {"ended_on": BEGUN - DAY}, "服务结束不能早于服务开始。"),
        (ServedCompoundFactory, {"area_id": STREET}, "小区属于社区或网格：请选择社区或网格。"),
        (
            ServedCompoundFactory,
            {"self_managed": True},
            "请选择物业企业；没有物业企业的，不选企业并勾选“自管”。",
        ),
        (
            ServedCompoundFactory,
            {"company_id": None},
            "请选择物业企业；没有物业企业的，不选企业并勾选“自管”。",
        ),
        (PropertyRatingFactory, {"period_start": BEGUN}, "考核期止不能早于考核期起。"),
        (PropertyRatingFactory, {"state": "lost"}, "没有这一状态。"),
        (PropertyRatingFactory, {"state": "reviewed"}, "已审核的考核须有审核日期。"),
        (
            PropertyRatingFactory,
            {"state": "reviewed", "reviewed_on": BEGUN - 9 * DAY},
            "审核不能早于考核期止。",
        ),
        (PropertyRatingFactory, {"score": 101}, "得分为0至100。"),
    ],
)
def test_rules_of_red_property(factory, broken, message):
    assert_rule(factory, broken, message)


def test_the_database_keeps_a_reviewed_rating():
    rating = PropertyRatingFactory(state="reviewed", reviewed_on=BEGUN)
    stored = PropertyRating.objects.filter(pk=rating.pk)
    for refused in (
        lambda: stored.update(score=86),
        lambda: stored.update(comment="改过"),
        lambda: stored.update(state="rated", reviewed_on=None),
        stored.delete,
    ):
        assert_database_refuses(refused)
    reviewer = Somebody("street", STREET).user
    entered = PropertyRatingFactory(entered_by=reviewer)
    own = {"state": "reviewed", "reviewed_on": BEGUN, "reviewed_by": reviewer}
    assert_database_refuses(lambda: PropertyRating.objects.filter(pk=entered.pk).update(**own))


def test_one_company_a_compound_and_one_rating_a_period():
    rating = PropertyRatingFactory()
    same = {"name": rating.compound.name, "area": rating.area}
    assert_database_refuses(lambda: ServedCompoundFactory(**same))
    assert_database_refuses(lambda: PropertyRatingFactory(compound=rating.compound))
    company = PropertyCompanyFactory()
    assert_database_refuses(lambda: PropertyCompanyFactory(credit_code=company.credit_code))


def test_what_looks_after_itself_has_no_company_and_is_not_rated(clerk, client):
    entered = {"name": "老家属院", "area": COMMUNITY, "started_on": BEGUN}
    assert "勾选“自管”" in clerk.enters("compounds", **entered).text
    compound = clerk.has_entered("compounds", self_managed=True, **entered)
    assert "自管" in clerk.sees(f"/desk/compounds/{compound.pk}/")
    assert "自管" in client.get(f"/open/compounds/{compound.pk}/").text
    assert "自管" in client.get(f"/areas/{COMMUNITY}/resources/").text
    period = {"period_start": BEGUN, "period_end": BEGUN + 89 * DAY}
    refused = clerk.enters("property-ratings", compound, score=72, **period)
    assert "自管，没有物业企业可以考核" in refused.text


def test_another_company_begins_with_a_record_of_its_own(clerk):
    # Given a compound whose company was rated
    old, new = PropertyCompanyFactory(area_id=COMMUNITY), PropertyCompanyFactory(area_id=COMMUNITY)
    compound = ServedCompoundFactory(company=old, area_id=COMMUNITY)
    period = {"period_start": BEGUN, "period_end": BEGUN + 89 * DAY}
    rating = clerk.has_entered("property-ratings", compound, score=72, **period)
    assert rating.company == old
    # Then nobody makes the rating another company's, at the form or past it
    refused = clerk.corrects(compound, company=new)
    assert "在这里已有考核，不能改为其他企业" in refused.text
    assert_database_refuses(lambda: type(compound).objects.update(company=new))
    assert_database_refuses(lambda: PropertyRating.objects.update(company=new))
    # And the new one is rated for its own time alone
    clerk.corrects(compound, ended_on=BEGUN + 89 * DAY)
    next_one = clerk.has_entered(
        "compounds", name=compound.name, company=new, area=COMMUNITY, started_on=BEGUN + 90 * DAY
    )
    refused = clerk.enters("property-ratings", next_one, score=99, **period)
    assert "考核期须在" in refused.text
    later = {"period_start": BEGUN + 90 * DAY, "period_end": BEGUN + 180 * DAY}
    clerk.has_entered("property-ratings", next_one, score=99, **later)
    assert old.name in clerk.sees(f"/desk/property-ratings/{rating.pk}/")
    # Before anything was rated, a mistake is put right
    typed = ServedCompoundFactory(company=old, area_id=COMMUNITY)
    clerk.corrects(typed, company=new)
    typed.refresh_from_db()
    assert typed.company == new


@pytest.mark.parametrize("state", ["rated", "returned", "reviewed"])
def test_periods_of_a_compound_do_not_overlap_whatever_came_of_them(clerk, state):
    reviewed_on = BEGUN if state == "reviewed" else None
    rating = PropertyRatingFactory(state=state, reviewed_on=reviewed_on, area_id=COMMUNITY)
    period = {"period_start": rating.period_end, "period_end": rating.period_end + 30 * DAY}
    refused = clerk.enters("property-ratings", rating.compound, score=72, **period)
    assert "重叠，请核对考核期" in refused.text
    beside = PropertyRatingFactory(
        compound=rating.compound,
        period_start=rating.period_end + DAY,
        period_end=rating.period_end + 30 * DAY,
    )
    assert "重叠，请核对考核期" in clerk.corrects(beside, period_start=rating.period_end).text
    assert_database_refuses(lambda: PropertyRatingFactory(compound=rating.compound, **period))


def test_a_strangers_community_rates_nothing_here():
    rating = PropertyRatingFactory()
    stranger = Somebody("community", OTHER_COMMUNITY)
    assert stranger.client.get(f"/desk/property-ratings/{rating.pk}/").status_code == 404
    assert stranger.client.get(f"/desk/compounds/{rating.compound_id}/").status_code == 404
    refused = stranger.client.get(f"/desk/property-ratings/new/?of={rating.compound_id}")
    assert refused.status_code == 404
    auditor = Somebody("auditor", "620902")
    assert auditor.client.get("/desk/compounds/").status_code == 403
