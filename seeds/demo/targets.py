"""The totals the demonstration must meet: the published values, read, never typed here."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from math import ceil

from suzhou_portal.figures.enums import Exactness
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import figures

MORE = Decimal("1.04")  # how far a demonstration goes beyond a published lower bound


class DemoError(Exception):
    """Why the demonstration data can't be made, in one Chinese sentence."""


class Targets:
    """The published values of one area, of their latest date."""

    def __init__(self, values: Iterable[PublishedValue], area: str):
        found = sorted(
            (value for value in values if value.area_id == area), key=lambda value: value.as_of
        )
        if not found:
            raise DemoError(
                f"没有 {area} 的公布值，无从生成演示数据；请先载入，或用 --targets 指定文件。"
            )
        self.values = {value.figure: value for value in found}
        self.as_of: datetime.date = found[-1].as_of

    def value(self, key: str) -> Decimal:
        """The published number; beyond it where only a lower bound is published."""
        published = self._get(key)
        assert published.value is not None  # noqa: S101 - checked by _get
        if published.exactness == Exactness.LOWER_BOUND:
            return published.value * MORE
        return published.value

    def count(self, key: str) -> int:
        """The number as a whole one."""
        return ceil(self.value(key))

    def previous(self, key: str) -> Decimal | None:
        """The value before the published change, where there was one."""
        return self._get(key).previous_value

    def _get(self, key: str) -> PublishedValue:
        published = self.values.get(key)
        if published is None or published.value is None:
            raise DemoError(f"公布值中缺少“{figures.get(key).label}”（{key}）的数值。")
        return published
