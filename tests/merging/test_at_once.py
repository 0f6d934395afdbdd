"""Two people who judge the same pair at once, and a step that can't be taken back any more."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from communities.models import Person, Post
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.undoing import undoable
from suzhou_portal.merging.merge import merge
from suzhou_portal.merging.models import Verdict
from tests.accounts.world import acting, clerk_of
from tests.committed import both
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import PersonFactory, PostFactory
from tests.factories.organizations import PurchasedProjectFactory, SocialOrganizationFactory


def test_two_who_merge_the_same_pair_merge_it_once(committed):
    area = AreaFactory(code=COMMUNITY)
    pair = [PersonFactory(area=area), PersonFactory(area=area)]
    for person in pair:
        PostFactory(person=person, area=area, full_time=False)
    said = []

    def merging(kept, gone):
        def act():
            with transaction.atomic():
                type(area).objects.select_for_update().get(pk=area.pk)
            try:
                merge(kept, gone, by=None)
            except ValidationError as error:
                said.extend(error.messages)

        return act

    both(area, merging(*pair), merging(*reversed(pair)))
    [kept] = Person.objects.all()
    assert set(Post.objects.values_list("person", flat=True)) == {kept.pk}
    assert (Post.objects.count(), Verdict.objects.count(), len(said)) == (2, 1, 1)


@pytest.mark.django_db
def test_a_step_that_would_lead_back_to_what_is_gone_is_not_taken_back():
    kept, gone = SocialOrganizationFactory(), SocialOrganizationFactory()
    project, by = PurchasedProjectFactory(provider=kept), clerk_of(DISTRICT, role="district")
    with acting(by):
        Step.objects.create(
            model=project._meta.label_lower, object_id=project.pk, area=project.area, by=by,
            verb="amend", label="变更", before=project.state, after=project.state,
            taken_on=timezone.localdate(), changes={"provider": [gone.pk, kept.pk]},
        )  # fmt: skip
        before = undoable(by, project)
        merge(kept, gone, by=by)
        assert undoable(by, project) is None
    assert before.verb == "amend"
