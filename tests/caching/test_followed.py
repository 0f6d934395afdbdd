"""What a process remembers is true at every request, however something was written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from communities.models import CommunityProfile
from organizations.models import SocialOrganization
from suzhou_portal.accounts.models import User
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.triggers import watched
from suzhou_portal.caching import followed
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import upkeep
from suzhou_portal.figures.kept.sources import kinds
from tests.committed import apart
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory


@pytest.fixture
def portal(committed):
    """A community, seen by other connections."""
    followed.forget()
    return AreaFactory(code=COMMUNITY)


def requested(act, method="get"):
    """What the act returns within a request."""
    handler = followed.follows_marks(lambda request: act())
    return handler(getattr(RequestFactory(), method)("/"))


def names():
    """The names of organizations, as remembered."""
    asked = SocialOrganization.objects.order_by("pk").values_list("name", flat=True)
    return requested(
        lambda: followed.remembered("names", [SocialOrganization], lambda: list(asked.all()))
    )


def apart_names():
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(apart, names).result()


class Made:
    """Counts how often something is made."""

    def __init__(self, *kinds):
        self.kinds, self.times = kinds, 0

    def __call__(self):
        return requested(lambda: followed.remembered(("made", id(self)), self.kinds, self._make))

    def _make(self):
        self.times += 1
        return True


def test_made_once_until_something_of_its_kind_is_written(portal):
    made = Made(SocialOrganization)
    made(), made()
    assert made.times == 1
    Area.objects.filter(pk=COMMUNITY).update(name="改名")
    made()
    assert made.times == 1
    SocialOrganizationFactory(area=portal)
    made(), made()
    assert made.times == 2


@pytest.mark.parametrize(
    "write",
    [
        lambda area: SocialOrganizationFactory(area=area, name="新的"),
        lambda area: SocialOrganization.objects.bulk_create(
            [SocialOrganizationFactory.build(area=area, name="新的")]
        ),
        lambda area: SocialOrganization.objects.update(name="新的"),
        lambda area: SocialOrganization.objects.all().delete(),
        lambda area: connection.cursor().execute(
            "UPDATE organizations_socialorganization SET name = '新的'"
        ),
    ],
    ids=["saved", "in bulk", "updated", "deleted", "by hand"],
)
def test_true_after_every_way_of_writing(portal, write):
    SocialOrganizationFactory(area=portal, name="旧的")
    assert names() == ["旧的"]
    write(portal)
    assert names() == list(SocialOrganization.objects.order_by("pk").values_list("name", flat=True))
    assert names() != ["旧的"]


def test_a_write_shows_when_it_is_committed_whatever_was_looked_up_meanwhile(portal):
    assert apart_names() == []
    with transaction.atomic():
        SocialOrganizationFactory(area=portal, name="慢的")
        assert apart_names() == []
        assert names() == ["慢的"]  # within the transaction nothing is remembered
    assert apart_names() == ["慢的"]


def test_what_was_rolled_back_is_never_remembered(portal):
    with transaction.atomic():
        SocialOrganizationFactory(area=portal)
        assert len(names()) == 1
        transaction.set_rollback(True)
    assert names() == []


def test_a_value_made_before_a_write_that_another_request_saw_first_is_not_kept(portal):
    """One request reads, another writes and a third looks, before the first one stores."""

    def make():
        found = list(SocialOrganization.objects.values_list("name", flat=True))
        with ThreadPoolExecutor(1) as thread:
            thread.submit(
                apart, lambda: SocialOrganizationFactory(area=portal, name="插进")
            ).result()
            thread.submit(apart, lambda: requested(followed.look)).result()
        return found

    requested(lambda: followed.remembered("names", [SocialOrganization], make))
    assert names() == ["插进"]


def test_a_request_that_may_write_remembers_nothing(portal):
    assert requested(followed.look, "post") is None
    assert isinstance(requested(followed.look), int)
    assert followed.look() is None


def test_one_look_a_request(portal):
    def twice():
        with connection.execute_wrapper(count):
            return followed.look(), followed.look(), followed.version_of(Area)

    statements = []

    def count(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    first, second, _ = requested(twice)
    assert first == second
    assert len(statements) == 1


def test_the_oldest_go_first(portal, monkeypatch):
    monkeypatch.setattr(followed, "MOST", 2)
    one, two, three = Made(Area), Made(Area), Made(Area)
    one(), two(), three(), three(), one()
    assert [made.times for made in (one, two, three)] == [2, 1, 1]


def test_who_has_not_looked_for_long_starts_anew(portal, monkeypatch):
    made = Made(CommunityProfile)
    made()
    made()
    assert made.times == 1
    monkeypatch.setattr(followed, "LONGEST_SECONDS", -1)
    made()
    assert made.times == 2


def test_what_the_trail_leaves_out_makes_nothing_untrue(portal):
    user, made = UserFactory(), Made()
    made()
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    made()
    assert made.times == 1
    User.objects.filter(pk=user.pk).update(name="改名")
    made()
    assert made.times == 2


def test_where_marks_were_removed_all_begins_anew(portal):
    made = Made(SocialOrganization)
    made()
    upkeep.forget(site_date())
    made(), made()
    assert made.times == 2


def test_the_trail_watches_all_that_figures_are_computed_from():
    assert kinds() <= set(watched())
