"""The page on which whoever works on the looks sees every component in every state."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards import gallery
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
