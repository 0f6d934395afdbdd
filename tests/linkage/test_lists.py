"""The three lists: what of it is public, what fits together and why, and taking it up both ways."""

import datetime
import re

import pytest

from suzhou_portal.linkage.listed import SOURCES
from suzhou_portal.linkage.matching import Need, Offer, match
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.charity import CharityProjectFactory, CharityResourceFactory
from tests.factories.cobuilding import (
    CoBuildingAgreementFactory,
    CoBuildingNeedFactory,
    CoBuildingProjectFactory,
    CoBuildingResourceFactory,
)
from tests.factories.incubating import PaymentFactory
from tests.factories.linkage import ServiceRequestFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 9, 1)
PAGE = f"/areas/{COMMUNITY}/lists/"
ON_THE_DAY = f"{PAGE}?as_of={DAY}"


@pytest.fixture
def unmet(db):
    """A request in a grid that nobody could serve, with all that nobody may read of it."""
    return ServiceRequestFactory(
        area=AreaFactory(code=GRID), kind="hardship", content="学费还差三千元", name="赵大娘",
        phone="13812345678", address="2号楼1单元101", state="unmet", asked_on="2022-06-03",
        unmet_on="2022-06-10",
    )  # fmt: skip


def lines(client, key, page=ON_THE_DAY):
    """The lines of one kind, as the page has them."""
    sides = client.get(page).context["sides"]
    [part] = [part for _, parts in sides for part in parts if part.source.key == key]
    return part.lines


def test_of_a_request_category_community_and_dates_are_public(client, unmet):
    for page in (ON_THE_DAY, f"{PAGE}requests/?as_of={DAY}"):
        shown = client.get(page).text
        for said in ("生活困难", "2022年6月3日", "2022年6月10日", "已等<strong>90</strong>天"):
            assert said in shown
        for kept in ("三千元", "赵", "1381", "2号楼", unmet.number, GRID):
            assert kept not in shown
    [line] = lines(client, "requests")
    assert line.place.code == COMMUNITY  # of a grid nothing more than its community
    assert client.get(f"/areas/{GRID}/lists/").url == PAGE


def test_what_is_settled_used_up_or_elsewhere_is_on_no_list(client, unmet):
    area = AreaFactory(code=COMMUNITY)
    ServiceRequestFactory(area=area, state="to_dispatch")
    agreement = CoBuildingAgreementFactory(area=area)
    CoBuildingNeedFactory(
        area=area, agreement=agreement, state="satisfied", satisfied_on="2022-07-01"
    )
    used = CoBuildingResourceFactory(area=area, agreement=agreement, quantity=2, unit="场")
    CoBuildingProjectFactory(area=area, agreement=agreement, resource=used, quantity=2)
    CharityResourceFactory(area=area, state="reversed", reversed_on="2022-07-01")
    CharityProjectFactory(area=area, state="planned", started_on=None)
    ServiceRequestFactory(
        area=AreaFactory(code="620902004005"), state="unmet", unmet_on="2022-06-10"
    )
    counted = {key: len(lines(client, key)) for key in (one.key for one in SOURCES)}
    assert counted == {one.key: 0 for one in SOURCES} | {"requests": 1, "needs": 1}


def test_a_need_that_a_project_meets_waits_no_more(client):
    area = AreaFactory(code=COMMUNITY)
    CoBuildingNeedFactory(area=area, title="等着的")
    CoBuildingNeedFactory(area=area, title="已有项目的", state="matched")
    assert {line.head: line.days for line in lines(client, "needs")} == {
        "等着的": 92, "已有项目的": None,
    }  # fmt: skip


class TestMatching:
    def test_a_units_resource_meets_needs_of_its_agreement_and_of_residents_there(
        self, client, unmet
    ):
        area = AreaFactory(code=COMMUNITY)
        need = CoBuildingNeedFactory(area=area, title="书法课", kind="culture")
        CoBuildingResourceFactory(
            area=area,
            agreement=need.agreement,
            kind="people",
            title="书法教师",
            quantity=16,
            unit="课时",
        )
        CoBuildingResourceFactory(
            area=area, kind="funds", title="帮扶资金", quantity=500, unit="元"
        )
        [line] = lines(client, "needs")
        [(found, url)] = line.matches
        assert (found.offer.record.title, url) == ("书法教师", "")
        assert found.for_need == "同一份共建协议；“书法”合乎文化教育；同一社区；尚余16课时"
        [line] = lines(client, "requests")
        assert [one.for_need for one, _ in line.matches] == [
            "“帮扶”合乎生活困难；同一社区；尚余500元"
        ]
        # and the other way round
        [(found, _)] = next(
            one.matches for one in lines(client, "unit-resources") if "帮扶" in one.head
        )
        assert found.for_offer == "“帮扶”合乎生活困难；同一社区；已等90天"

    def test_what_is_donated_serves_the_nearest_first_and_the_whole_district(self, client, unmet):
        for code, name in (
            (DISTRICT, "区助学金"),
            (COMMUNITY[:9], "街道助学金"),
            (COMMUNITY, "助学金"),
        ):
            CharityResourceFactory(area=AreaFactory(code=code), name=name, kind="funds")
        CharityResourceFactory(area=AreaFactory(code="620902005"), name="别处助学金", kind="funds")
        [line] = lines(client, "requests")
        assert [one.offer.title for one, _ in line.matches] == ["助学金", "街道助学金", "区助学金"]

    @pytest.mark.parametrize(
        ("kind", "offered", "title", "fits"),
        [
            ("health", "expertise", "健康义诊", True),
            ("health", "expertise", "法律咨询", False),
            ("health", "funds", "帮扶资金", False),
            ("children", "venue", "会议室", True),
            ("other", "people", "志愿者", False),
        ],
    )
    def test_goods_and_skills_serve_what_their_name_speaks_of(self, kind, offered, title, fits):
        need = Need(None, kind, "某类", COMMUNITY, None, 3)
        offer = Offer(None, title, offered, "某物", COMMUNITY, None, "3件")
        assert bool(match(need, offer)) is fits

    def test_what_a_unit_gives_goes_to_no_other_agreement_and_no_other_community(self):
        need = Need(None, "aid", "困难帮扶", COMMUNITY, 1, 3)
        other = Offer(None, "资金", "funds", "资金", COMMUNITY, 2, "3元")
        assert match(need, other) is None
        asked = Need(None, "hardship", "生活困难", "620902004005", None, 3)
        assert match(asked, other) is None


class TestTakingUp:
    def test_a_team_is_led_to_the_requests_it_may_take_up(self, client, unmet):
        team = VolunteerTeamFactory(area=AreaFactory(code=DISTRICT))
        helper = Somebody("team", DISTRICT, {"team": team})
        assert [label for label, _ in lines(helper.client, "requests")[0].taken_up] == ["认领"]
        helper.client.post("/requests/open/", {"claim": f"{unmet.pk} team-{team.pk}"})
        assert lines(client, "requests") == []

    def test_a_community_gives_a_resource_to_a_need(self, client):
        clerk = Somebody("community", COMMUNITY)
        agreement = CoBuildingAgreementFactory(area_id=COMMUNITY)
        need = CoBuildingNeedFactory(area_id=COMMUNITY, agreement=agreement, kind="culture")
        resource = CoBuildingResourceFactory(area_id=COMMUNITY, agreement=agreement, title="礼堂")
        [(_, url)] = lines(clerk.client, "needs")[0].matches
        form = clerk.client.get(url).context["form"]
        assert form["need"].value() == str(need.pk)
        assert form["resource"].value() == str(resource.pk)
        assert "尚可安排：不限量" in form["resource"].help_text
        sent = {
            "need": need.pk,
            "resource": resource.pk,
            "name": "汇演",
            "planned_on": "2022-06-02",
        }
        assert clerk.client.post(url, sent).status_code == 302
        assert need.projects.get().resource == resource

    def test_a_community_asks_for_a_donation_for_what_nobody_could_serve(self, unmet):
        clerk = Somebody("community", COMMUNITY)
        rice = CharityResourceFactory(area_id=COMMUNITY, name="助学金", kind="funds")
        [line] = lines(clerk.client, "requests")
        [(_, url)] = line.matches
        assert ("派给谁", f"/requests/{unmet.pk}/suggestions/") in line.taken_up
        form = clerk.client.get(url).context["form"]
        assert (form["area"].value(), form["purpose"].value()) == (COMMUNITY, "生活困难")
        sent = {
            "resource": rice.pk,
            "area": COMMUNITY,
            "purpose": "生活困难",
            "value": "300",
            "quantity": "3",
        }
        assert clerk.client.post(url, sent).status_code == 302
        assert rice.allocations.get().state == "proposed"

    @pytest.mark.parametrize("role", ["grid_worker", "auditor"])
    def test_who_may_not_is_led_nowhere(self, client, unmet, role):
        CharityResourceFactory(area=AreaFactory(code=COMMUNITY), name="助学金", kind="funds")
        place = DISTRICT if role == "auditor" else COMMUNITY
        for browser in (
            client,
            Somebody(role, place).client,
            Somebody("community", "620902004005").client,
        ):
            [line] = lines(browser, "requests")
            assert line.taken_up == []
            assert [url for _, url in line.matches] == [""]


def test_a_list_is_read_to_its_end(client, unmet):
    for _ in range(25):
        ServiceRequestFactory(area=unmet.area, state="unmet", unmet_on="2022-06-11")
    page, seen = f"{PAGE}requests/", 0
    while page:
        shown = client.get(page)
        seen += len(shown.context["part"].lines)
        found = re.search(r'rel="next" href="([^"]+)"', shown.text)
        page = f"{PAGE}requests/{found[1]}" if found else ""
    assert seen == 26
    assert client.get(f"{PAGE}nothing/").status_code == 404


def test_who_is_signed_in_pays_no_more_for_more_lines(client, unmet):
    clerk, area = Somebody("community", COMMUNITY), unmet.area.parent
    CharityResourceFactory(area=area, kind="funds")
    before = queries(clerk.client, ON_THE_DAY)
    for _ in range(4):
        CharityResourceFactory(area=area, kind="funds")
        ServiceRequestFactory(
            area=unmet.area, state="unmet", kind="hardship", unmet_on="2022-06-11"
        )
        CoBuildingNeedFactory(area=area)
        PaymentFactory(project__area=area)
    assert queries(clerk.client, ON_THE_DAY) <= before + 1
