"""Which records may be one, who is asked about them, and who is not any more."""

import pytest
from django.core.exceptions import PermissionDenied

from charity.models import Donor
from communities.models import Person
from organizations.models import SocialOrganization
from suzhou_portal.figures.dates import site_date
from suzhou_portal.merging import finding
from suzhou_portal.merging.finding import merging_kinds, pairs, suspected
from suzhou_portal.merging.merge import keep_apart, merge
from suzhou_portal.merging.models import Verdict
from tests.accounts.world import acting, clerk_of
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.communities import PersonFactory
from tests.merging.test_merge import FACTORIES, NEIGHBOUR, district, two
from volunteers.models import Volunteer, VolunteerTeam

pytestmark = pytest.mark.django_db


def test_two_that_are_not_one_are_not_asked_about_again():
    one, other = two(PersonFactory, name="张三")
    third = PersonFactory(area=one.area, name="李四")
    by = district()
    assert list(suspected(by, Person)) == [other]
    with acting(by):
        said = keep_apart(other, one, by=by)
        assert keep_apart(one, other, by=by) == said
    assert (said.kept_id, said.other_id, said.entered_by) == (one.pk, other.pk, by)
    assert not suspected(by, Person).exists()
    assert pairs(by, [other]) == []
    merge(third, other, by=None)  # which was the same as a third, so that is not the first either
    assert Verdict.objects.filter(same=False, kept_id=one.pk, other_id=third.pk).exists()


@pytest.mark.parametrize(
    "model", [kind.model for kind in merging_kinds()], ids=lambda m: m.__name__
)
def test_a_blank_is_like_nothing(model):
    """Two without a phone are not alike by it; with all they are asked about by, they are."""
    one, other = two(FACTORIES[model])
    by = district()
    assert not suspected(by, model).exists()
    rule = [name for name in model.alike[0] if name != "area"]
    elsewhere = AreaFactory(code=NEIGHBOUR)
    values = {"phone": "13800001234", "left_on": None}
    for name in rule:
        value = getattr(one, name) or values[name]
        model.objects.filter(pk=one.pk).update(**{name: value})
        model.objects.filter(pk=other.pk).update(**{name: value}, area=elsewhere, **_ended(model))
    assert list(suspected(by, model)) == [other]
    model.objects.filter(pk=other.pk).update(explanation="同名不同人")
    assert not suspected(by, model).exists()


def _ended(model):
    return {"left_on": site_date()} if model is Volunteer else {}


def test_only_the_common_superior_merges_across_communities():
    one, other = PersonFactory(name="张三"), PersonFactory(name="张三", area__code=NEIGHBOUR)
    Person.objects.update(phone="13800001234")
    clerk = clerk_of(COMMUNITY, role="community")
    assert not suspected(clerk, Person).exists()
    with acting(clerk), pytest.raises(PermissionDenied):
        merge(one, other, by=clerk)
    with acting(clerk), pytest.raises(PermissionDenied):
        keep_apart(one, other, by=clerk)
    assert list(suspected(district(), Person)) == [other]
    assert Person.objects.count() == 2


def test_every_kind_that_names_people_or_bodies_asks():
    assert {kind.model for kind in merging_kinds()} == {
        Person, Volunteer, VolunteerTeam, SocialOrganization, Donor,
    }  # fmt: skip


def test_what_is_remembered_is_not_even_prepared(monkeypatch):
    by = district()
    assert list(finding.open_to(by))
    monkeypatch.setattr(finding, "remembered", lambda key, kinds, make: 3)
    monkeypatch.setattr(
        finding, "suspected", None
    )  # to put its statement together is most of its cost
    assert {count for _, count, _ in finding.judge_twins(by, site_date())} == {3}
