"""M6: the bodies that govern a community together, drawn from records round their core."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from communities.models import CommitteeMember, CommitteeTerm, GoverningBody, ServedCompound
from communities.structure import BOX_HEIGHT, BOX_WIDTH, diagram
from suzhou_portal.figures.registry import figures
from suzhou_portal.lifecycle.moves import take
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.cobuilding import CoBuildingAgreementFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import (
    CommitteeMemberFactory,
    CommitteeTermFactory,
    GoverningBodyFactory,
)
from tests.factories.red_property import ServedCompoundFactory
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


def drawn_names(client, day=""):
    response = client.get(PAGE, {"as_of": day} if day else {})
    drawn = response.context["diagram"]
    return {body.name: body.public_head for body in drawn.bodies}


@pytest.fixture
def drawn(client, community):
    """A term of the committee, a company that serves a compound and an agreement, all drawn as bodies."""
    clerk = Somebody("community", COMMUNITY)
    clerk.has_entered("governing-bodies", **CORE)
    assert drawn_names(client) == {"阳关路社区党委": ""}
    term = CommitteeTermFactory(
        area=community, started_on="2022-06-01", ends_on=datetime.date(2027, 5, 31)
    )
    CommitteeMemberFactory(term=term, area=community, position="secretary", person__name="孙艳红")
    compound = ServedCompoundFactory(area=community, company__name="安居物业")
    agreement = CoBuildingAgreementFactory(
        area=community, unit="中心小学", state="signed", signed_on=DAY,
        valid_from=DAY, valid_to=datetime.date(2028, 5, 31),
    )  # fmt: skip
    company = {"kind": "property", "company": compound.company, "name": "", "founded_on": DAY}
    wrong = clerk.enters("governing-bodies", **{**company, "kind": "partner"})
    assert "类别为物业服务企业的才选物业企业。" in wrong.text
    assert "请填写名称" in clerk.enters("governing-bodies", **{**company, "company": ""}).text
    clerk.has_entered("governing-bodies", **company)
    clerk.has_entered(
        "governing-bodies", kind="partner", agreement=agreement, name="", founded_on=DAY
    )
    every = {"阳关路社区党委": "孙艳红", "安居物业": "", "中心小学": ""}
    assert drawn_names(client) == every
    return term, agreement


def test_the_head_of_a_committee_is_whoever_heads_its_term(client, drawn, community):
    CommitteeMember.objects.update(ended_on=DAY + ONE)
    CommitteeMemberFactory(
        term=drawn[0], area=community, position="secretary", person__name="王芳",
        started_on=DAY + 2 * ONE,
    )  # fmt: skip
    assert drawn_names(client)["阳关路社区党委"] == "王芳"
    assert drawn_names(client, DAY.isoformat())["阳关路社区党委"] == "孙艳红"


def test_the_picture_follows_the_records(client, drawn):
    # When company and unit go, they are no more in the picture, nor in the figure; on the day before they are
    last = datetime.date(2024, 1, 1)
    ServedCompound.objects.update(ended_on=last)
    take(drawn[1], "terminate", on=last, note="提前终止")
    assert drawn_names(client) == {"阳关路社区党委": "孙艳红"}
    assert {"安居物业", "中心小学"} <= {*drawn_names(client, (last - ONE).isoformat())}
    assert figures.get("governing_bodies").records_as_of(last + ONE).count() == 1
    # And when the term is over, so is its committee
    assert drawn_names(client, "2026-05-31")
    CommitteeTerm.objects.update(ends_on=datetime.date(2026, 5, 31))
    assert drawn_names(client) == {}


def test_a_body_refers_to_what_is_here():
    elsewhere = ServedCompoundFactory(area__code="620902004005")
    body = GoverningBodyFactory.build(
        area=AreaFactory(code=COMMUNITY), kind="property", company=elsewhere.company
    )
    with pytest.raises(ValidationError, match="在本社区没有服务的小区"):
        body.clean()
    agreement = CoBuildingAgreementFactory(area__code="620902004005")
    body = GoverningBodyFactory.build(area=AreaFactory(code=COMMUNITY), agreement=agreement)
    with pytest.raises(ValidationError, match="不是本社区签订的"):
        body.clean()


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
