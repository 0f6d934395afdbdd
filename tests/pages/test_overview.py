"""The overview: what needs attention, figures by what they mean, and sentences that are true."""

import datetime
import re
from decimal import Decimal
from itertools import pairwise

import pytest

from suzhou_portal.areas.models import Area
from suzhou_portal.caching import followed
from suzhou_portal.dashboards.attention import AT_FIRST
from suzhou_portal.dashboards.groups import GROUPS, HEADLINES, TOPICS, topics
from suzhou_portal.figures import door
from suzhou_portal.figures.models import FigureTarget
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import figures
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.duties import reported
from suzhou_portal.reporting.models import Correction, Return, Snapshot
from suzhou_portal.reporting.past import pasts
from suzhou_portal.reporting.wording import difference_text
from tests.cases import case
from tests.factories.areas import DISTRICT, GRID, AreaFactory
from tests.factories.charity import CharityProjectFactory
from tests.factories.figures import FigureTargetFactory
from tests.factories.linkage import late_in
from tests.factories.organizations import SocialOrganizationFactory
from volunteers.models import VolunteerTeam

STREET = "620902004"


@pytest.fixture
def page(demonstration, client):
    return client.get("/dashboard/")


def concerns(response):
    return response.context["attention"]().concerns


def rows(response):
    found = [*response.context["headlines"]()]
    for group in response.context["groups"]():
        found += group.rows
    return {row.figure.key: row for row in found}


def test_every_figure_stands_in_one_place():
    shown = [*HEADLINES, *(key for keys in GROUPS.values() for key in keys)]
    assert sorted(shown) == sorted(figure.key for figure in reported())
    assert all(5 <= len(keys) <= 7 for keys in GROUPS.values())
    for party in Party:
        every = [key for keys in TOPICS[party].values() for key in keys]
        assert sorted(every) == sorted(figure.key for figure in figures.all(party))
        assert "其他" not in topics(party)
        assert all(len(keys) <= 8 for keys in TOPICS[party].values())


@pytest.mark.django_db
def test_all_figures_are_there_with_value_mark_and_way(page):
    text = page.text
    for figure in reported():
        row = rows(page)[figure.key]
        with case(figure.key):
            assert (
                row.card.computed.value
                == door.value(figure.key, DISTRICT, row.card.computed.as_of).value
            )
            assert f'<a href="/figures/{figure.key}/?area={DISTRICT}">{figure.label}</a>' in text
            assert f"<strong>{row.card.text}</strong>" in text
            assert row.card.published_text in text
    # What agrees is one quiet sign that says so to screen readers; nothing differs here.
    assert text.count('class="agrees" aria-hidden="true">✓<') == 25
    assert 'class="agreement agreement-different' not in text
    VolunteerTeam.objects.order_by("pk").first().delete()
    assert "与公布值不一致，少1支" in page.client.get("/dashboard/").text


@pytest.mark.django_db
def test_the_six_questions_are_answered_at_the_top(page, demonstration):
    """What is worst, what changed most, which street lags, who has not reported, which target is missed,
    where 234 comes from.
    """
    top, day = page.text.split('id="groups"')[0], demonstration.as_of
    first = page.context["attention"]().first
    assert len(first) == AT_FIRST
    assert {one.kind for one in first} == {"低于目标", "超期", "未上报", "缺口", "异常"}
    # Worst, and which street: what is furthest from its target
    missed = {
        target: 1 - value / target.value
        for target in FigureTarget.objects.filter(direction="at_least", period="2023")
        for value in [door.value(target.figure, target.area_id, day).value]
        if value < target.value
    }
    worst = max(missed, key=missed.get)
    assert worst.area.level == "street"
    assert first[0].text.startswith(f"{worst.area.name}{worst.label}")
    assert [one.kind for one in concerns(page)].count("低于目标") == len(missed)
    # Late, and not reported
    assert f"服务请求超期{late_in(DISTRICT, day)}件" in top
    units = Area.objects.filter(
        level__in=["district", "street", "community"], code__startswith=DISTRICT
    )
    published = Return.objects.published().filter(period="2023-Q1").values("area")
    lacking = [
        area.name for area in units.in_force(datetime.date(2023, 3, 31)).exclude(pk__in=published)
    ]
    assert f"2023年第一季度有{len(lacking)}个单位没有上报：肃州区、" in top
    [link] = [one.url for one in first if one.kind == "未上报"]
    listed = page.client.get(link).text.split("<tbody>")[1].split("</tbody>")[0]
    assert listed.count("<tr>") == len(lacking)
    # What changed most: what began at zero
    assert f"由{door.value('organizations', DISTRICT, day).value}条记录得出" in top
    assert "岗位培训科级干部</a>比2022年第四季度+115人，增加最多" in top


@pytest.mark.django_db
def test_what_is_unusual_is_what_was_reported(page):
    """By hand from the snapshots of the street that is named."""
    [first, *_] = [one for one in concerns(page) if one.kind == "异常"]
    assert "工业园街道2023年第一季度志愿服务队伍" in first.text
    kept = Snapshot.objects.filter(
        area__name="工业园街道", figure="volunteer_teams", report__state="approved"
    )
    by_period = dict(kept.values_list("report__period", "value"))
    quarters = [str(one) for one in Period.parse("2023-Q1").back(10)]
    changes = [by_period[b] - by_period[a] for a, b in pairwise(quarters)]
    middle = sorted(changes[:-1])
    usual = (middle[3] + middle[4]) / 2
    said = f"志愿服务队伍{difference_text(changes[-1], '支')}，此前8期中位数{difference_text(usual, '支')}"
    assert said in first.text
    assert "period=2023-Q1" in first.url


@pytest.mark.django_db
def test_the_past_is_what_was_published_and_corrected(demonstration):
    past = pasts(reported(), [DISTRICT], demonstration.as_of)[DISTRICT, "volunteer_teams"]
    assert [str(one) for one in past.periods[-2:]] == ["2022-Q4", "2023-Q1"]
    assert past.amounts[-1].state == "not_reported"  # the district waits for its streets
    correction = Correction.objects.get(state="approved", report__area=DISTRICT)
    corrected = correction.snapshot.figure
    known = pasts(reported(), [DISTRICT], demonstration.as_of)[DISTRICT, corrected]
    assert known.amounts[-2].value == correction.value
    assert known.told.amount.value == correction.value


@pytest.mark.django_db
def test_a_flow_compares_periods_and_a_stock_with_now(page):
    found = rows(page)
    assert found["organizations"].basis == "比2022年第四季度"
    assert found["recruited_workers"].basis == "2022年第四季度比上期"
    assert found["recruited_workers"].change.difference == -83
    assert found["incubation_services"].moved == "持平"


@pytest.mark.django_db
def test_a_group_says_what_moved_and_what_is_short(page):
    [workers] = [one for one in page.context["groups"]() if one.title == "社工队伍"]
    finding = re.sub(r"<[^>]+>", "", workers.finding)
    assert "专职社区工作者持证率还差3.81个百分点。" in finding
    assert (
        "连续两年补充专职社区工作者2022年第四季度比上期−83人（−100%），减少最多"
        in finding.replace(".0%", "%")
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{"area": STREET}, {"period": "2022-Q4"}, {"as_of": "2022-05-01"}]
)
def test_a_street_a_period_and_a_day_have_their_own(demonstration, client, asked):
    response = client.get("/dashboard/", asked)
    assert response.status_code == 200
    kinds = {one.kind for one in concerns(response)}
    if "period" in asked:  # what is late or missing now says nothing of a period
        assert not {"超期", "缺口"} & kinds
    for row in rows(response).values():
        if row.told and asked.get("period"):
            assert row.told.period < Period.parse(asked["period"])


@pytest.mark.django_db
def test_where_nothing_is_wrong_one_calm_sentence_says_so(reference, client, settings):
    settings.REPORTED_PERIODS = []
    grid = AreaFactory(code=GRID)  # a community would lack whom it is paired with
    text = client.get("/dashboard/", {"area": grid.code}).text
    assert "没有低于目标、超期、未上报和缺口" in text
    assert 'class="concern"' not in text


@pytest.mark.django_db
def test_a_change_too_small_to_be_written_is_none(page):
    """A snapshot keeps six places, what is computed has more."""
    community = page.client.get("/dashboard/", {"area": "620902004004"})
    assert "−0" not in community.text
    assert rows(community)["certified_ratio"].moved == "持平"


@pytest.mark.django_db
def test_a_target_shows_on_overview_figure_and_report(reference, client, settings):
    settings.PORTAL_AS_OF = datetime.date(2023, 4, 30)
    SocialOrganizationFactory(joined_on="2023-02-01")
    area = AreaFactory(code=DISTRICT)
    FigureTargetFactory(
        area=area,
        figure="organizations",
        period="2023",
        value=Decimal(3),
        number="肃民发〔2023〕5号",
    )
    assert "2023年不少于3个，<b>还差2个</b>" in client.get("/dashboard/").text
    page = client.get("/figures/organizations/").text
    assert "2023年不少于3个，<b>还差2个</b>" in page
    assert "目标由区民政局确定（肃民发〔2023〕5号）" in page
    report = "引入和培育社会组织不少于3个，本期1个，还差2个"
    assert report in client.get(f"/reports/{DISTRICT}/2023/").text
    assert report not in client.get(f"/reports/{DISTRICT}/2022/").text


def test_a_target_shows_at_the_next_request(committed, client):
    """What is kept of the page rests on targets too."""
    area = AreaFactory(code=DISTRICT)
    followed.forget()
    year = Period.of(datetime.date.today(), PeriodKind.YEAR)  # noqa: DTZ011
    assert "不少于9支" not in client.get("/dashboard/").text
    FigureTargetFactory(area=area, period=str(year))
    assert "不少于9支，<b>还差9支" in client.get("/dashboard/").text


@pytest.mark.parametrize("page", ["/dashboard/", "/dashboard/charity/"])
def test_each_group_of_a_page_follows_its_own_records(committed, client, page):
    """Kept apart, so that a record of one party leaves those of the others as they are."""
    area = AreaFactory(code=DISTRICT)
    label = figures.get("charity_projects").label
    followed.forget()

    def projects():
        [row] = re.findall(rf"{label}</a>.*?</tr>", client.get(page).text, re.DOTALL)
        return re.search(r"<strong>([\d,]+)</strong>", row)[1]

    assert projects() == "0"
    for number in (1, 2):
        CharityProjectFactory(area=area)
        SocialOrganizationFactory(area=area)
        assert projects() == str(number)
        assert projects() == str(number)


@pytest.mark.django_db
def test_lists_of_what_is_missing_show_that_alone(demonstration, client):
    whole = client.get("/volunteers/pairing/")
    lacking = client.get("/volunteers/pairing/", {"missing": "1"})
    expected = [row.area for row in whole.context["rows"] if not row.complete]
    assert [row.area for row in lacking.context["rows"]] == expected
    assert 0 < len(expected) < len(whole.context["rows"])
    for path in ("/volunteers/pairing/", "/returns/"):
        assert client.get(path, {"missing": "others"}).status_code == 400
