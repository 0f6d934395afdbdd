"""M6 and M9: what the rules of governing bodies and committees refuse."""

import datetime

import pytest

from communities.models import CommitteeMember, CommitteeTerm, GoverningBody
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.communities import PersonFactory
from tests.factories.governing import (
    CommitteeMemberFactory,
    CommitteeTermFactory,
    GoverningBodyFactory,
)
from tests.rules import assert_refused, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
PAGE = f"/areas/{COMMUNITY}/structure/"
CORE = {"kind": "party_committee", "name": "阳关路社区党委", "founded_on": "2020-01-01"}


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (GoverningBodyFactory, {"ended_on": DAY - ONE}, "终止日期不能早于成立日期。"),
        (GoverningBodyFactory, {"kind": "party_committee", "ended_on": DAY - ONE},
         "终止日期不能早于成立日期。"),
        (GoverningBodyFactory, {"area_id": STREET}, "治理主体属于社区：请选择社区。"),
        (CommitteeTermFactory, {"ends_on": DAY - ONE}, "任期届满不能早于任期开始。"),
        (CommitteeTermFactory, {"area_id": STREET}, "“两委”属于社区：请选择社区。"),
        (CommitteeTermFactory, {"kind": "residents", "seats": 4},
         "居委会由5至9人组成，党委至少1人。"),
        (CommitteeTermFactory, {"seats": 0}, "居委会由5至9人组成，党委至少1人。"),
        (CommitteeMemberFactory, {"started_on": DAY + 2 * ONE, "ended_on": DAY + ONE}, "离任日期不能早于任职日期。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    assert_rule(factory, broken, message)


def test_what_is_there_once():
    body = GoverningBodyFactory(head=PersonFactory())
    twice = GoverningBody(area=body.area, kind=body.kind, name=body.name, founded_on=DAY)
    assert_refused(twice, "该社区已登记这一主体。")
    named_twice = GoverningBody(
        area=body.area, kind="other", name="甲", founded_on=DAY, head=body.head, head_name="王"
    )
    assert_refused(named_twice, "负责人从人员中选，或者写姓名，只填一处。")
    member = CommitteeMemberFactory(position="secretary")
    second = CommitteeMember(
        area=member.area, term=member.term, person=PersonFactory(), position="secretary",
        started_on=DAY,
    )  # fmt: skip
    assert_refused(second, "本届已有在任的书记或主任，请先填其离任日期。")
    second.person, second.position = member.person, "member"
    assert_refused(second, "此人已在本届班子任职。")
    term = CommitteeTerm(
        area=member.area, kind="party", number=member.term.number, seats=5,
        started_on=member.term.ends_on + ONE, ends_on=member.term.ends_on + ONE,
    )  # fmt: skip
    assert_refused(term, "该社区这一届班子已登记。")
