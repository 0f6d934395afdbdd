"""What else happens when a secretary's project moves."""

import datetime
from typing import Any

from communities.enums.secretary import CRITERIA
from communities.models import Criterion, SecretaryProject
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import after, before


@after(SecretaryProject, "file")
def _places_for_the_criteria(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    """What is reviewed against must be there, if only as four empty places."""
    around = codes.lineage(project.area_id)
    district = Area.objects.get(level=Level.DISTRICT, pk__in=around)
    with vouched(project, beyond=district.pk):
        for position in CRITERIA:
            Criterion.objects.get_or_create(
                area=district, position=position, defaults={"is_demo": project.is_demo}
            )


@before(SecretaryProject, "approve")
def _who_reviewed(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    project.reviewed_by = by


@before(SecretaryProject, "send_back")
def _no_longer_filed(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    project.filed_on = None


@before(SecretaryProject, "continue")
def _not_finished_yet(project: SecretaryProject, by: Any, on: datetime.date) -> None:
    project.finished_on = None
