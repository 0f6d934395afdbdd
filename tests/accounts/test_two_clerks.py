"""Two clerks save the same record: the second is told, nothing typed is lost, nothing is overwritten."""

import pytest

from communities.models import CommitteeTerm, Person
from suzhou_portal.accounts.roles import Role
from tests.accounts.world import clerk_of, page, signed_in
from tests.admin.test_admin import address
from tests.admin.test_forms import fields
from tests.committed import both
from tests.factories import communities
from tests.factories.areas import COMMUNITY, STREET, AreaFactory

NAMES = ("甲某", "乙某")


@pytest.fixture
def pair(home):
    """Two clerks of one community, signed in."""
    return [signed_in(clerk_of(COMMUNITY, name=name)) for name in NAMES]


def save(browser, record, sent):
    """Send the form."""
    return browser.post(address(type(record), "change", record.pk), sent)


def opened(browser, record):
    """What a browser would send of the page as it is shown now."""
    return fields(browser.get(address(type(record), "change", record.pk)))


@pytest.mark.django_db
def test_the_second_is_told_who_and_what_and_loses_nothing(pair, home):
    first, second = pair
    profile = communities.CommunityProfileFactory(area=home, office_hours="8:30")
    theirs, ours = opened(first, profile), opened(second, profile)
    assert save(first, profile, theirs | {"address": "解放路2号"}).status_code == 302

    answer = save(second, profile, ours | {"office_hours": "9:00"})
    told = page(answer)
    assert "甲某" in told
    assert "地址（现为“解放路2号”）" in told
    assert "办公时间（现为“8:30”）" in told
    assert "服务电话（现为" not in told
    profile.refresh_from_db()
    assert (profile.address, profile.office_hours) == ("解放路2号", "8:30")

    again = fields(answer)
    assert again["office_hours"] == "9:00"
    assert save(second, profile, again | {"address": "解放路2号"}).status_code == 302
    profile.refresh_from_db()
    assert (profile.address, profile.office_hours) == ("解放路2号", "9:00")


@pytest.mark.django_db
def test_whoever_only_looked_in_between_is_not_named(pair, home):
    first, second = pair
    person = communities.PersonFactory(area=home, phone="13900005678")
    theirs, ours = opened(first, person), opened(second, person)
    save(first, person, theirs | {"name": "张三"})
    looking = signed_in(clerk_of(COMMUNITY, name="丙某"))
    looking.post(address(Person, "reveal", person.pk, "phone"), {"reason": "核对联系方式"})
    told = page(save(second, person, ours | {"name": "张四"}))
    assert "甲某" in told
    assert "丙某" not in told.split("errornote")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "yes", "2022-06-01T00:00:00+00:00", None])
def test_a_form_without_its_version_is_told_as_well(version, pair, home):
    """Whoever leaves it out does not overwrite unseen."""
    browser, _ = pair
    person = communities.PersonFactory(area=home, name="张三")
    sent = opened(browser, person) | {"name": "张四", "version": version}
    sent = {name: value for name, value in sent.items() if value is not None}
    assert save(browser, person, sent).status_code == 200
    person.refresh_from_db()
    assert person.name == "张三"


@pytest.mark.django_db
def test_what_nobody_else_changed_is_saved_at_once(pair, home):
    browser, _ = pair
    person = communities.PersonFactory(area=home)
    for name in ("张三", "张四"):
        assert save(browser, person, opened(browser, person) | {"name": name}).status_code == 302
    person.refresh_from_db()
    assert person.name == "张四"


def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(committed):
    browsers = [signed_in(clerk_of(COMMUNITY, name=name)) for name in NAMES]
    profile = communities.CommunityProfileFactory(area=AreaFactory(), address="世纪大道1号")
    wanted = [f"解放路{number}号" for number in (2, 3)]
    sent = [
        opened(browser, profile) | {"address": address_}
        for browser, address_ in zip(browsers, wanted, strict=True)
    ]
    saves = [
        lambda browser=browser, values=values: save(browser, profile, values)
        for browser, values in zip(browsers, sent, strict=True)
    ]
    answers = both(profile, *saves)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    winner = [answer.status_code for answer in answers].index(302)
    profile.refresh_from_db()
    assert profile.address == wanted[winner]
    told = page(answers[1 - winner])
    assert NAMES[winner] in told
    assert f"地址（现为“{wanted[winner]}”）" in told
    assert wanted[1 - winner] in told


def test_of_two_who_add_what_can_be_there_once_the_second_is_told_at_the_form(committed):
    home = AreaFactory(code=COMMUNITY)
    browsers = [signed_in(clerk_of(STREET, role=Role.STREET, name=name)) for name in NAMES]
    add = address(CommitteeTerm, "add")
    sent = fields(browsers[0].get(add)) | {
        "area": COMMUNITY, "kind": "residents", "number": "9", "started_on": "2022-01-01",
        "seats": "7",
    }  # fmt: skip
    acts = [lambda one=one: page(one.post(add, sent)) for one in browsers]
    answers = both(home, *acts)
    assert CommitteeTerm.objects.count() == 1
    assert sorted(map(len, answers))[0] == 0
    assert "重叠" in max(answers, key=len)
