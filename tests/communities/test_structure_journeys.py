"""M6: the bodies that govern a community together, drawn from records round their core."""

import datetime

import pytest

from communities.models import GoverningBody
from communities.structure import BOX_HEIGHT, BOX_WIDTH, diagram
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import GoverningBodyFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_refused, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
PAGE = f"/areas/{COMMUNITY}/structure/"
CORE = {"kind": "party_committee", "name": "阳关路社区党委", "founded_on": "2020-01-01"}


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


def test_a_community_draws_its_structure(client):
    # Given a community whose clerk has entered nothing yet
    clerk = Somebody("community", COMMUNITY)
    assert "还没有登记治理主体" in client.get(PAGE).text
    # When the clerk enters the core, and bodies round it
    head = PersonFactory(name="孙艳红")
    clerk.has_entered("governing-bodies", head=head, **CORE)
    clerk.has_entered(
        "governing-bodies", kind="owners", name="业主委员会", head_name="王小明",
        founded_on="2021-01-01",
    )  # fmt: skip
    # Then the page draws them, says the same in words and as a table, and the area page leads there
    page = client.get(PAGE).text
    drawing = page[page.index("<svg class") : page.index("</svg>")]
    assert 'role="img"' in drawing
    assert "<title" in drawing
    assert "核心是阳关路社区党委；周围有业主委员会1个。" in drawing
    assert "style=" not in page
    table = page[page.index("<tbody>") :]
    assert table.index("阳关路社区党委") < table.index("业主委员会")
    # Heads in public office are named, others masked
    assert "孙艳红" in table
    assert "王*" in table
    assert "王小明" not in page
    assert PAGE in client.get(f"/areas/{COMMUNITY}/").text


def test_there_is_one_core_on_any_day():
    clerk = Somebody("community", COMMUNITY)
    first = clerk.has_entered("governing-bodies", **CORE)
    second = CORE | {"name": "新党委", "founded_on": "2022-06-01"}
    refused = clerk.enters("governing-bodies", **second)
    message = "该社区同一时间只能有一个社区党委，请先填原有的终止日期。"
    assert message in refused.text
    clerk.corrects(first, ended_on="2022-05-31")
    clerk.has_entered("governing-bodies", **second)
    core = {"kind": "party_committee", "founded_on": DAY + ONE}
    assert_refused(GoverningBodyFactory.build(area_id=COMMUNITY, area=None, **core), message)
    with_other = GoverningBodyFactory(area__code="620902004005", **core)
    assert with_other.is_core


def test_bodies_without_a_core_wait_and_are_drawn_round_an_empty_place(client):
    clerk = Somebody("community", COMMUNITY)
    clerk.has_entered("governing-bodies", kind="partner", name="小学", founded_on="2021-01-01")
    assert "还没有登记社区党委的治理主体" in clerk.sees("/desk/")
    assert "尚未登记社区党委" in client.get(PAGE).text


@pytest.mark.parametrize("number", [0, 1, 3, 8, 9, 14, 31])
def test_no_two_boxes_meet_however_many_there_are(number):
    bodies = [
        GoverningBody(pk=n, kind="partner", name="很长的共建单位名称需要省略的")
        for n in range(number)
    ]
    drawn = diagram([*bodies, GoverningBody(pk=99, kind="party_committee", name="党委")])
    corners = [(box.x, box.y) for box in drawn.boxes]
    assert len(corners) == number + 1
    for number, (x, y) in enumerate(corners):
        assert 0 <= x <= drawn.width - BOX_WIDTH
        assert 0 <= y <= drawn.height - BOX_HEIGHT
        for other_x, other_y in corners[:number]:
            assert abs(x - other_x) >= BOX_WIDTH or abs(y - other_y) >= BOX_HEIGHT


def test_a_structure_costs_the_same_for_any_number_of_bodies(client):
    GoverningBodyFactory(head=PersonFactory())
    client.get(PAGE)
    with_one = queries(client, PAGE)
    for _ in range(2):
        GoverningBodyFactory(head=PersonFactory())
    assert queries(client, PAGE) == with_one


@pytest.mark.parametrize("code", [STREET, DISTRICT, f"{COMMUNITY}001", "620903", "110101001001"])
def test_only_a_community_has_a_structure(client, code):
    AreaFactory(code=f"{COMMUNITY}001")
    assert client.get(f"/areas/{code}/structure/").status_code == 404


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"ended_on": DAY - ONE}, "终止日期不能早于成立日期。"),
        ({"kind": "party_committee", "ended_on": DAY - ONE}, "终止日期不能早于成立日期。"),
        ({"area_id": STREET}, "治理主体属于社区：请选择社区。"),
    ],
)
def test_rules(broken, message):
    assert_rule(GoverningBodyFactory, broken, message)


def test_what_is_there_once():
    body = GoverningBodyFactory(head=PersonFactory())
    twice = GoverningBody(area=body.area, kind=body.kind, name=body.name, founded_on=DAY)
    assert_refused(twice, "该社区已登记这一主体。")
    named_twice = GoverningBody(
        area=body.area, kind="other", name="甲", founded_on=DAY, head=body.head, head_name="王"
    )
    assert_refused(named_twice, "负责人从人员中选，或者写姓名，只填一处。")


def test_a_stranger_changes_nothing():
    stranger, body = Somebody("community", "620902004005"), GoverningBodyFactory()
    assert stranger.client.get(f"/desk/governing-bodies/{body.pk}/edit/").status_code == 404
