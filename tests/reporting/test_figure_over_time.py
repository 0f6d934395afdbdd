"""A figure's page over time: zero, unknown and not reported look different, and a period is cited."""

import datetime

import pytest

from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import ReachReportFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import CorrectionFactory, SnapshotFactory, approved
from tests.journeys import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_site_is_as_of_april(settings):
    settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)
    AreaFactory(code=COMMUNITY)


def over_time(client, key, **query):
    response = client.get(f"/figures/{key}/", {"area": COMMUNITY, **query})
    assert response.status_code == 200
    return response


def trend(client, key, **query):
    return over_time(client, key, **query).context["trend"]


def published(period, **known):
    """A published return of the community with one figure."""
    snapshot = SnapshotFactory(report__period=period, area=AreaFactory(code=COMMUNITY), **known)
    approved(snapshot.report, on=datetime.date(2023, 4, 10))
    return snapshot


def test_zero_unknown_not_reported_and_a_unit_that_did_not_report_look_different(client):
    published("2023-Q1")
    zero = trend(client, "organizations").marks
    looks = {mark.value.period.label: (mark.look, mark.text, mark.reported) for mark in zero}
    assert looks["2023年第一季度"] == ("known", "0个", "2023年4月10日发布")
    assert looks["2022年第四季度"] == ("unreported", "0个", "未报")
    assert looks["2023年第二季度"] == ("running", "0个", "未结束")
    [unknown] = {m.look for m in trend(client, "evaluation_coverage").marks}
    [missing] = {m.look for m in trend(client, "residents_benefited").marks}
    assert (unknown, missing) == ("missing missing-unknown", "missing missing-not_reported")
    page = over_time(client, "residents_benefited").text
    assert '<span class="trend-name">未报</span>' in page
    assert "单位未报" in page


def test_a_gap_is_drawn_as_a_gap(client):
    ReachReportFactory(
        visits=300, people=1, period_start="2022-10-01", period_end="2022-12-31", area_id=COMMUNITY
    )
    marks = {mark.value.period.label: mark for mark in trend(client, "resident_visits").marks}
    assert (marks["2022年第四季度"].missing, marks["2022年第四季度"].height) == ("", "100.0")
    assert (marks["2023年第一季度"].missing, marks["2023年第一季度"].text) == ("未报", "未报")
    assert marks["2023年第一季度"].from_previous == "—"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("organizations", "累计数，不能跨期相加"),
        ("volunteer_teams", "时点数，不能跨期相加"),
        ("recruited_workers", "去重得出的数，不能跨期相加"),
        ("average_monthly_pay", "平均数（时期数），不能跨期相加"),
        ("mediation_success", "比率（累计数÷累计数），不能跨期相加"),
    ],
)
def test_what_cannot_be_added_says_so(client, key, said):
    response = over_time(client, key)
    assert said in response.text
    assert ("这一期净增减的数" in response.text) is (key == "organizations")
    assert "以上各期合计" not in response.text


def test_a_flow_is_added_up(client):
    for start, end in (("2022-07-01", "2022-09-30"), ("2022-10-01", "2022-12-31")):
        ReachReportFactory(
            visits=300, people=1, period_start=start, period_end=end, area_id=COMMUNITY
        )
    assert trend(client, "resident_visits").total == "600人次"


def test_changes_are_named(client):
    for day in ("2022-01-01", "2022-11-01", "2023-02-01", "2023-02-02"):
        SocialOrganizationFactory(joined_on=day)
    marks = {str(m.value.period): m for m in trend(client, "organizations").marks}
    assert marks["2023-Q1"].from_previous == "+2个（+100.0%）"
    assert marks["2023-Q1"].from_year_before == "+3个（+300.0%）"
    assert marks["2022-Q3"].from_previous == "持平"


def citations(client, address):
    return client.get(address).context["citations"]


def test_a_period_is_cited_with_its_definition_and_address(client):
    SocialOrganizationFactory(joined_on="2023-02-01")
    response = over_time(client, "organizations", period="2023-Q1")
    [cited] = response.context["citations"]
    assert cited.address == (
        f"http://testserver/figures/organizations/?area={COMMUNITY}&period=2023-Q1"
    )
    for part in ("“引入和培育社会组织”", "2023年第一季度，", "1个", "口径第1版"):
        assert part in cited.text
    assert response.context["scope"].as_of == datetime.date(2023, 3, 31)
    # The address answers the same when it is followed, and later
    assert citations(client, cited.address) == [cited]
    SocialOrganizationFactory(joined_on="2023-04-15")
    assert citations(client, cited.address) == [cited]


@pytest.mark.parametrize(
    "query", [{}, {"period": "2023"}, {"as_of": "2023-04-30", "trend": "month"}]
)
def test_what_is_not_over_is_cited_with_its_day(client, settings, query):
    SocialOrganizationFactory(joined_on="2023-02-01")
    [cited] = over_time(client, "organizations", **query).context["citations"]
    assert "截至2023年4月30日，1个" in cited.text
    assert ("2023年，截至" in cited.text) is ("period" in query)
    settings.PORTAL_AS_OF = datetime.date(2023, 8, 1)
    SocialOrganizationFactory(joined_on="2023-06-15")
    assert citations(client, cited.address) == [cited]


def test_what_was_published_is_cited_first_and_with_its_corrections(client):
    snapshot = published("2023-Q1", value=3)
    snapshot.report.refresh_from_db()
    CorrectionFactory(
        report=snapshot.report, snapshot=snapshot, area=snapshot.area, value=4,
        state="approved", approved_on=datetime.date(2023, 4, 20),
    )  # fmt: skip
    kept, computed = over_time(client, "organizations", period="2023-Q1").context["citations"]
    assert (kept.kept, computed.kept) == (True, False)
    assert kept.text.endswith("3个，口径第1版，2023年4月10日发布，2023年4月20日更正为4个")
    assert kept.address == f"http://testserver{snapshot.get_absolute_url()}"
    assert kept.text in client.get(kept.address).text
    assert computed.text.startswith("“引入和培育社会组织”")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("period=2023-Q5", "没有这一时期"),
        ("period=2023-Q3", "还没有开始"),
        ("period=9999-12", "还没有开始"),
        ("period=0001", "没有这一时期"),
        ("period=%00", "没有这一时期"),
        ("trend=week", "时期只有月"),
        ("as_of=2022-01-01&period=2022-Q2", "还没有开始"),
    ],
)
def test_a_bad_period_is_answered_in_chinese(client, query, reason):
    response = client.get(f"/figures/organizations/?{query}")
    assert response.status_code == 400
    assert reason in response.text


def test_kinds_of_period_are_chosen_by_links(client):
    page = over_time(client, "organizations", trend="month")
    assert page.context["trend"].marks[-1].value.period.label == "2023年4月"
    assert "trend=year" in page.text
    # A month is not reported, and says so instead of 未报
    assert "社区不按月上报" in page.text
    assert "year" not in page.context["trend"].kind.key


def test_supporting_figures_are_not_reported(client):
    page = over_time(client, "workers_in_post")
    assert not page.context["trend"].is_due
    assert "不列入上报" in page.text


def test_kept_values_are_listed_with_the_latest_first(client):
    for period, as_of in (("2022-Q4", "2022-12-31"), ("2023-Q1", "2023-03-31")):
        published(period, as_of=as_of)
    kept = over_time(client, "organizations").context["snapshots"]
    assert [one.report.period for one in kept] == ["2023-Q1", "2022-Q4"]


def test_more_kept_values_cost_no_more(client):
    path = f"/figures/organizations/?area={COMMUNITY}"
    published("2020-Q1")
    client.get(path)
    with_one = queries(client, path)
    for number in range(1, 5):
        published(f"2021-Q{number}")
        published(f"2022-Q{number}")
    assert queries(client, path) == with_one


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/workers/", f"/areas/{DISTRICT}/"])
def test_other_pages_answer_for_a_period_too(client, path):
    page = client.get(path, {"period": "2023-Q1"})
    assert page.context["scope"].as_of.isoformat() == "2023-03-31"
    assert "2023年第一季度，统计截至2023年3月31日" in page.text
    assert client.get(path, {"period": "2023-Q3"}).status_code == 400
