"""What else happens when a property rating moves."""

import datetime
from typing import Any

from communities.models import PropertyRating
from suzhou_portal.lifecycle.moves import before


@before(PropertyRating, "review")
def _reviewer(rating: PropertyRating, by: Any, on: datetime.date) -> None:
    rating.reviewed_by = by
