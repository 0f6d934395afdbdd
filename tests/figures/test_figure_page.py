"""The page behind a figure: its rows can be searched, its places ranked, its count is the figure's own."""

import csv
import datetime
import io
from decimal import Decimal

import pytest

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards import figure_pages
from suzhou_portal.figures.bars import NOT_RANKED, breakdown_bars
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import Agreement, State
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import PayMonthFactory, PersonFactory, PostFactory
from tests.factories.figures import PublishedValueFactory
from tests.factories.organizations import SocialOrganizationFactory

pytestmark = pytest.mark.django_db

DAY = datetime.date(2023, 4, 30)
PAGE, FILE = "/figures/organizations/", "/figures/organizations/rows.csv"


@pytest.fixture(autouse=True)
def places(db):
    return [AreaFactory(code=code) for code in (COMMUNITY, "620902005")]


class TestRows:
    @pytest.fixture(autouse=True)
    def organizations(self, places):
        home = places[0]
        for name in ("夕阳红养老服务中心", "阳光助残服务中心", "青少年事务社"):
            SocialOrganizationFactory(area=home, name=name)

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("", 3),
            ("养老", 1),
            ("中心 阳光", 1),
            ("中心", 2),
            ("没有这个", 0),
            ("%", 0),
            ("_", 0),
            ("'", 0),
        ],
    )
    def test_are_narrowed_to_those_with_each_word(self, client, words, found):
        response = client.get(PAGE, {"as_of": DAY, "q": words})
        assert len(response.context["rows"]) == found
        # What is searched does not change what the figure is.
        assert response.context["card"].computed.value == 3
        assert response.context["total"] == 3

    def test_by_the_label_of_a_choice_and_the_name_of_the_place(self, client, places):
        kinds = {row[1] for row in client.get(PAGE, {"as_of": DAY}).context["rows"]}
        for word in (*kinds, places[0].name):
            assert len(client.get(PAGE, {"as_of": DAY, "q": word}).context["rows"]) >= 1

    def test_the_file_holds_the_same(self, client):
        answer = client.get(FILE, {"as_of": DAY, "q": "中心"})
        lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert len(lines) == 1 + 2

    def test_the_file_is_not_sent_twice_unless_too_long(self, client, monkeypatch):
        asked = {"as_of": DAY}
        tag = client.get(FILE, asked)["ETag"]
        assert client.get(FILE, asked, headers={"if-none-match": tag}).status_code == 304
        SocialOrganizationFactory(name="又一个", joined_on="2023-01-02", area__code=COMMUNITY)
        changed = client.get(FILE, asked, headers={"if-none-match": tag})
        assert changed.status_code == 200
        whole = changed.getvalue()
        monkeypatch.setattr(figure_pages, "ROWS_AT_ONCE", 1)
        SocialOrganizationFactory(name="再一个", joined_on="2023-01-03", area__code=COMMUNITY)
        long = client.get(FILE, asked)
        assert long.streaming
        assert long.getvalue().startswith(whole[:40])

    def test_what_is_masked_is_not_searched(self, client, places):
        PostFactory(area=places[0], person=PersonFactory(name="司马相如"), started_on=DAY)
        page = "/figures/workers_in_post/"
        assert len(client.get(page, {"as_of": DAY}).context["rows"]) == 1
        assert client.get(page, {"as_of": DAY, "q": "相如"}).context["rows"] == []


class TestRanking:
    def test_highest_first_equals_share_a_place(self, client, places):
        AreaFactory(code="620902006")
        for area, count in ((places[0], 1), (places[1], 3), (Area.objects.get(pk="620902006"), 3)):
            SocialOrganizationFactory.create_batch(count, area=area)
        SocialOrganizationFactory(area=Area.objects.get(pk=DISTRICT))
        bars = client.get(PAGE, {"as_of": DAY, "order": "value"}).context["bars"]
        assert [bar.rank for bar in bars.rows] == ["1", "1", "3", NOT_RANKED]
        assert bars.rows[-1].label == "区本级"
        assert bars.least is None

    def test_in_order_of_code_nothing_is_ranked(self, client):
        bars = client.get(PAGE, {"as_of": DAY}).context["bars"]
        assert {bar.rank for bar in bars.rows} == {""}

    def test_any_other_order_is_refused(self, client):
        response = client.get(PAGE, {"as_of": DAY, "order": "name"})
        assert response.status_code == 400
        assert "排列方式不正确" in response.content.decode()

    @pytest.mark.parametrize(
        ("least", "ranks"), [(1, ["1", "2"]), (5, ["1", NOT_RANKED]), (50, [NOT_RANKED] * 2)]
    )
    def test_a_ratio_of_few_is_not_ranked(self, settings, least, ranks):
        settings.RANKING_MINIMUM = least
        figure = figures.get("certified_ratio")
        scope = Scope(Area.objects.get(pk=DISTRICT), DAY, True)
        parts = [
            FigureValue(figure, STREET, DAY, Decimal("0.25"), State.KNOWN, Decimal(1), Decimal(4)),
            FigureValue(
                figure, "620902005", DAY, Decimal("0.5"), State.KNOWN, Decimal(6), Decimal(12)
            ),
        ]
        bars = breakdown_bars(figure, scope, Given(parts), ranked=True)
        shown = {bar.url.split("area=")[1][:9]: bar.rank for bar in bars.rows}
        assert sorted(shown.values()) == sorted(ranks)
        assert bars.least == least

    def test_nobody_is_first_of_nothing(self, client, places):
        bars = client.get(PAGE, {"as_of": DAY, "order": "value"}).context["bars"]
        assert {bar.rank for bar in bars.rows} == {NOT_RANKED}

    @pytest.mark.parametrize(("least", "rank"), [(6, "1"), (7, NOT_RANKED)])
    def test_a_mean_is_ranked_by_its_people_not_by_their_months(
        self, client, settings, least, rank
    ):
        settings.RANKING_MINIMUM = least
        for _ in range(6):
            post = PostFactory(area__code=COMMUNITY, started_on="2020-01-01")
            for month in ("2023-01-01", "2023-02-01", "2023-03-01"):
                PayMonthFactory(post=post, area=post.area, month=month)
        page = client.get("/figures/average_monthly_pay/", {"as_of": DAY, "order": "value"})
        assert [b.rank for b in page.context["bars"].rows if STREET in b.url] == [rank]


class TestPublishedAtAnotherTime:
    """The page says what the figure was on the day of its published value, and compares that."""

    def test_is_compared_as_of_its_own_day(self, client, places):
        PublishedValueFactory(figure="organizations", value=2, area_id=DISTRICT, as_of=DAY)
        for day in ("2023-01-01", "2023-02-01", "2023-05-02"):
            SocialOrganizationFactory(area=places[0], joined_on=day)
        SocialOrganizationFactory.create(area=places[0], joined_on="2023-06-01")
        context = client.get(PAGE, {"as_of": "2023-06-30"}).context
        assert context["card"].text == "4"
        assert context["card"].comparison.agreement is Agreement.OTHER_TIME
        then = context["when_published"]
        assert (then.text, then.comparison.agreement) == ("2", Agreement.SAME)
        assert f"as_of={DAY}" in then.url
        assert client.get(PAGE, {"as_of": DAY}).context["when_published"] is None


class Given:
    """Opened figures whose parts are given."""

    def __init__(self, parts):
        self._parts = parts

    def meant(self, figure):
        return figure

    def parts(self, figure):
        return self._parts

    def value(self, figure):
        return self._parts[0]


@pytest.mark.parametrize("page", ["", "rows.csv"])
def test_a_keyword_the_database_cannot_take_is_refused(reference, client, page):
    response = client.get(f"/figures/organizations/{page}?q=%00")
    assert response.status_code == 400
    assert "检索词中有无法识别的字符" in response.text
