"""What every part of the demonstration draws from: places, days, names, vocabularies.

Everything random comes from one generator started with the district's code, so that the same
district always gets the same demonstration.
"""

import csv
import datetime
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.utils import timezone

from seeds.demo.targets import DemoError, Targets
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.calendars import workdays
from suzhou_portal.months import months_before


class World:
    """The district, its targets, and how to draw from it."""

    def __init__(self, district: Area, targets: Targets):
        self.district = district
        self.targets = targets
        self.as_of = targets.as_of
        self.rng = random.Random(district.code)
        inside = list(Area.objects.inside(district.code).filter(is_demo=False).order_by("code"))
        self.streets = [area for area in inside if area.level == Level.STREET]
        self.communities = [area for area in inside if area.level == Level.COMMUNITY]
        if not self.communities:
            raise DemoError(f"{district} 的区划中没有社区，无从生成演示数据。")
        # Some communities are several times as large as others.
        self._sizes = {area.code: self.rng.lognormvariate(0, 0.45) for area in self.communities}
        self._phones = iter(range(1, 10_000_000))
        self._files: dict[str, list[dict[str, str]]] = {}

    # --- vocabularies

    def rows(self, name: str) -> list[dict[str, str]]:
        """The lines of a vocabulary in seeds/demo/vocabularies."""
        if name not in self._files:
            path = Path(__file__).parent / "vocabularies" / f"{name}.csv"
            with path.open(encoding="utf-8-sig") as file:
                self._files[name] = list(csv.DictReader(file))
        return self._files[name]

    def cycle(self, name: str, column: str = "name") -> Iterator[dict[str, str]]:
        """The lines in order, and then again with 第二期, 第三期 after the name."""
        rows = self.rows(name)
        yield from rows
        for numeral in "二三四五六七八九十":
            for row in rows:
                yield row | {column: f"{row[column]}（第{numeral}期）"}
        raise DemoError(f"词表 {name}.csv 太短，请补充。")

    def person_name(self) -> str:
        """A plausible name of nobody in particular."""
        names = self.rows("names")
        return self.rng.choice(names)["surname"] + self.rng.choice(names)["given"]

    def phone(self) -> str:
        """A number that cannot be dialled: no area code is 0000."""
        return f"0000-{next(self._phones):07d}"

    # --- places

    def size(self, community: Area) -> float:
        """How large the community is, beside the others."""
        return self._sizes[community.code]

    def sizes(self) -> list[float]:
        """The communities' sizes, in their order."""
        return [self.size(community) for community in self.communities]

    def some_communities(self, count: int) -> list[Area]:
        """That many draws of a community, larger ones more often."""
        return self.rng.choices(self.communities, self.sizes(), k=count)

    def place(self, *, district: float, street: float) -> Area:
        """The district or a street with these probabilities, else a community."""
        drawn = self.rng.random()
        if drawn < district:
            return self.district
        if drawn < district + street and self.streets:
            return self.rng.choice(self.streets)
        return self.some_communities(1)[0]

    @staticmethod
    def short(area: Area) -> str:
        """The name people use: a community's without 居委会."""
        return area.short_name

    # --- days

    def months_ago(self, months: int) -> datetime.date:
        """The day so many months before the demonstration's date."""
        return months_before(self.as_of, months)

    def day_between(self, earlier: datetime.date, later: datetime.date) -> datetime.date:
        """A day from `earlier` to `later`, both possible."""
        return earlier + datetime.timedelta(
            days=self.rng.randint(0, max(0, (later - earlier).days))
        )

    @staticmethod
    def moment(day: datetime.date, hour: int, minute: int) -> datetime.datetime:
        """That time of that day, here."""
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))

    def workday_after(self, day: datetime.date, count: int) -> datetime.date:
        """The last of so many working days after that day, by the arrangement on record."""
        return workdays.after(day, count)

    def chance(self, probability: float) -> bool:
        """True that often."""
        return self.rng.random() < probability

    # --- records

    def save(self, model: type[Model], records: Sequence[Any]) -> list[Any]:
        """Store synthetic records, each flagged as such; returns them with their keys."""
        for record in records:
            record.is_demo = True
        return list(model._default_manager.bulk_create(records, batch_size=1000))
