"""M9 优化“两委”班子: what a committee is made of, beside what the one before was."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from communities.models import CommitteeMember
from suzhou_portal.audit.models import AuditEntry
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import CommitteeMemberFactory, CommitteeTermFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
PAGE = f"/areas/{COMMUNITY}/committees/"
KNOWN = {"sex": "female", "education": "college", "politics": "party"}


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


@pytest.fixture
def terms(community):
    """A term that was over, and the one that followed."""
    former = CommitteeTermFactory(
        area=community, kind="residents", number=8, started_on=DAY - 1826 * ONE, ends_on=DAY - ONE
    )
    return former, CommitteeTermFactory(area=community, kind="residents", number=9, started_on=DAY)


def members(term, *like, **more):
    """A member for each of these."""
    for one in like:
        CommitteeMemberFactory(
            term=term, area=term.area, started_on=term.started_on, **{**one, **more}
        )


def rows(page, number):
    """Heading, this term, the one before, of one of the two tables."""
    label, lines = page.context["tables"][number]
    return label, {name: (now, before) for name, now, before in lines}


def test_a_term_is_compared_with_the_one_before(terms, client):
    former, term = terms
    # Given an older term of which not all is known; and one of its members who left before its end
    members(former, {"born": "1960-01", "education": "basic", "politics": "masses"}, {})
    members(former, {**KNOWN, "born": "1990-01"}, ended_on=DAY - 400 * ONE)
    # And a younger one
    members(term, *[{**KNOWN, "born": f"198{year}-06"} for year in range(3)])
    members(term, {"sex": "male", "education": "secondary", "politics": "masses"}, {})
    # Then anybody sees both, nobody's age, and who is not known is no no
    label, told = rows(client.get(PAGE), 1)
    assert label == "社区居委会"
    assert told == {
        "成员": ("5人", "2人"),
        "任职时平均年龄": ("登记不足5人，不公布", "登记不足5人，不公布"),
        "大专及以上学历": ("3人，占75%（1人未登记）", "0人，占0%（1人未登记）"),
        "中共党员": ("3人，占75%（1人未登记）", "0人，占0%（1人未登记）"),
        "女性": ("3人，占75%（1人未登记）", "未登记"),
    }
    # And the offices see it, with the age, at the term
    said = Somebody("street", STREET).sees(f"/desk/committee-terms/{term.pk}/")
    assert "任职时平均年龄：41.0岁（2人未登记），上一届57.0岁（1人未登记）" in said
    assert "上一届" not in Somebody("street", STREET).sees(f"/desk/committee-terms/{former.pk}/")
    # Five ages known are told
    type(term).objects.filter(pk=term.pk).update(seats=7)
    members(term, {"born": "1980-06"}, {"born": "1980-06"})
    assert rows(client.get(PAGE), 1)[1]["任职时平均年龄"][0] == "41.4岁（2人未登记）"
    assert rows(client.get(f"/areas/{DISTRICT}/committees/"), 1)[1]["成员"] == ("7人", "2人")
    assert PAGE in client.get(f"/areas/{COMMUNITY}/").text
    assert client.get(f"/areas/{COMMUNITY}001/committees/").status_code == 404


def test_the_page_costs_the_same_for_any_number(terms, client):
    members(terms[1], {})
    client.get(PAGE)
    with_one = queries(client, PAGE)
    members(terms[1], {}, {})
    members(terms[0], {}, {})
    assert queries(client, PAGE) == with_one


def test_how_members_were_chosen_and_when_they_were_born(terms, client):
    street, clerk = Somebody("street", STREET), Somebody("community", COMMUNITY)
    person = PersonFactory(name="李明")
    entered = {
        "person": person, "position": "member", "started_on": DAY, "chosen": "elected",
        "chosen_on": DAY - ONE, "born": "1978-06", **KNOWN,
    }  # fmt: skip
    wrong = street.enters("committee-members", of=terms[1], **{**entered, "born": "1978年6月"})
    assert "请写成年和月" in wrong.text
    late = street.enters("committee-members", of=terms[1], **{**entered, "chosen_on": DAY + ONE})
    assert "任职日期不能早于选举（任命）日期。" in late.text
    member = street.has_entered("committee-members", of=terms[1], **entered)
    # Nobody reads the month of birth without a reason, nor in public, nor in the trail
    for page in (
        street.sees(f"/desk/committee-members/{member.pk}/"),
        clerk.sees(f"/desk/committee-members/{member.pk}/"),
        client.get(f"/open/committee-members/{member.pk}/").text,
    ):
        assert "1978" not in page
        assert "换届选举" in page
    entry = AuditEntry.objects.filter(model="communities.committeemember").latest("pk")
    assert "1978" not in f"{entry.old}{entry.new}"
    # Whoever may not keep committees does not change it
    assert clerk.corrects(member, education="master").status_code in (403, 404)


def test_the_month_of_birth_is_kept_until_the_next_term_is_over(terms):
    former, term = terms
    members(former, {"born": "1960-01"})
    members(term, {"born": "1980-01"})
    kept = CommitteeMember.objects.past_use
    assert not kept(term.ends_on).exists()
    assert [one.term for one in kept(term.ends_on + 2 * ONE)] == [former]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"chosen": "elected"}, "产生方式和选举（任命）日期须同时填写"),
        ({"chosen_on": DAY}, "产生方式和选举（任命）日期须同时填写"),
    ],
)
def test_rules(broken, message):
    member = CommitteeMemberFactory()
    for name, value in broken.items():
        setattr(member, name, value)
    with pytest.raises(ValidationError, match=message):
        member.full_clean()


def test_the_day_of_election_is_not_after_the_first_day():
    assert_rule(
        CommitteeMemberFactory,
        {"chosen": "elected", "chosen_on": datetime.date(2024, 1, 1)},
        "任职日期不能早于选举（任命）日期。",
    )
