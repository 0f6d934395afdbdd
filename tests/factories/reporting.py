"""Definitions, returns, the snapshots they keep, and corrections."""

from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from suzhou_portal.figures.periods import Period
from suzhou_portal.lifecycle.moves import take, write_down
from suzhou_portal.reporting import models
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory

FIRST = Period.parse("1960-Q1")


class FigureDefinitionFactory(DjangoModelFactory):
    class Meta:
        model = models.FigureDefinition

    figure = Sequence(lambda number: f"figure_{number}")
    version = 1
    label = "某数"
    unit = "个"
    kind = "stock"
    measure = "CountOf()"
    definition = "某数。"
    digest = "0" * 64


class ReturnFactory(AreaRecordFactory):
    class Meta:
        model = models.Return

    # Each of another quarter, long ago.
    period = Sequence(lambda number: str(FIRST.moved(number % 200)))


class SnapshotFactory(AreaRecordFactory):
    class Meta:
        model = models.Snapshot

    report = SubFactory(
        ReturnFactory, area=SelfAttribute("..area"), state="submitted", submitted_on=BEGUN
    )
    figure = "organizations"
    definition = SubFactory(FigureDefinitionFactory)
    value = 7
    value_state = "known"
    as_of = BEGUN
    rows = 7
    digest = "0" * 64


def approved(report, on=BEGUN):
    """The return as somebody approved it on that day, with the values it has."""
    report.state, report.approved_on = "approved", on
    write_down(report, "submitted", None, verb="approve", label="审核通过并发布", taken_on=on)
    report.save()


class CorrectionFactory(AreaRecordFactory):
    """Of a snapshot whose return is published."""

    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.Correction

    snapshot = SubFactory(SnapshotFactory, area=SelfAttribute("..area"))
    report = SelfAttribute("snapshot.report")
    value = 8
    note = "漏计一个"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """What is corrected has been published."""
        report = kwargs["report"]
        if not report.is_published:
            approved(report)
        return super()._create(model_class, *args, **kwargs)


def all_of_one(**known):
    """A return sent back with one snapshot, and the definition it refers to."""
    report = ReturnFactory(**known, state="submitted", submitted_on=BEGUN)
    definition = models.FigureDefinition.objects.order_by("pk").first()
    snapshot = SnapshotFactory(**known, report=report, definition=definition)
    report = take(report, "send_back", on=BEGUN, note="请核对")
    return {
        models.Return: report,
        models.Snapshot: snapshot,
        models.FigureDefinition: definition,
    }
