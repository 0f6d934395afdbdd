"""M25: with whom a foundation was talked, what was agreed, and what came of it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from charity.models import PartnershipTalk
from tests.factories import BEGUN
from tests.factories import charity as make
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db

ONE = datetime.timedelta(days=1)
TALK = {"talked_on": BEGUN, "counterpart": "钱主任", "position": "项目部主任", "phone": "13812340000",
        "said": "有意资助儿童之家"}  # fmt: skip


@pytest.fixture
def partnership(db):
    """One that is still talked about."""
    return make.PartnershipFactory(
        area=AreaFactory(code=DISTRICT), state="talking", started_on=None
    )


def test_talks_are_noted_until_it_is_over_and_read_by_those_who_lead_them(partnership):
    clerk = Somebody("district", DISTRICT)
    talk = clerk.has_entered("partnership-talks", of=partnership, **TALK)
    # Whoever works with it reads whom to call; a community, which only chooses it, reads no talks
    own = clerk.sees(f"/desk/partnership-talks/{talk.pk}/")
    assert "13812340000" in own
    assert "钱主任" in own
    community = Somebody("community", COMMUNITY)
    assert "有意资助" not in community.sees(f"/desk/partnerships/{partnership.pk}/")
    assert community.client.get(f"/desk/partnership-talks/{talk.pk}/").status_code == 404
    assert (
        "不在您的管辖范围内" in community.enters("partnership-talks", of=partnership, **TALK).text
    )
    assert PartnershipTalk.objects.count() == 1
    # Nothing of it is public, once it is agreed
    clerk.has_taken(partnership, "agree", taken_on=BEGUN, summary="共建儿童之家")
    public = Client().get(f"/open/partnerships/{partnership.pk}/").text
    assert "钱" not in public.split('id="main"')[1]
    # And once it is over nobody talks any more
    clerk.has_entered("partnership-talks", of=partnership, **TALK | {"said": "商定续签"})
    clerk.has_taken(partnership, "end", outcome="建成三处")
    assert (
        "不能增加或修改对接记录" in clerk.enters("partnership-talks", of=partnership, **TALK).text
    )


def test_what_came_of_it_follows_from_the_records_that_refer_to_it(partnership):
    clerk = Somebody("district", DISTRICT)
    clerk.has_taken(partnership, "agree", taken_on=BEGUN, summary="共建儿童之家")
    known = {"area": partnership.area, "partnership": partnership}
    make.CharityResourceFactory(**known, name="图书", value=Decimal(500))
    make.CharityResourceFactory(**known, state="reversed", reversed_on=BEGUN, value=Decimal(900))
    make.CharityProjectFactory(**known, name="书屋", amount=Decimal(2000))
    make.CharityProjectFactory(**known, name="没有开始的", state="planned", started_on=None)
    # On its page and in the lists, the public's too: neither what was reversed nor what is planned
    for page in (
        clerk.sees("/desk/partnerships/"),
        Client().get("/open/partnerships/").text,
        Client().get(f"/open/partnerships/{partnership.pk}/").text,
    ):
        assert "1笔，价值500.00元" in page
        assert "1个，投入2,000.00元" in page
        assert "没有开始的" not in page
    assert "图书（500.00元）" in clerk.sees(f"/desk/partnerships/{partnership.pk}/")
    assert "书屋（实施中）" in Client().get(f"/open/partnerships/{partnership.pk}/").text


def test_the_list_costs_the_same_whatever_came_of_them(partnership):
    clerk = Somebody("district", DISTRICT)
    make.CharityResourceFactory(area=partnership.area, partnership=partnership)
    make.CharityProjectFactory(area=partnership.area, partnership=partnership)
    clerk.sees("/desk/partnerships/")
    before = queries(clerk.client, "/desk/partnerships/")
    for _ in range(3):
        other = make.PartnershipFactory(area=partnership.area)
        make.CharityResourceFactory(area=partnership.area, partnership=other)
        make.CharityProjectFactory(area=partnership.area, partnership=other)
    assert queries(clerk.client, "/desk/partnerships/") == before


def test_an_agreement_that_ran_out_says_so(partnership):
    clerk, today = Somebody("district", DISTRICT), timezone.localdate()
    clerk.has_taken(partnership, "agree", taken_on=BEGUN, summary="共建", valid_to=today - ONE)
    path = f"/desk/partnerships/{partnership.pk}/"
    assert "已到期" in clerk.sees(path)
    clerk.has_taken(partnership, "renew", valid_to=today + 30 * ONE)
    assert "还有30天到期" in clerk.sees(path)
    clerk.has_taken(partnership, "renew", valid_to=today + 400 * ONE)
    assert "天到期" not in clerk.sees(path)
