"""What steps of a secretary's project change besides."""

import datetime
from typing import Any

from communities.enums.secretary import CRITERIA
from communities.models import Criterion, SecretaryProject
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import after


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
