"""Checks are asked in one statement where they hold, and say what Django says where they do not."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from communities.models import ReachReport
from tests.factories import BEGUN
from tests.factories.communities import ReachReportFactory

pytestmark = pytest.mark.django_db

BROKEN = {"period_end": BEGUN - datetime.timedelta(days=1), "visits": 99}
ORDER, VISITS = "统计期止不能早于统计期起。", "服务人次不能少于惠及居民人数。"


def told(record, **asked):
    try:
        record.validate_constraints(**asked)
    except ValidationError as error:
        return sorted(error.messages)
    return []


def test_one_statement_for_all_checks():
    record = ReachReportFactory()
    kinds = [isinstance(rule, models.CheckConstraint) for rule in ReachReport._meta.constraints]
    assert sum(kinds) > 2
    with CaptureQueriesContext(connection) as asked:
        record.validate_constraints()
    questions = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(questions) == kinds.count(False) + 1


def test_each_that_is_broken_is_told():
    record = ReachReportFactory.build(area__code="620902001001", **BROKEN)
    assert told(record) == sorted([ORDER, VISITS])


@pytest.mark.parametrize(
    ("left_out", "left"), [("period_end", [VISITS]), ("visits", [ORDER]), ("area", [VISITS, ORDER])]
)
def test_what_is_about_a_column_left_out_is_not_asked(left_out, left):
    record = ReachReportFactory.build(area__code="620902001001", **BROKEN)
    assert told(record, exclude={left_out}) == sorted(left)


def test_a_broken_rule_is_not_hidden_by_a_column_left_out():
    record = ReachReportFactory.build(area__code="620902001001", visits=99)
    assert told(record, exclude={"entered_by", "reviewed_by"}) == [VISITS]
