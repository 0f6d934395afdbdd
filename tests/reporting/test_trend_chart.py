"""What a trend says in words and draws: from its own numbers, on one scale, with what was published marked."""

import datetime
from decimal import Decimal

import pytest

from suzhou_portal.figures.cards import cards_of
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import requested_scope
from suzhou_portal.figures.targets import aim_of
from suzhou_portal.reporting.findings import ChartScale
from suzhou_portal.reporting.over_time import over_time
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.communities import ReachReportFactory
from tests.factories.figures import FigureTargetFactory, PublishedValueFactory
from tests.factories.organizations import SocialOrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_site_is_as_of_april(settings):
    settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)
    AreaFactory(code=COMMUNITY)


def trend(client, key, **query):
    response = client.get(f"/figures/{key}/", {"area": COMMUNITY, **query})
    assert response.status_code == 200
    assert response.context["trend"].finding in response.text
    return response.context["trend"]


def test_the_sentence_says_what_the_numbers_are(client):
    for day in ("2022-01-01", "2022-11-01", "2023-02-01", "2023-02-02"):
        SocialOrganizationFactory(joined_on=day)
    assert trend(client, "organizations").finding == (
        "2023年第一季度4个，比上期增加2个（100.0%），比上年同期增加3个（300.0%），是图中已结束的8期里最高的。"
    )
    # A month that is over with the day of the clock is the latest; what runs is not spoken of.
    assert trend(client, "organizations", trend="month").finding == (
        "2023年4月4个，比上期持平，比上年同期增加3个（300.0%）。"
    )
    assert trend(client, "organizations", trend="year").finding == (
        "2022年2个，比上年增加2个，是图中已结束的4期里最高的。"
    )


def test_where_nothing_is_known_the_reason_is_said(client):
    assert trend(client, "residents_benefited").finding == "已结束的8期都没有数值：未报。"
    ReachReportFactory(
        visits=300, people=1, period_start="2022-10-01", period_end="2022-12-31", area_id=COMMUNITY
    )
    assert trend(client, "resident_visits").finding == (
        "2023年第一季度未报；最近有数值的是2022年第四季度300人次。"
    )


def test_labels_of_a_chart_are_in_one_unit(client):
    for day, amount in (("2022-05-01", 5_000), ("2022-08-01", 35_000)):
        CharityResourceFactory(received_on=day, value=amount)
    found = trend(client, "charity_value")
    assert found.unit == "万元"
    assert [mark.label for mark in found.marks[-5:]] == ["0.5", "4", "4", "4", "4"]
    assert [mark.year for mark in found.marks] == ["2021", "", "", "2022", "", "", "", "2023", ""]


@pytest.mark.parametrize(
    ("value", "unit", "highest", "label"),
    [
        ("0.3119", "%", "0.5", "31.2"),
        ("93600", "人", "93600", "93600"),
        ("3768000", "元", "3768000", "376.8"),
        ("4", "个", "9", "4"),
    ],
)
def test_a_label_is_short(value, unit, highest, label):
    scale = ChartScale.of([Decimal(highest)], unit)
    assert scale.label(Decimal(value)).replace(",", "") == label


def test_what_was_published_is_marked_in_its_period_alone(client):
    SocialOrganizationFactory(joined_on="2022-02-01")
    PublishedValueFactory(
        figure="organizations", value=2, area_id=COMMUNITY, as_of="2022-12-31", quote="2个"
    )
    found = trend(client, "organizations")
    marked = {str(mark.value.period): mark.published for mark in found.marks if mark.published}
    assert marked == {"2022-Q4": "100.0"}
    assert {mark.height for mark in found.marks[3:]} == {"50.0"}
    page = client.get("/figures/organizations/", {"area": COMMUNITY}).text
    assert page.count("◆") == 1
    assert "公布值：2个" in page


def test_of_what_happens_nothing_published_is_marked(client):
    PublishedValueFactory(
        figure="recruited_workers", value=2, area_id=COMMUNITY, as_of="2022-12-31", quote="2人"
    )
    assert not any(mark.published for mark in trend(client, "recruited_workers").marks)


def test_a_target_is_drawn_on_the_scale_of_the_bars(rf):
    SocialOrganizationFactory(joined_on="2022-02-01")
    request = rf.get("/", {"area": COMMUNITY})
    scope = requested_scope(request)
    [card] = cards_of([figures.get("organizations")], scope)
    figure, target = card.figure, FigureTargetFactory(value=4, figure="organizations")
    found = over_time(request, card, scope, aim_of(target, figure, card.computed, scope))["trend"]
    assert (found.target, found.target_height, found.target_at) == ("4个", "100.0", "0.0")
    assert found.marks[-1].height == "25.0"
    without = over_time(request, card, scope)["trend"]
    assert (without.target, without.target_at, without.marks[-1].height) == ("", "", "100.0")


class TestFolded:
    """What proves a figure is folded below what it is, one click away."""

    def test_rows_are_unfolded_for_who_looks_among_them(self, client):
        page = f"/figures/organizations/?area={COMMUNITY}"
        closed, opened = '<details class="fold">', '<details class="fold" open>'
        assert opened not in client.get(page).text
        for asked in ("q=", "q=甲"):
            text = client.get(f"{page}&{asked}").text
            assert text.count(opened) == 1
            assert text.count(closed) >= 3

    def test_links_lead_into_what_is_folded(self, client):
        text = client.get(f"/figures/organizations/?area={COMMUNITY}").text
        for name in ("definition", "rows"):
            assert f'href="#{name}"' in text
            assert f'<div id="{name}">' in text

    def test_a_figure_stands_under_its_party_under_its_area(self, client):
        text = client.get(f"/figures/organizations/?area={COMMUNITY}").text
        crumbs = text.split('class="crumbs"')[1].split("</nav>")[0]
        area, party, leaf = crumbs.split("<li>")[-3:]
        assert f"/areas/{COMMUNITY}/" in area
        assert f"/dashboard/organizations/?area={COMMUNITY}" in party
        assert 'aria-current="page">引入和培育社会组织' in leaf
