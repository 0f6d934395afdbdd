"""What was published stays: whoever writes, however, and however many at once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from suzhou_portal.figures import proof
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import figures
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.reporting import capture, definitions, duties
from suzhou_portal.reporting.models import Correction, FigureDefinition, Snapshot
from tests.committed import both
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import AllowanceStandardFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import (
    CorrectionFactory,
    FigureDefinitionFactory,
    ReturnFactory,
    SnapshotFactory,
)
from tests.rules import assert_rule

NOTE = "没有数值的指标本期没有发生。"


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def submitted(db):
    SocialOrganizationFactory(joined_on="2023-01-05")
    report = ReturnFactory(period="2023-Q1", explanation=NOTE)
    return take(report, "submit")


class TestASnapshot:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE reporting_snapshot SET value = 8",
            "UPDATE reporting_snapshot SET updated_at = now()",
            "UPDATE reporting_snapshot SET is_demo = true",
            "DELETE FROM reporting_snapshot",
            "SET LOCAL portal.clearing = 'on'; DELETE FROM reporting_snapshot",
            "SET LOCAL portal.retention = 'on'; DELETE FROM reporting_snapshot",
            "INSERT INTO reporting_snapshot (created_at, updated_at, is_demo, area_id, report_id,"
            " figure, definition_id, value_state, as_of, rows, digest)"
            " SELECT now(), now(), false, area_id, report_id, 'other', definition_id, 'unknown',"
            " as_of, 0, '' FROM reporting_snapshot LIMIT 1",
            "UPDATE reporting_return SET explanation = '改' WHERE state = 'approved'",
            "UPDATE reporting_return SET state = 'drafted', approved_on = NULL",
            "DELETE FROM reporting_return WHERE state = 'approved'",
        ],
    )
    def test_is_never_changed_nor_are_others_added(self, submitted, statement):
        take(submitted, "approve")
        before = list(Snapshot.objects.order_by("pk").values())
        assert before
        refused(statement)
        assert list(Snapshot.objects.order_by("pk").values()) == before

    def test_is_taken_only_while_its_return_is_reviewed(self, db):
        definition = SnapshotFactory().definition
        with pytest.raises(IntegrityError), transaction.atomic():
            SnapshotFactory(report=ReturnFactory(), definition=definition)

    @pytest.mark.parametrize("demo", [True, False])
    def test_goes_only_when_a_demonstration_is_cleared(self, db, demo):
        kept = SnapshotFactory(is_demo=demo)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.clearing', 'on', true)")
        if demo:
            Snapshot.objects.filter(pk=kept.pk)._raw_delete("default")
        else:
            refused("DELETE FROM reporting_snapshot")
        assert Snapshot.objects.exists() is not demo


class TestACorrection:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE reporting_correction SET value = 9",
            "UPDATE reporting_correction SET note = '改'",
            "UPDATE reporting_correction SET state = 'proposed', approved_on = NULL",
            "DELETE FROM reporting_correction",
        ],
    )
    def test_once_published_is_never_changed(self, db, statement):
        take(CorrectionFactory(), "approve")
        refused(statement)
        assert Correction.objects.get().value == 8

    def test_is_of_the_return_it_stands_with(self, db):
        other = CorrectionFactory()
        elsewhere = CorrectionFactory(area__code="620902005001")
        elsewhere.snapshot = other.snapshot
        with pytest.raises(ValidationError, match="这一指标不在这份上报中"):
            elsewhere.full_clean()

    @pytest.mark.parametrize(
        ("definition", "value", "told"),
        [
            ({}, "-1", "数值不能是负数"),
            ({"measure": "DistinctOf(column='person')"}, "7.5", "应为整数"),
            ({"unit": "%", "measure": "RatioOf()"}, "85", "85%写成0.85"),
            ({"unit": "%", "measure": "RatioOf()"}, "0.85", ""),
            ({"unit": "元", "measure": "SumOf(column='value')"}, "7.5", ""),
            ({}, None, ""),
        ],
    )
    def test_gives_a_value_that_can_be(self, db, definition, value, told):
        snapshot = SnapshotFactory(definition=FigureDefinitionFactory(**definition))
        made = CorrectionFactory(snapshot=snapshot)
        made.value = None if value is None else Decimal(value)
        try:
            made.full_clean()
            said = {"value": [""]}
        except ValidationError as error:
            said = error.message_dict
        assert told in "".join(said["value"])
        assert bool(told) is any(said["value"])

    def test_waits_for_the_one_before(self, db):
        first = CorrectionFactory()
        second = Correction(
            area=first.area, report=first.report, snapshot=first.snapshot, value=9, note="又一件"
        )
        with pytest.raises(ValidationError, match="已经有一件更正待审核"):
            second.full_clean()
        take(first, "approve")
        second.full_clean()


class TestADefinition:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE reporting_figuredefinition SET definition = '改'",
            "DELETE FROM reporting_figuredefinition",
            "SET LOCAL portal.retention = 'on'; DELETE FROM reporting_figuredefinition",
        ],
    )
    def test_is_never_changed(self, db, statement):
        definitions.record()
        refused(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"state": "approved"}, "发布须有发布日期。"),
        ({"period": "2023-Q9"}, "没有这一时期。"),
    ],
)
def test_rules(broken, message):
    if "period" in broken:  # the form's reason comes first, and names the ways to write a period
        with pytest.raises(IntegrityError), transaction.atomic():
            ReturnFactory(**broken)
        return
    assert_rule(ReturnFactory, broken, message)


@pytest.mark.django_db
def test_a_crash_in_the_middle_leaves_everything_as_it_was(submitted, monkeypatch):
    monkeypatch.setattr(Step.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(submitted, "approve")
    submitted.refresh_from_db()
    assert (submitted.state, submitted.approved_on) == ("submitted", None)
    assert not Snapshot.objects.exists()
    monkeypatch.undo()
    take(submitted, "approve")
    assert Snapshot.objects.count() == len({one.figure for one in Snapshot.objects.all()})


@pytest.mark.django_db
def test_many_areas_at_once_come_out_as_each_by_itself():
    places = (DISTRICT, STREET, COMMUNITY, "620902005001")
    for number, code in enumerate((*places, COMMUNITY + "001")):
        area = AreaFactory(code=code)
        SocialOrganizationFactory.create_batch(number + 1, area=area, joined_on="2023-01-05")
        AllowanceStandardFactory(area=area, effective_from="2023-01-01", amount=100 + number)
    period = Period.parse("2023-Q1")
    together = capture.capture(places, period)
    apart = {key: one for code in places for key, one in capture.capture([code], period).items()}
    assert together == apart
    counts = {code: together[code, "organizations"].rows for code in places}
    assert counts == {DISTRICT: 15, STREET: 10, COMMUNITY: 8, "620902005001": 4}


@pytest.mark.django_db
def test_the_digest_is_that_of_the_sorted_keys(submitted):
    take(submitted, "approve")
    for snapshot in Snapshot.objects.exclude(keys=None):
        assert snapshot.keys == sorted(snapshot.keys)
        assert snapshot.digest == proof.digest_of(snapshot.keys), snapshot.figure
        assert snapshot.rows == len(snapshot.keys)


def test_of_two_who_approve_at_once_one_is_told(committed):
    report = take(ReturnFactory(period="2023-Q1", explanation=NOTE, is_demo=True), "submit")

    def approve():
        try:
            return take(report, "approve").state
        except ValidationError as error:
            return error.messages[0]

    answers = sorted(both(report, approve, approve), key=len)
    assert answers[0] == "approved"
    assert "不能“审核通过并发布”" in answers[1]
    assert Snapshot.objects.count() == len(duties.reported())
    assert Step.objects.filter(verb="approve").count() == 1


def test_two_who_record_definitions_at_once_record_them_once(committed, monkeypatch):
    held = ReturnFactory(is_demo=True)
    definitions.record()
    organizations = figures.get("organizations")

    def record():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM reporting_return FOR SHARE")
        return definitions.record()["organizations"].version

    # Undone before `committed` writes the definitions down again for the tests that follow.
    with monkeypatch.context() as patch:
        other = replace(organizations, definition="另一种口径。")
        patch.setitem(figures._figures, "organizations", other)
        assert both(held, record, record) == [2, 2]
    assert FigureDefinition.objects.filter(figure="organizations").count() == 2
