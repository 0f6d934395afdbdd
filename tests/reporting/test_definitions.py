"""What a figure means is written down in versions, and a change changes nothing that was published."""

from dataclasses import replace

import pytest

from suzhou_portal.figures.measures import DistinctOf
from suzhou_portal.figures.registry import figures
from suzhou_portal.reporting import definitions
from suzhou_portal.reporting.models import FigureDefinition
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import SnapshotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def redefined(monkeypatch):
    """Declare a figure anew."""

    def declare(key, **changes):
        monkeypatch.setitem(figures._figures, key, replace(figures.get(key), **changes))

    return declare


def test_migrating_records_every_figure():
    assert set(FigureDefinition.objects.values_list("figure", flat=True)) == {
        figure.key for figure in figures.all()
    }


def test_what_is_recorded_is_recorded_once(django_assert_num_queries):
    definitions.record()
    before = FigureDefinition.objects.count()
    with django_assert_num_queries(1):
        definitions.record()
    assert FigureDefinition.objects.count() == before


def test_what_is_counted_does_not_change_the_definition():
    before = {figure.key: definitions.digest(figure) for figure in figures.all()}
    SocialOrganizationFactory()
    assert {figure.key: definitions.digest(figure) for figure in figures.all()} == before


def test_a_digest_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        for figure in figures.all():
            definitions.digest(figure)


@pytest.mark.parametrize(
    "changes",
    [
        {"definition": "截至日引入的社会组织数。"},
        {"unit": "家"},
        {"measure": DistinctOf("name")},
    ],
    ids=["text", "unit", "measure"],
)
def test_a_new_definition_is_a_new_version_beside_the_old(redefined, client, changes):
    first = definitions.record()["organizations"]
    kept = SnapshotFactory(definition=first)
    redefined("organizations", **changes)
    second = definitions.record()["organizations"]
    assert (first.version, second.version) == (1, 2)
    kept.refresh_from_db()
    assert kept.definition == first
    assert kept.text == "7个"
    page = client.get("/figures/organizations/").text
    assert page.index("第2版") < page.index("第1版")


def test_sql_worded_otherwise_is_no_new_definition(redefined):
    """As by another release of the framework: the public is told of what is said."""
    definitions.record()
    redefined("organizations", records_as_of=figures.get("filings").records_as_of)
    assert definitions.record()["organizations"].version == 1


def test_an_upgraded_database_has_no_new_versions(django_assert_num_queries):
    """Former releases made the digest of other things: what their versions say is compared."""
    former = FigureDefinition.objects.get(figure="organizations")
    former.pk, former.version, former.digest = None, former.version + 1, "0" * 64
    former.save()
    with django_assert_num_queries(1):
        assert definitions.record()["organizations"] == former


def test_another_figures_version_stays(redefined):
    definitions.record()
    redefined("organizations", definition="另一种口径。")
    assert definitions.record()["volunteer_teams"].version == 1
