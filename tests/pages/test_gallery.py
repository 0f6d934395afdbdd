"""The page on which whoever works on the looks sees every component in every state."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards import gallery
from suzhou_portal.dashboards.context import site
from suzhou_portal.dashboards.gallery_samples import LONG, samples


def test_only_developers_have_it(reference):
    with pytest.raises(NoReverseMatch):
        reverse("gallery")


def test_every_component_is_shown_in_some_state(reference):
    request = RequestFactory().get("/gallery/")
    request.user = AnonymousUser()
    page = gallery.gallery(request).content.decode()
    assert "还没有样例" not in page
    assert page.count(LONG) > 20


def test_no_sample_is_of_what_is_gone(reference):
    given = samples(Area.objects.first(), datetime.date(2023, 4, 30))
    assert set(given) == set(gallery.names())


def test_no_component_takes_for_its_own_what_every_page_has(reference):
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), {}
    states = samples(Area.objects.first(), datetime.date(2023, 4, 30)).values()
    given = {name for one in states for context in one.values() for name in context}
    assert given & site(request).keys() == {"elder"}, "which a component reads as its page has it"
