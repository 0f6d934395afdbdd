"""Two records that are one: whatever names the one that goes names the one that stays, or nothing changes."""

import pytest
from django.core.exceptions import ValidationError

from communities.models import Person, SecretaryProject
from organizations.models import PurchasedProject, SocialOrganization
from suzhou_portal.accounts.models import User
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.lifecycle.authors import wrote
from suzhou_portal.lifecycle.models import MERGED, Amendment, Staged
from suzhou_portal.lifecycle.moves import standing, take
from suzhou_portal.merging.finding import merging_kinds, relations
from suzhou_portal.merging.merge import merge
from suzhou_portal.merging.models import Verdict, stands_for
from tests.accounts.world import acting, clerk_of
from tests.factories import every_factory
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CourseFactory, EnrolmentFactory, PersonFactory, PostFactory
from tests.factories.incubating import IncubateeFactory
from tests.factories.organizations import (
    PurchasedProjectFactory,
    SocialOrganizationFactory,
    asked,
)
from tests.factories.service import ServiceFactory, VolunteerFactory
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers.models import Muster, TrainingAttendance, Volunteer

pytestmark = pytest.mark.django_db
NEIGHBOUR = "620902005001"
FACTORIES = {factory._meta.model: factory for factory in reversed(every_factory())}
RELATIONS = [
    (kind.model, relation) for kind in merging_kinds() for relation in relations(kind.model)
]
EVERY = pytest.mark.parametrize(
    ("model", "relation"), RELATIONS,
    ids=[f"{one.model._meta.label}.{one.field.name}" for _, one in RELATIONS],
)  # fmt: skip


def district():
    return clerk_of(DISTRICT, role="district")


def two(factory=PersonFactory, **known):
    known = {"area": AreaFactory(code=COMMUNITY), **known}
    return factory(**known), factory(**known)


def row_naming(relation, record):
    """A row that names the record, by its factory or, of a list of many, in its owner's list."""
    model, name = relation.model, relation.field.name
    if owner := model._meta.auto_created:
        [field] = [one for one in owner._meta.many_to_many if one.remote_field.through is model]
        of = record if owner is type(record) else FACTORIES[owner](area=record.area)
        getattr(of, field.name).add(record if of is not record else record.area)
        return model.objects.get(**{name: record.pk})
    if model is User:
        return UserFactory(**{name: record})
    if model._meta.label == "accounts.Assignment":
        role = "team" if name == "team" else "organization"
        return AssignmentFactory(role=role, area=record.area, **{name: record})
    if name == "provider" and model._meta.label != "organizations.ServiceItem":
        return _of_a_project(model, record)
    if model._meta.label == "organizations.SupervisionVisit":
        return FACTORIES[model](evaluation=asked(evaluator=record))
    return FACTORIES[model](**_about(model, record), **{name: record})


def _of_a_project(model, provider):
    project = PurchasedProjectFactory(provider=provider, area=provider.area)
    if model is PurchasedProject:
        return project
    evaluation = asked(project=project)
    label = model._meta.label
    return (
        evaluation
        if label == "organizations.Evaluation"
        else FACTORIES[model](evaluation=evaluation)
    )


def _about(model, record):
    """What a valid row says beside it."""
    if model._meta.label == "volunteers.CheckIn":
        return {"name": ""}
    if model._meta.label == "volunteers.VolunteerApplication":
        return {"area": record.area, "state": "confirmed", "decided_on": site_date()}
    return {}


def named(row, relation):
    return type(row)._base_manager.values_list(relation.field.attname, flat=True).get(pk=row.pk)


@EVERY
def test_whatever_names_the_one_names_the_other(model, relation):
    kept, gone = two(FACTORIES[model])
    row, by = row_naming(relation, gone), district()
    with acting(by):
        merge(kept, gone, by=by)
    expected = None if relation.field.name == "confirmed_person" else kept.pk
    assert named(row, relation) == expected
    assert not model.objects.filter(pk=gone.pk).exists()
    if isinstance(row, Staged):
        [said] = row.steps().filter(verb=MERGED)
        assert f"编号{gone.pk}" in said.note
        assert said.by == by
        assert said.before == said.after == row.state
        assert not wrote(by, row)


def test_a_part_of_a_decided_record_follows():
    kept, gone = two(VolunteerTeamFactory)
    row = FACTORIES[TrainingAttendance](team=gone, area=gone.area)
    take(row.training, "hold", summary="学了心肺复苏")
    merge(kept, gone, by=None)
    row.refresh_from_db()
    assert row.team == kept
    assert row.training.steps().filter(verb=MERGED).exists()


def test_two_in_one_list_are_there_once():
    kept, gone = two(VolunteerTeamFactory)
    muster = FACTORIES[Muster](area=kept.area)
    muster.teams.set([kept, gone])
    merge(kept, gone, by=None)
    assert list(muster.teams.all()) == [kept]


def test_figures_count_one_person():
    one, other = two(PersonFactory)
    for person in (one, other):
        EnrolmentFactory(person=person, area=person.area, attendance="present")

    def cadres():
        return door.value("trained_cadres", DISTRICT, site_date()).value

    assert cadres() == 2
    merge(one, other, by=None)
    assert cadres() == 1


def test_two_rows_that_cannot_both_be_are_named_and_nothing_changes():
    one, other = two(PersonFactory)
    course = CourseFactory(state="enrolling")
    for person in (one, other):
        EnrolmentFactory(course=course, person=person, area=person.area)
    post = PostFactory(person=other, area=other.area, full_time=False)
    with pytest.raises(ValidationError) as caught:
        merge(one, other, by=None)
    [said] = caught.value.messages
    assert said.startswith("培训报名“") or "不能转入" in said
    assert not Verdict.objects.exists()
    post.refresh_from_db()
    assert post.person == other


def test_two_accounts_cannot_be_of_one_person():
    one, other = two(PersonFactory)
    for person in (one, other):
        UserFactory(person=person)
    with pytest.raises(ValidationError, match="两条记录各有一个账号"):
        merge(one, other, by=None)


def test_what_moved_stands_where_the_one_does_that_stays():
    kept, gone = SocialOrganizationFactory(area__code=DISTRICT), SocialOrganizationFactory()
    incubatee = IncubateeFactory(organization=gone, area=gone.area)
    merge(kept, gone, by=None)
    incubatee.refresh_from_db()
    assert (incubatee.organization, incubatee.area) == (kept, kept.area)


def test_the_one_that_goes_is_kept_as_history():
    kept, gone = two(PersonFactory)
    gone.phone = "13800001234"
    gone.save()
    PostFactory(person=gone, area=gone.area)
    key, by = gone.pk, district()
    with acting(by):
        verdict = merge(kept, gone, by=by, values={"phone": gone.phone})
    kept.refresh_from_db()
    assert kept.phone == "13800001234"
    assert (verdict.entered_by, verdict.by_name) == (by, by.get_short_name())
    assert ["电话", "138****1234"] in Verdict.objects.get().former  # nothing would blank it here
    assert verdict.moved_text == "岗位任职1条" or "1条" in verdict.moved_text
    assert stands_for(Person, key) == kept.pk
    assert AuditEntry.objects.filter(
        model="communities.person", object_id=str(key), action="delete"
    )


def test_what_was_merged_before_comes_along():
    first, second = two(PersonFactory)
    third, key = PersonFactory(area=first.area), first.pk
    merge(second, first, by=None)
    merge(third, second, by=None)
    assert stands_for(Person, key) == third.pk
    assert Verdict.objects.merged_into(third).count() == 2


def test_a_volunteer_keeps_the_number_of_old():
    kept, gone = two(VolunteerFactory)
    number = gone.number
    ServiceFactory(volunteer=gone, area=gone.area)
    merge(kept, gone, by=None)
    assert Volunteer.objects.numbered(number).get() == kept


def test_pay_opens_to_nobody_by_a_merge():
    kept, gone = two(PersonFactory)
    account = UserFactory(person=kept, confirmed_person=kept)
    PostFactory(person=gone, area=gone.area)
    merge(kept, gone, by=None)
    account.refresh_from_db()
    assert account.person == kept
    assert account.own_person_id is None


def test_steps_go_on_as_if_nothing_had_been():
    kept, gone = two(PersonFactory)
    project = FACTORIES[SecretaryProject](responsible=gone, area=gone.area)
    merge(kept, gone, by=None)
    project.refresh_from_db()
    assert standing(project) is None or standing(project).verb != MERGED


def test_what_somebody_asked_to_change_names_the_one_that_stays():
    kept, gone = two(SocialOrganizationFactory)
    project = PurchasedProjectFactory(area=kept.area)
    asked = Amendment.objects.create(
        model="organizations.purchasedproject", object_id=project.pk, area=project.area,
        verb="amend", label="变更", reason="换", changes={"provider": [project.provider_id, gone.pk]},
    )  # fmt: skip
    merge(kept, gone, by=None)
    asked.refresh_from_db()
    assert asked.changes["provider"] == [project.provider_id, kept.pk]


def test_a_rule_that_the_record_itself_would_break_refuses():
    kept, gone = two(SocialOrganizationFactory)
    with pytest.raises(ValidationError):
        merge(kept, gone, by=None, values={"credit_code": "123"})
    assert SocialOrganization.objects.filter(pk=gone.pk).exists()
