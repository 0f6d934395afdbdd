"""What follows from an answer to what residents did not find."""

import datetime
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.finding.models import MissedSearch, Synonym
from suzhou_portal.lifecycle.moves import after


@after(MissedSearch, "synonym")
def add_the_synonym(missed: MissedSearch, by: Any, on: datetime.date) -> None:
    """The district learns what people mean by what they typed; whoever answers keeps its synonyms."""
    district = codes.district_of(missed.area_id)
    known = Synonym.objects.filter(area=district, said=missed.text, means=missed.means).first()
    synonym = known or Synonym(
        area_id=district, said=missed.text, means=missed.means, is_demo=missed.is_demo
    )
    synonym.in_use = True
    synonym.check_rules()
    synonym.save()
