"""M2 to M7: a dispute found in a grid becomes a mediation case, and is settled with it."""

import pytest

from communities.models import MediationCase
from tests.factories.areas import COMMUNITY, GRID, AreaFactory
from tests.factories.communities import GridEventFactory, PersonFactory
from tests.journeys import Somebody
from tests.rules import assert_database_refuses

DISPUTE = {"kind": "dispute", "title": "楼上漏水", "place": "6号楼", "contact": "王乙"}


@pytest.fixture
def clerk(db):
    AreaFactory(code=GRID)
    return Somebody("community", COMMUNITY)


@pytest.fixture
def case(clerk):
    event = clerk.has_entered("grid-events", area=GRID, **DISPUTE)
    clerk.has_taken(event, "mediate")
    return MediationCase.objects.get()


def accepted(clerk, case):
    clerk.corrects(case, party_b="李丙", mediators=[PersonFactory(area__code=COMMUNITY)])
    return clerk.has_taken(case, "accept")


def test_it_is_made_with_what_is_known_and_each_shows_the_other(clerk, case):
    event = case.event
    assert (case.subject, case.party_a, case.area_id) == ("楼上漏水", "王乙", COMMUNITY)
    assert (case.state, event.state, event.handler) == ("applied", "in_hand", clerk.user)
    assert "楼上漏水（待受理）" in clerk.sees(f"/desk/grid-events/{event.pk}/")
    assert "来自网格事件" in clerk.sees(f"/desk/mediation-cases/{case.pk}/")
    # One leads to the other, and an event that became no case lists none
    assert f'href="/desk/mediation-cases/{case.pk}/"' in clerk.sees(
        f"/desk/grid-events/{event.pk}/"
    )
    assert f'href="/desk/grid-events/{event.pk}/"' in clerk.sees(
        f"/desk/mediation-cases/{case.pk}/"
    )
    other = clerk.has_entered("grid-events", area=GRID, **{**DISPUTE, "title": "门前停车"})
    assert "还没有人民调解案件" not in clerk.sees(f"/desk/grid-events/{other.pk}/")
    # It can't be accepted before both parties are known
    clerk.corrects(case, mediators=[PersonFactory(area__code=COMMUNITY)])
    assert "请先在案件中填写双方当事人" in clerk.takes(case, "accept").text
    # While it is mediated, the event is not settled otherwise, nor mediated again
    assert "已转人民调解" in clerk.takes(event, "finish", result="算了").text
    assert "已转人民调解" in clerk.takes(event, "escalate", note="太难").text
    assert "mediate" not in clerk.offered(event)
    assert "已经转过调解" in clerk.takes(event, "mediate").text


def test_carried_out_it_finishes_the_event_which_another_checks(clerk, case):
    case = accepted(clerk, case)
    clerk.has_taken(case, "agree", agreement_form="oral", agreement="三日内修好。")
    case.event.refresh_from_db()
    assert case.event.state == "in_hand"  # agreed is not carried out
    clerk.has_taken(case, "fulfil")
    case.event.refresh_from_db()
    assert (case.event.state, case.event.handler) == ("handled", clerk.user)
    assert "协议已经履行" in case.event.result
    assert clerk.takes(case.event, "check").status_code == 403
    Somebody("community", COMMUNITY).has_taken(case.event, "check")


@pytest.mark.parametrize("verb", ["refuse", "fail", "end"])
def test_what_mediation_does_not_settle_is_the_handlers_again(clerk, case, verb):
    event = case.event
    if verb != "refuse":
        case = accepted(clerk, case)
    clerk.has_taken(case, verb, note="一方不愿调解")
    event.refresh_from_db()
    assert event.state == "in_hand"
    clerk.has_taken(event, "finish", result="已引导双方诉讼")


def test_only_a_dispute_is_mediated_and_only_by_whom_dispatches(clerk):
    other = clerk.has_entered("grid-events", area=GRID, **DISPUTE | {"kind": "safety"})
    assert "mediate" not in clerk.offered(other)
    assert "只有矛盾纠纷" in clerk.takes(other, "mediate").text
    dispute = GridEventFactory(kind="dispute", area_id=GRID)
    assert "mediate" in clerk.offered(dispute)
    assert Somebody("grid_worker", GRID).takes(dispute, "mediate").status_code == 403
    assert not MediationCase.objects.exists()


def test_it_becomes_one_case(clerk, case):
    assert_database_refuses(lambda: MediationCase.objects.create(
        area_id=COMMUNITY, event=case.event, kind="other", subject="又一件", party_a="王", party_b="李"
    ))  # fmt: skip
