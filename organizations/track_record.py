"""How providers have done so far: what the next award of a contract will look at."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import (
    Aggregate,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from organizations.enums.supervision import EvaluationGrade
from organizations.models import Evaluation, PurchasedProject, Rectification, SocialOrganization
from suzhou_portal import formats


@dataclass(frozen=True)
class Deeds:
    """What providers do besides contracts, as an app above this one keeps it.

    `of` gives the records by a day, each with the organization as `organization`; `counts` names the columns
    of a track record, each with its heading and which of the records it counts.
    """

    of: Callable[[datetime.date], QuerySet]
    counts: dict[str, tuple[str, Q]] = field(default_factory=dict)


deeds: list[Deeds] = []


def providers(day: datetime.date) -> QuerySet[SocialOrganization]:
    """Every organization that has signed a contract by that day, or has done anything else that counts, each
    with its record as columns.

    `contracts` and `contracted` (元) count contracts; a column for each grade counts confirmed
    evaluations; `rectified_late` counts what was, or still is, put right after its deadline.
    """
    signed = PurchasedProject.objects.until(day, "signed_on").filter(provider=OuterRef("pk"))
    graded = Evaluation.objects.in_state("settled").filter(provider=OuterRef("pk"))
    demanded = Rectification.objects.until(day, "demanded_on").filter(
        evaluation__provider=OuterRef("pk")
    )
    late = Q(reported_on__gt=F("due_on")) | Q(reported_on__isnull=True, due_on__lt=day)
    known = Q(pk__in=PurchasedProject.objects.until(day, "signed_on").values("provider"))
    besides = {}
    for one in deeds:
        done = one.of(day)
        known |= Q(pk__in=done.values("organization"))
        mine = done.filter(organization=OuterRef("pk"))
        for name, (_, counted) in one.counts.items():
            besides[name] = _of(mine.filter(counted), Count("pk"), "organization")
    return (
        SocialOrganization.objects.filter(known)
        .annotate(
            **besides,
            contracts=_of(signed, Count("pk"), "provider"),
            contracted=_of(signed, Sum("contract_amount"), "provider"),
            terminated=_of(signed.filter(state="terminated"), Count("pk"), "provider"),
            **{
                f"graded_{grade.value}": _of(graded.filter(grade=grade), Count("pk"), "provider")
                for grade in EvaluationGrade
            },
            rectifications=_of(demanded, Count("pk"), "evaluation__provider"),
            rectified_late=_of(demanded.filter(late), Count("pk"), "evaluation__provider"),
        )
        .order_by("-contracts", "name", "pk")
    )


def projects_of(organization: SocialOrganization, day: datetime.date) -> QuerySet[PurchasedProject]:
    """Its contracts signed by that day, latest first, with their confirmed evaluations."""
    mine = PurchasedProject.objects.until(day, "signed_on").filter(provider=organization)
    return mine.select_related("area").order_by("-signed_on", "-pk")


def evaluations_of(organization: SocialOrganization, day: datetime.date) -> QuerySet[Evaluation]:
    """The confirmed evaluations of its projects by that day, latest first."""
    made = (
        Evaluation.objects.in_state("settled")
        .until(day, "evaluated_on")
        .filter(provider=organization)
    )
    return made.select_related("project", "evaluator").order_by("-evaluated_on", "-pk")


def told(organization: SocialOrganization, day: datetime.date) -> list[tuple[str, str]]:
    """What it has done besides contracts by that day, each heading with its number, for a page; empty where
    that is nothing.
    """
    found: list[tuple[str, str]] = []
    for one in deeds:
        mine = one.of(day).filter(organization=organization)
        counts = {name: Count("pk", filter=counted) for name, (_, counted) in one.counts.items()}
        numbers = mine.aggregate(**counts)
        if any(numbers.values()):
            found += [
                (said, formats.number(numbers[name])) for name, (said, _) in one.counts.items()
            ]
    return found


def _of(records: QuerySet, aggregate: Aggregate, owner: str) -> Coalesce:
    money = isinstance(aggregate, Sum)
    kind = DecimalField(max_digits=16, decimal_places=2) if money else IntegerField()
    grouped = records.order_by().values(owner).annotate(value=aggregate).values("value")
    return Coalesce(Subquery(grouped), 0, output_field=kind)
