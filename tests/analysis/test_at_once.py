"""A table sent twice at the same moment is kept once."""

from django.test import Client

from suzhou_portal.analysis.models import SavedView
from tests.committed import both
from tests.factories.accounts import UserFactory
from tests.factories.areas import DISTRICT, AreaFactory


def test_of_two_of_one_name_at_once_one_is_kept(committed):
    AreaFactory(code=DISTRICT)
    user = UserFactory()

    def save(count):
        browser = Client()
        browser.force_login(user)
        path = f"/analysis/saved/?figure=organizations&level=self&period=2022-Q4&count={count}"
        return browser.post(path, {"name": "一"}).status_code

    assert both(user, lambda: save(2), lambda: save(3)) == [302, 302]
    [view] = SavedView.objects.all()
    assert "count=2" in view.query or "count=3" in view.query
