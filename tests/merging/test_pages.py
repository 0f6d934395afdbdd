"""可能重复, as a clerk carries it through: asked at entry, listed, on the desk, judged side by side."""

import pytest
from django.urls import reverse

from communities.models import Person, Post
from organizations.models import SocialOrganization
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.merging.merge import merge
from suzhou_portal.merging.models import Verdict
from tests.accounts.world import clerk_of
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import EnrolmentFactory, PersonFactory, PostFactory
from tests.factories.organizations import PurchasedProjectFactory, SocialOrganizationFactory
from tests.factories.service import VolunteerFactory
from tests.imports.files import as_csv, row, sheet
from tests.imports.test_at_once import brings
from tests.journeys import Somebody, queries
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
NEIGHBOUR = "620902005001"


@pytest.fixture
def clerk():
    return Somebody("community", COMMUNITY)


@pytest.fixture
def pair(clerk):
    area = AreaFactory(code=COMMUNITY)
    one = PersonFactory(area=area, name="张三", phone="13800001111")
    other = PersonFactory(area=area, name="张三", phone="")
    PostFactory(person=other, area=area)
    return one, other


def path(one, other, kind="person"):
    return reverse("twin_pair", args=[kind, one.pk, other.pk])


def judged(who, at, **sent):
    """Send the page of a pair with a button, as it was shown."""
    form = who.client.get(at).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return who.client.post(at, shown | sent, follow=True)


def test_a_pair_is_found_shown_and_merged(clerk, pair):
    one, other = pair
    assert "可能重复的人员</a> <strong>1</strong>" in clerk.sees("/desk/")
    assert path(one, other) in clerk.sees("/twins/person/")
    assert "/twins/person/" in clerk.sees("/admin/communities/person/")
    page = clerk.sees(path(one, other))
    assert f"{Post._meta.verbose_name} 1" in page
    assert "13800001111" in page  # their own people, whom they may call to ask
    answer = judged(clerk, path(one, other), merge="1")
    kept, gone = Person.objects.get(), one  # what more hangs on stays
    assert (kept, kept.phone) == (other, "13800001111")  # and what it leaves blank is filled in
    assert f"原编号{gone.pk}" in answer.text
    assert clerk.user.get_short_name() in answer.text
    assert "可能重复的人员" not in clerk.sees("/desk/")
    entries = AuditEntry.objects.filter(model="communities.person", object_id=str(gone.pk))
    assert entries.filter(action="delete", actor_id=clerk.user.pk).exists()


def test_the_history_is_read_from_the_one_that_stays(clerk, pair):
    one, other = pair
    key = one.pk
    merge(other, one, by=None)
    page = clerk.sees(f"/admin/communities/person/{other.pk}/change/")
    history = reverse("merged_records", args=["person", other.pk])
    assert history in page
    assert "138****1111" in clerk.sees(history)
    former = clerk.client.get(f"/admin/communities/person/{key}/change/")
    assert former.headers["Location"] == f"/admin/communities/person/{other.pk}/change/"


def test_former_addresses_lead_on(clerk, client):
    kept, gone = VolunteerFactory(area__code=COMMUNITY), VolunteerFactory(area__code=COMMUNITY)
    key = gone.pk
    merge(kept, gone, by=None)
    assert kept.name in clerk.client.get(f"/desk/volunteers/{key}/", follow=True).text
    assert "合并历史" in clerk.sees(f"/desk/volunteers/{kept.pk}/")
    stays, goes = SocialOrganizationFactory(), SocialOrganizationFactory()
    key = goes.pk
    merge(stays, goes, by=None)
    answer = client.get(f"/organizations/{key}/")
    assert answer.headers["Location"] == stays.get_absolute_url()
    assert client.get("/organizations/999999/").status_code == 404
    assert client.post(f"/organizations/{key}/").status_code == 405


def test_two_that_are_not_one_are_remembered(clerk, pair):
    judged(clerk, path(*pair), apart="1")
    assert "可能重复的人员" not in clerk.sees("/desk/")
    assert "没有可能重复的记录" in clerk.sees("/twins/person/")
    assert f"{clerk.user.get_short_name()}认定：不是同一个" in clerk.sees(path(*pair))
    assert Verdict.objects.get().entered_by == clerk.user


def test_what_cannot_be_is_said_with_the_rows(clerk, pair):
    course = EnrolmentFactory(person=pair[0], area=pair[0].area).course
    EnrolmentFactory(person=pair[1], area=pair[1].area, course=course)
    answer = judged(clerk, path(*pair), merge="1")
    assert "不能转入" in answer.text
    assert Person.objects.count() == 2


def test_who_comes_second_is_told(clerk, pair):
    at = path(*pair)
    form = clerk.client.get(at).context["form"]
    shown = {name: form[name].value() for name in form.fields} | {"merge": "1"}
    pair[0].name = "张三丰"
    pair[0].save()
    answer = clerk.client.post(at, shown)
    assert "别人修改了其中一条" in answer.text
    assert Person.objects.count() == 2
    merge(pair[1], pair[0], by=None)
    answer = clerk.client.post(at, shown, follow=True)
    assert "并入另一条记录" in answer.text
    assert clerk.client.get(path(pair[1], pair[1])).status_code == 404


@pytest.mark.parametrize("role", ["grid_worker", "hr", "auditor", "administrator"])
def test_nobody_else_judges(pair, role):
    stranger = Somebody(role, DISTRICT if role != "grid_worker" else f"{COMMUNITY}001")
    for at in ("/twins/person/", path(*pair)):
        assert stranger.client.get(at).status_code == 403
    assert stranger.client.post(path(*pair), {"apart": "1"}).status_code == 403
    assert not Verdict.objects.exists()


def test_a_pair_of_two_communities_is_their_superiors(clerk):
    near = PersonFactory(name="张三", phone="13800001111", area__code=COMMUNITY)
    far = PersonFactory(name="张三", phone="13800001111", area__code=NEIGHBOUR)
    for at in (path(near, far), reverse("merged_records", args=["person", far.pk])):
        assert clerk.client.get(at).status_code == 404
    assert "没有可能重复的记录" in clerk.sees("/twins/person/")
    district = Somebody("district", DISTRICT)
    assert path(near, far) in district.sees("/twins/person/")
    judged(district, path(near, far), merge="1")
    assert Person.objects.count() == 1


def test_the_list_is_of_one_division_too():
    for code in (COMMUNITY, NEIGHBOUR):
        for _ in range(2):
            PersonFactory(name=f"张{code[-1]}", area=AreaFactory(code=code))
    street = COMMUNITY[:9]
    district = Somebody("district", DISTRICT)
    assert len(district.client.get("/twins/person/").context["pairs"]) == 2
    page = district.client.get("/twins/person/", {"area": street})
    assert [pair[0][0].area_id for pair in page.context["pairs"]] == [COMMUNITY]
    assert district.client.get("/twins/person/", {"area": "110101"}).status_code == 404


def test_the_list_costs_the_same_however_many(clerk, pair):
    before = queries(clerk.client, "/twins/person/")
    for number in range(6):
        for _ in range(2):
            PostFactory(person=PersonFactory(area=pair[0].area, name=f"李{number}"))
    assert queries(clerk.client, "/twins/person/") == before


def test_a_clerk_is_asked_once_at_entry(clerk):
    known = VolunteerFactory(area=AreaFactory(code=COMMUNITY), name="王五")
    values = {
        "area": COMMUNITY, "name": "王五", "phone": "13900002222", "registered_on": "2023-01-01",
        "left_on": "",
    }  # fmt: skip
    answer = clerk.enters("volunteers", **values)
    assert f"可能已有：{known}" in answer.text
    assert Volunteer.objects.count() == 1
    clerk.has_entered("volunteers", **values, explanation="同名，另一位居民")
    assert Volunteer.objects.count() == 2
    assert "可能重复的志愿者" not in clerk.sees("/desk/")  # which the clerk has said already


def test_a_form_tells_of_nobody_elsewhere(clerk):
    VolunteerFactory(
        area=AreaFactory(code=NEIGHBOUR), name="王五", phone="13900002222", left_on="2023-02-01"
    )
    clerk.has_entered(
        "volunteers", area=COMMUNITY, name="王五", phone="13900002222", registered_on="2023-01-01",
        left_on="",
    )  # fmt: skip


def test_an_import_names_the_rows_that_may_be_there_twice():
    PersonFactory(area=AreaFactory(code=COMMUNITY), name="张三")
    by = clerk_of(COMMUNITY, role="community")
    rows = [row("people", name=name) for name in ("张三", "李四")]
    outcome = brings("people", as_csv(sheet("people", *rows)), by)
    assert outcome.problems == []
    assert (outcome.imported, outcome.doubles, outcome.doubled) == (2, 1, ["张三"])
    assert outcome.asked == "，其中张三1条可能与另一条是同一个，请在“可能重复”里核对"


def test_an_organization_is_shown_with_what_hangs_on_it():
    district = Somebody("district", DISTRICT)
    one = SocialOrganizationFactory(name="阳光社工中心", area__code=COMMUNITY)
    other = SocialOrganizationFactory(name="阳光社工中心", area__code=NEIGHBOUR)
    project = PurchasedProjectFactory(provider=other, area=other.area)
    page = district.sees(path(one, other, "socialorganization"))
    assert f"{project._meta.verbose_name} 1" in page
    judged(district, path(one, other, "socialorganization"), stays=str(one.pk), merge="1")
    project.refresh_from_db()
    assert SocialOrganization.objects.get(pk=one.pk) == project.provider
    assert "已并入" in district.sees(f"/desk/purchases/{project.pk}/")
