"""M9: who serves in a community's two committees, in which term, and which seats are vacant."""

import datetime
import re

import pytest

from communities.models import CommitteeMember, CommitteeTerm
from suzhou_portal.figures import door
from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import CommitteeMemberFactory, CommitteeTermFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_database_refuses, assert_refused, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


def test_a_term_its_members_and_its_vacancies(client):
    # Given the street that keeps the committees, and a term of five seats
    street, clerk = Somebody("street", STREET), Somebody("community", COMMUNITY)
    term = street.has_entered(
        "committee-terms", area=COMMUNITY, kind="residents", number=9, seats=5,
        started_on="2022-06-01", ends_on="",
    )  # fmt: skip
    # Then the law's five years are its length, and its vacancies wait
    assert term.ends_on == datetime.date(2027, 5, 31)
    assert "有空缺的“两委”班子" in street.sees("/desk/")
    # When members are entered
    people = [PersonFactory(name=f"李明{number}") for number in range(6)]
    for person in people[:4]:
        street.has_entered(
            "committee-members", of=term, person=person, position="member", started_on=""
        )
    director = street.has_entered(
        "committee-members", of=term, person=people[4], position="director", started_on=""
    )
    # Then no seat is left, and one more is refused at the field
    assert "空缺（人）</dt><dd>0" in street.sees(f"/desk/committee-terms/{term.pk}/")
    refused = street.enters(
        "committee-members", of=term, person=people[5], position="member", started_on=""
    )
    assert refused.context["form"].errors["person"] == [
        "本届职数5人，已满；请先填离任者的离任日期。"
    ]
    # When one leaves, another follows
    street.corrects(director, ended_on="2022-12-31")
    street.has_entered(
        "committee-members", of=term, person=people[5], position="director", started_on="2023-01-01"
    )
    # Then the register names those who serve in full, and the community sees but does not change it
    page = client.get("/open/committee-members/").text
    assert people[5].name in page
    assert people[4].name not in page
    assert clerk.client.get(f"/desk/committee-terms/{term.pk}/").status_code == 200
    assert clerk.client.get(f"/desk/committee-terms/{term.pk}/edit/").status_code == 403
    assert clerk.client.get(f"/desk/committee-members/new/?of={term.pk}").status_code == 403


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"position": "secretary"}, "position", "社区居委会没有“书记”一职。"),
        ({"started_on": "2022-05-31"}, "started_on", "任职日期须在本届任期之内。"),
        ({"ended_on": "2027-06-01"}, "ended_on", "离任日期须在本届任期之内。"),
    ],
)
def test_what_does_not_fit_the_term_is_said_at_the_field(values, field, message):
    term = CommitteeTermFactory(kind="residents")
    street = Somebody("street", STREET)
    given = {"person": PersonFactory(), "position": "member", "started_on": ""} | values
    refused = street.enters("committee-members", of=term, **given)
    assert refused.context["form"].errors[field] == [message]


def test_of_two_who_fill_the_last_seat_at_once_one_is_told(monkeypatch):
    term = CommitteeTermFactory(seats=1)
    CommitteeMemberFactory(term=term)
    # Given that the other had not saved yet when this one was checked
    check, checks = CommitteeMember.clean, []
    monkeypatch.setattr(
        CommitteeMember,
        "clean",
        lambda member: check(member) if checks else checks.append(member),
    )
    refused = Somebody("street", STREET).enters(
        "committee-members", of=term, person=PersonFactory(), position="member",
        started_on=DAY.isoformat(),
    )  # fmt: skip
    assert "person" in refused.context["form"].errors
    assert term.members.count() == 1


def test_fewer_seats_than_members_are_refused():
    term = CommitteeTermFactory(seats=2)
    CommitteeMemberFactory.create_batch(2, term=term)
    refused = Somebody("street", STREET).corrects(term, seats=1)
    assert refused.context["form"].errors["seats"] == ["已有2人同时任职，职数不能少于2人。"]


class TestTheDatabaseItself:
    """Past every form."""

    def test_never_more_serve_than_there_are_seats(self):
        term = CommitteeTermFactory(seats=1)
        member = CommitteeMemberFactory(term=term, ended_on=DAY + ONE)
        CommitteeMemberFactory(term=term, started_on=DAY + 2 * ONE)
        members = CommitteeMember.objects.filter(pk=member.pk)
        assert_database_refuses(lambda: members.update(ended_on=DAY + 2 * ONE))
        assert_database_refuses(lambda: members.update(ended_on=None))
        assert_database_refuses(lambda: CommitteeTerm.objects.update(seats=0))
        extra = CommitteeMember(
            area=term.area, term=term, person=PersonFactory(), position="member", started_on=DAY
        )
        assert_refused(extra, "本届职数1人，已满；请先填离任者的离任日期。")

    @pytest.mark.parametrize(
        "broken",
        [
            {"position": "director"},
            {"started_on": DAY - ONE},
            {"ended_on": datetime.date(2027, 6, 1)},
            {"area": STREET},
        ],
    )
    def test_members_fit_their_term(self, broken):
        CommitteeMemberFactory()
        assert_database_refuses(lambda: CommitteeMember.objects.update(**broken))

    def test_a_term_does_not_shrink_past_its_members(self):
        CommitteeMemberFactory(position="secretary")
        assert_database_refuses(lambda: CommitteeTerm.objects.update(started_on=DAY + ONE))
        assert_database_refuses(lambda: CommitteeTerm.objects.update(kind="residents"))

    def test_terms_of_one_committee_do_not_overlap(self):
        term = CommitteeTermFactory()
        again = CommitteeTerm(
            area=term.area, kind="party", number=term.number + 1, seats=5, started_on=term.ends_on,
            ends_on=term.ends_on + ONE,
        )  # fmt: skip
        assert_refused(again, "与该社区另一届社区党委的任期重叠，请核对起止日期。")
        again.started_on += ONE
        again.full_clean()
        again.save()
        CommitteeTermFactory(kind="residents", started_on=DAY)


def test_vacancies_of_many_terms_cost_the_same_as_of_one(client):
    street = Somebody("street", STREET).client
    paths = ("/desk/committee-terms/", "/admin/communities/committeeterm/")

    def costs():
        return [
            *(queries(street, path) for path in paths),
            queries(client, "/open/committee-members/"),
        ]

    CommitteeMemberFactory()
    costs()  # what Django keeps after its first request
    with_one = costs()
    for number in range(10, 20):
        CommitteeMemberFactory(area__code=f"{STREET}{number:03d}")
    assert costs() == with_one


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
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


def test_a_term_about_to_end_waits_until_the_next_is_on_record():
    today = datetime.date.today()  # noqa: DTZ011 - the site's day without a demonstration
    term = CommitteeTermFactory(ends_on=today + 90 * ONE)
    street = Somebody("street", STREET)
    due = re.compile("六个月内届满或已届满、尚未换届的“两委”班子")
    assert due.search(street.sees("/desk/"))
    CommitteeTermFactory(
        number=term.number + 1, started_on=term.ends_on + ONE, ends_on=term.ends_on + 2000 * ONE
    )
    assert not due.search(street.sees("/desk/"))


def test_figures_of_committees_count_as_of_a_day():
    term = CommitteeTermFactory(seats=3)
    CommitteeMemberFactory(term=term, started_on=DAY + ONE)
    CommitteeMemberFactory(term=term, ended_on=DAY)

    def figures(day):
        keys = ("committee_seats", "committee_members", "committee_vacancies")
        return [door.value(key, STREET, day).value for key in keys]

    assert figures(DAY) == [3, 1, 2]
    assert figures(DAY + ONE) == [3, 1, 2]
    assert figures(term.ends_on + ONE) == [0, 0, 0]


def test_a_stranger_neither_sees_nor_changes_them():
    stranger, term = Somebody("street", "620902005"), CommitteeTermFactory()
    assert stranger.client.get(f"/desk/committee-terms/{term.pk}/").status_code == 404
    assert stranger.client.get(f"/desk/committee-terms/{term.pk}/edit/").status_code == 404
