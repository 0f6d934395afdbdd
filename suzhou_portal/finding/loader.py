"""Load the words with which every site begins. What staff changed or took out of use stays so."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from suzhou_portal.finding.models import DangerWord, Synonym

_SEEDS = "seeds/finding"


@transaction.atomic
def load_words() -> int:
    """Add the synonyms and words of danger not loaded yet to the portal's division; how many words the
    files have.
    """
    synonyms = [
        Synonym(said=row["said"], means=means, as_loaded=f"{row['said']}→{means}")
        for row in _rows("synonyms")
        for means in (row["means"].split("、") if row["means"] else [""])
    ]
    dangers = [
        DangerWord(
            word=word,
            numbers=row["numbers"].replace(" ", "、"),
            advice=row["advice"],
            as_loaded=word,
        )
        for row in _rows("danger_words")
        for word in row["words"].split("、")
    ]
    return _add(Synonym, synonyms) + _add(DangerWord, dangers)


def _add(model: type[Synonym] | type[DangerWord], words: list) -> int:
    here = model.objects.filter(area=settings.PORTAL_AREA)
    known = set(here.exclude(as_loaded="").values_list("as_loaded", flat=True))
    new = [word for word in words if word.as_loaded not in known]
    for word in new:
        word.area_id = settings.PORTAL_AREA
    model.objects.bulk_create(new, ignore_conflicts=True)
    return len(words)


def _rows(name: str) -> list[dict[str, str]]:
    path: Path = settings.BASE_DIR / _SEEDS / f"{name}.csv"
    with path.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))
