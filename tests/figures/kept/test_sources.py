"""What figures depend on is read off their queries, and every table of it is watched."""

import re

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from communities.models import Certificate, Course, Enrolment, Post, ReachReport
from suzhou_portal.figures.kept import sources
from suzhou_portal.figures.registry import figures
from tests.factories import BEGUN
from volunteers.models import VolunteerTeam


def read_off(queryset):
    return set(sources._sources(queryset.query))


def test_every_table_of_the_sql_is_a_source():
    for figure in sources.kept_figures():
        told = str(sources.counted(figure, BEGUN).query)
        tables = set(re.findall(r'(?:FROM|JOIN)\s+"(\w+)"', told))
        found = {source.removesuffix("*") for source in sources.sources_by_key()[figure.key]}
        assert tables <= found, figure.key


@pytest.mark.django_db
def test_every_source_is_marked_as_figures_ask():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgargs, count(*) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = 'portal_audit' AND t.tgenabled = 'O' GROUP BY 1, 2"
        )
        found = {table: (bytes(told).split(b"\0")[4:6], count) for table, told, count in cursor}
    for table, (column, anywhere) in sources.tables().items():
        assert found[table] == ([column.encode(), str(anywhere).encode()], 4), table


@pytest.mark.parametrize(
    ("queryset", "expected"),
    [
        (VolunteerTeam.objects.all(), {"volunteers_volunteerteam"}),
        (VolunteerTeam.objects.within("62"), {"volunteers_volunteerteam"}),
        (
            VolunteerTeam.objects.filter(area__level="street"),
            {"volunteers_volunteerteam", "areas_area"},
        ),
        (
            VolunteerTeam.objects.filter(area__parent__name="x"),
            {"volunteers_volunteerteam", "areas_area", "areas_area*"},
        ),
        (
            Enrolment.objects.filter(course__kind="post"),
            {"communities_enrolment", "communities_course*"},
        ),
        (
            Course.objects.filter(pk__in=Enrolment.objects.values("course")),
            {"communities_course", "communities_enrolment*"},
        ),
        (
            Post.objects.annotate(
                certified=Exists(Certificate.objects.filter(person=OuterRef("person")))
            ).filter(certified=True),
            {"communities_post", "communities_certificate*"},
        ),
        (
            ReachReport.objects.filter(
                Exists(ReachReport.objects.filter(area=OuterRef("area"), pk__gt=OuterRef("pk")))
            ),
            {"communities_reachreport"},
        ),
        (
            ReachReport.objects.filter(
                Exists(ReachReport.objects.filter(method=OuterRef("method")))
            ),
            {"communities_reachreport", "communities_reachreport*"},
        ),
        (  # not asked of the same area, but of any other
            ReachReport.objects.filter(~Exists(ReachReport.objects.exclude(area=OuterRef("area")))),
            {"communities_reachreport", "communities_reachreport*"},
        ),
    ],
)
def test_what_can_count_elsewhere_carries_an_asterisk(queryset, expected):
    assert read_off(queryset) == expected


def test_other_declarations_make_another_digest(monkeypatch):
    before = sources.definitions()
    sources.definitions.cache_clear()
    assert sources.definitions() == before
    sources.definitions.cache_clear()
    monkeypatch.setattr(sources, "kept_figures", lambda: figures.all()[:1])
    try:
        assert sources.definitions() != before
    finally:
        sources.definitions.cache_clear()
