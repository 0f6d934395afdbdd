"""M21: whom to call of a party body that is paired, what it did, and how many places it may hold."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.volunteers import PairingActivityFactory, PairingLinkFactory
from tests.journeys import Somebody, queries
from tests.rules import again, assert_refused, assert_rule
from volunteers.models import PairingActivity

pytestmark = pytest.mark.django_db

ONE = datetime.timedelta(days=1)
LINK = {"area": COMMUNITY, "tier": "unit_community", "party_body": "区财政局机关党委",
        "started_on": BEGUN}  # fmt: skip
PHONE = "13812340000"
VISIT = {"held_on": BEGUN + ONE, "content": "走访慰问独居老人", "people": 12, "result": "送去年货"}


@pytest.fixture
def clerk(db):
    return Somebody("community", COMMUNITY)


def test_whoever_works_with_a_pairing_calls_its_contact_and_nobody_else_reads_it(client, clerk):
    link = clerk.has_entered("pairings", **LINK, contact="周海龙", position="副书记", phone=PHONE)
    path = f"/desk/pairings/{link.pk}/"
    for somebody in (clerk, Somebody("grid_worker", COMMUNITY), Somebody("street", STREET)):
        assert PHONE in somebody.sees(path)
    auditor = client.get(f"/open/pairings/{link.pk}/").text.split('id="main"')[1]
    assert "区财政局机关党委" in auditor
    for hidden in (PHONE, "周", "138****0000"):
        assert hidden not in auditor
    assert Somebody("community", "620902004005").client.get(path).status_code == 404


def test_a_communitys_page_shows_who_pairs_with_it_and_its_grids(client, clerk, reference):
    grid = AreaFactory(code=GRID, name="第一网格")
    clerk.has_entered("pairings", **LINK, phone=PHONE)
    PairingLinkFactory(area=grid, tier="branch_grid", party_body="区法院第三党支部")
    PairingLinkFactory(area=grid.parent, party_body="早就结束的", ended_on=BEGUN)
    page = client.get(f"/areas/{COMMUNITY}/").text
    assert "谁来包联" in page
    assert "区财政局机关党委" in page
    assert "第一网格：区法院第三党支部" in page
    assert "早就结束的" not in page
    assert PHONE not in page
    before = queries(client, f"/areas/{COMMUNITY}/?as_of=2023-01-01")
    PairingLinkFactory(area=grid, tier="branch_grid")
    assert queries(client, f"/areas/{COMMUNITY}/?as_of=2023-01-01") == before


def test_what_was_done_is_noted_below_the_pairing_and_public(client, clerk):
    link = clerk.has_entered("pairings", **LINK)
    activity = clerk.has_entered("pairing-activities", of=link, **VISIT)
    assert (activity.link, activity.area_id) == (link, COMMUNITY)
    twice = clerk.enters("pairing-activities", of=link, **VISIT)
    assert "这天的这项活动已经登记。" in twice.text
    assert "1次，最近" in clerk.sees("/desk/pairings/")
    page = client.get(f"/open/pairing-activities/{activity.pk}/").text
    assert "送去年货" in page
    assert "区财政局机关党委" in page
    # Who only sees the pairing, or stands elsewhere, notes nothing
    worker, stranger = Somebody("grid_worker", COMMUNITY), Somebody("community", "620902004005")
    assert worker.enters("pairing-activities", of=link, **VISIT).status_code == 403
    assert stranger.enters("pairing-activities", of=link, **VISIT).status_code == 404
    assert PairingActivity.objects.count() == 1


def test_what_was_done_lies_within_the_term(clerk):
    link = clerk.has_entered("pairings", **LINK)
    early = clerk.enters("pairing-activities", of=link, **VISIT | {"held_on": BEGUN - ONE})
    assert "活动日期须在其间" in early.text
    many = clerk.enters("pairing-activities", of=link, **VISIT | {"people": 5000})
    assert "超出一般情况" in many.text
    clerk.has_entered("pairing-activities", of=link, **VISIT)
    assert "结束日期不能更早" in clerk.corrects(link, ended_on=BEGUN).text
    assert "开始日期不能更晚" in clerk.corrects(link, started_on=BEGUN + 2 * ONE).text
    clerk.corrects(link, ended_on=BEGUN + 2 * ONE)
    late = clerk.enters("pairing-activities", of=link, **VISIT | {"held_on": BEGUN + 3 * ONE})
    assert "活动日期须在其间" in late.text


def test_a_body_that_holds_more_places_than_usual_says_why(clerk):
    district = Somebody("district", DISTRICT)
    district.has_entered(
        "thresholds", area=DISTRICT, kind="pairing", value=2, effective_from=BEGUN, basis="区委通知"
    )
    for number in (5, 6):
        PairingLinkFactory(
            area=AreaFactory(code=f"620902004{number:03d}"), party_body=LINK["party_body"]
        )
    ended = PairingLinkFactory(party_body=LINK["party_body"], started_on=BEGUN - 9 * ONE)
    ended.ended_on = BEGUN - ONE
    ended.save()
    refused = clerk.enters("pairings", **LINK)
    assert "同时包联3处，超出一般情况（2处以内）" in refused.text
    link = clerk.has_entered("pairings", **LINK, explanation="单位职工最多，经区委组织部同意")
    # What is kept already is left in peace
    clerk.corrects(link, explanation="", ended_on=timezone.localdate())
    link.refresh_from_db()
    assert link.ended_on == timezone.localdate()


@pytest.mark.parametrize(
    ("broken", "message"), [({"people": 0}, "服务人次至少为1；没有统计的留空。")]
)
def test_rules(broken, message):
    assert_rule(PairingActivityFactory, broken, message)


def test_the_database_itself_keeps_an_activity_once():
    assert_refused(again(PairingActivityFactory()), "这天的这项活动已经登记。")
