"""What the demonstration is made of."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command

from communities import payroll
from communities.models import CommunityProfile, ExamRegistration, PayPeriod, Person
from organizations.models import Evaluation, ServiceItem, SocialOrganization
from seeds.demo.seeding import record_models
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import Exactness
from suzhou_portal.figures.models import Demonstration, PublishedValue
from suzhou_portal.files.models import Attachment
from suzhou_portal.reporting.checking import lines_of
from suzhou_portal.reporting.duties import reported
from suzhou_portal.reporting.enums import CorrectionState, ReturnState
from suzhou_portal.reporting.models import Correction, Return

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def seed(*arguments):
    out = io.StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def counts():
    return {model.__name__: model._default_manager.count() for model in record_models()}


def test_every_figure_is_as_published():
    published = list(PublishedValue.objects.filter(area=settings.PORTAL_AREA))
    assert len(published) == 26
    for claim in published:
        computed = door.value(claim.figure, settings.PORTAL_AREA, claim.as_of)
        if claim.exactness == Exactness.EXACT:
            assert computed.value == claim.value, claim.figure
        elif claim.exactness == Exactness.LOWER_BOUND:
            assert computed.value >= claim.value, claim.figure
        if claim.previous_value is not None:
            assert computed.previous == claim.previous_value


def test_every_record_is_flagged_and_valid():
    for model in record_models():
        if model is Attachment:  # no file is made up
            continue
        records = model._default_manager.all()
        assert records.exists(), f"{model.__name__}: seeds/demo/mechanisms/ makes none"
        assert not records.filter(is_demo=False).exists(), model
        for record in records.order_by("?")[:12]:
            record.full_clean()


def test_services_reach_every_community_in_all_named_categories():
    day = Demonstration.objects.get().as_of
    for community in CommunityProfile.objects.values_list("area_id", flat=True):
        offered = ServiceItem.objects.listed(day).for_resident_of(community)
        assert offered.filter(category="home_elderly_care").exists()
    assert ServiceItem.objects.listed(day).values("category").distinct().count() > 6


def test_phones_cannot_be_dialled():
    for model in (Person, CommunityProfile, SocialOrganization, ServiceItem):
        assert not model.objects.exclude(phone__startswith="0000-").exists()


def test_spread_is_uneven():
    per_community = [
        Person.objects.within(code).count()
        for code in CommunityProfile.objects.values_list("area_id", flat=True)
    ]
    assert max(per_community) > 2 * min(per_community)


def test_evaluators_are_third_parties():
    assert Evaluation.objects.exists()
    assert not Evaluation.objects.filter(evaluator__area__code__startswith=settings.PORTAL_AREA)


def test_the_traps_are_in_the_records():
    assert ExamRegistration.objects.values("person").count() > (
        ExamRegistration.objects.values("person").distinct().count()
    )
    assert ServiceItem.objects.filter(withdrawn_on__isnull=False).exists()
    assert SocialOrganization.objects.filter(deregistered_on__isnull=False).exists()


def test_returns_stand_at_every_stage_and_some_units_have_not_reported():
    latest = Return.objects.filter(period="2023-Q1")
    assert set(latest.values_list("state", flat=True)) == set(ReturnState.values)
    assert latest.count() < Area.objects.filter(level__in=["street", "community"]).count()
    assert set(Correction.objects.values_list("state", flat=True)) == set(CorrectionState.values)
    for report in Return.objects.published():
        assert report.snapshots.count() == len(reported())
        assert report.steps().count() == 2


def test_what_returns_kept_is_what_records_say():
    for report in Return.objects.published().filter(period="2022-Q4")[:6]:
        lines = lines_of(report, list(report.snapshots.with_proof()))
        assert {line.verdict for line in lines if not line.corrections} == {"一致"}


def test_a_second_run_changes_nothing():
    before = counts()
    assert "没有改动" in seed()
    assert counts() == before


def test_clear_leaves_reference_data_alone():
    divisions = Area.objects.filter(is_demo=False).count()
    assert "已删除" in seed("--clear")
    assert not any(counts().values())
    assert not Demonstration.objects.exists()
    assert Area.objects.count() == divisions
    assert PublishedValue.objects.count() == 26


def test_pay_is_what_the_schemes_give():
    """The check sheet of every month finds nothing, and the published mean comes out of it."""
    periods = list(PayPeriod.objects.all())
    assert len(periods) > 12
    assert [str(one) for one in periods if payroll.differences(one)] == []
    assert sum(payroll.pay_of(one).count() for one in periods) > 100
