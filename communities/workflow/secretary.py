"""What steps of a secretary's project check and change besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.enums.secretary import CRITERIA, SCORES
from communities.enums.thresholds import ThresholdKind
from communities.models import Criterion, SecretaryProject, Threshold
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import after, before


@after(SecretaryProject, "file")
def make_places_for_criteria(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    """Give the district its four criteria, if only as empty places: reviews are made against them."""
    around = codes.lineage(project.area_id)
    district = Area.objects.get(level=Level.DISTRICT, pk__in=around)
    with vouched(project, beyond=district.pk):
        for position in CRITERIA:
            Criterion.objects.get_or_create(
                area=district, position=position, defaults={"is_demo": project.is_demo}
            )


@before(SecretaryProject, "approve")
def approve_what_reaches_the_threshold(
    project: SecretaryProject, by: Any, on: datetime.date
) -> None:
    """Refuse a project whose points together do not reach what the district asks for."""
    points = [getattr(project, score) or 0 for score in SCORES]
    lowest = Threshold.objects.value(ThresholdKind.SECRETARY_PROJECT, project.area_id, on)
    if sum(points) < lowest:
        raise ValidationError(
            f"合计{sum(points)}分，没有达到通过线{lowest}分；请办理“评审退回”，或核对打分。"
        )


@before(SecretaryProject, "approve", "send_back", "accept", "continue")
def judge_nothing_of_ones_own(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    """Refuse the account of the person responsible, whatever other office it holds."""
    if by is not None and by.person_id == project.responsible_id:
        raise ValidationError("由他人办理：您是这个项目的责任人。")
