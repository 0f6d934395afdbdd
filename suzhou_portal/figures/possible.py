"""What somebody may type as the value of a figure."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from suzhou_portal.formats import PERCENT

# As measures are written down with a definition: what they give are whole numbers.
COUNTED = ("CountOf", "DistinctOf")


def require_possible(value: Decimal, unit: str, measure: str) -> None:
    """Raises ValidationError at `value` for what the figure never comes to: a share above 1, a part of
    one that is counted. `measure` is written as a definition has it.
    """
    if unit == PERCENT and value > 1:
        raise ValidationError({"value": "比率写成小数：85%写成0.85，不能大于1。"})
    if measure.startswith(COUNTED) and value % 1:
        raise ValidationError({"value": "这一指标是个数，应为整数。"})
