"""M16 and M17: what is dated after what."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.lifecycle.moves import take
from tests.factories.areas import COMMUNITY
from tests.factories.incubating import RectificationFactory
from tests.factories.organizations import (
    PurchasedProjectFactory,
    ThirdPartyFactory,
    asked,
    scored,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
ONE = datetime.timedelta(days=1)


def test_no_day_goes_before_what_it_follows_on():
    """末期 after 中期, and 结项 after what was put right."""
    project = PurchasedProjectFactory(
        area__code=COMMUNITY, state="underway", signed_on=TODAY() - 90 * ONE,
        starts_on=TODAY() - 90 * ONE, ends_on=TODAY() - ONE,
    )  # fmt: skip
    middle = asked(project=project, evaluator=ThirdPartyFactory(area=project.area), kind="midterm")
    final = asked(project=project, evaluator=ThirdPartyFactory(area=project.area), kind="final")
    take(scored(middle, 80), "submit", on=TODAY() - 20 * ONE, summary="好")
    with pytest.raises(ValidationError, match="末期评估不能早于中期评估"):
        take(scored(final, 80), "submit", on=TODAY() - 21 * ONE, summary="好")
    take(middle, "settle", on=TODAY() - 18 * ONE)
    with pytest.raises(ValidationError, match="不能早于第三方评估“确认结果”的日期"):
        take(project, "pass_midterm", on=TODAY() - 19 * ONE)
    take(project, "pass_midterm", on=TODAY() - 18 * ONE)
    todo = RectificationFactory(
        evaluation=final, demanded_on=TODAY() - 17 * ONE, due_on=TODAY(), area=project.area
    )
    take(final, "submit", on=TODAY() - 16 * ONE, summary="好")
    take(final, "settle", on=TODAY() - 16 * ONE)
    take(project, "pass_final", on=TODAY() - 16 * ONE)
    take(todo, "report", on=TODAY() - 10 * ONE, result="已补齐")
    take(todo, "confirm", on=TODAY() - 9 * ONE)
    with pytest.raises(ValidationError, match="不能早于整改“复核通过”的日期"):
        take(project, "complete", on=TODAY() - 10 * ONE, result="好")
    take(project, "complete", on=TODAY() - 9 * ONE, result="好")
