"""Load the arrangements in the reference data, leaving alone every year somebody may have edited."""

import csv
import datetime
from pathlib import Path

from django.db import transaction

from suzhou_portal.calendars.models import SpecialDay


@transaction.atomic
def load_special_days(file: Path) -> int:
    """Add the years of the file that are not on record yet; returns how many days were added."""
    with file.open(encoding="utf-8-sig") as lines:
        days = [
            SpecialDay(
                date=datetime.date.fromisoformat(line["date"]),
                working=line["working"] == "true",
                name=line["name"],
            )
            for line in csv.DictReader(lines)
        ]
    known = set(SpecialDay.objects.values_list("date__year", flat=True))
    added = [day for day in days if day.date.year not in known]
    SpecialDay.objects.bulk_create(added)
    return len(added)
