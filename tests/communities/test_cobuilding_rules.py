"""M1: what the records of co-building must keep, in form and database."""

import datetime

import pytest

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from tests.factories import BEGUN
from tests.factories.areas import STREET, AreaFactory
from tests.factories.cobuilding import (
    CoBuildingAgreementFactory,
    CoBuildingNeedFactory,
    CoBuildingProjectFactory,
    CoBuildingResourceFactory,
)
from tests.rules import assert_database_refuses, assert_rule, forget

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
OTHER_COMMUNITY = "620902004005"


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (CoBuildingAgreementFactory, {"valid_to": BEGUN - DAY}, "协议到期不能早于协议开始。"),
        (
            CoBuildingAgreementFactory,
            {"signed_on": BEGUN + 400 * DAY},
            "签订日期不能晚于协议到期。",
        ),
        (
            CoBuildingAgreementFactory,
            {"state": "terminated", "terminated_on": BEGUN - DAY},
            "终止不能早于签订。",
        ),
        (
            CoBuildingAgreementFactory,
            {"signed_on": None},
            "已签的协议须有签订日期，已终止的须有终止日期。",
        ),
        (CoBuildingAgreementFactory, {"area_id": STREET}, "共建协议由社区签订：请选择社区。"),
        (CoBuildingAgreementFactory, {"state": "lost"}, "没有这一状态。"),
        (CoBuildingNeedFactory, {"state": "lost"}, "没有这一状态。"),
        (CoBuildingNeedFactory, {"state": "satisfied"}, "已满足的需求须有满足日期。"),
        (
            CoBuildingNeedFactory,
            {"state": "satisfied", "satisfied_on": BEGUN - DAY},
            "满足日期不能早于提出日期。",
        ),
        (CoBuildingResourceFactory, {"state": "lost"}, "没有这一状态。"),
        (
            CoBuildingResourceFactory,
            {"quantity": 5},
            "数量须大于0，并写明计量单位；不限量的留空。",
        ),
        (CoBuildingResourceFactory, {"state": "used_up"}, "用完或撤回的资源须有停止日期。"),
        (
            CoBuildingResourceFactory,
            {"state": "used_up", "closed_on": BEGUN - DAY},
            "停止日期不能早于提供日期。",
        ),
        (CoBuildingProjectFactory, {"state": "lost"}, "没有这一状态。"),
        (
            CoBuildingProjectFactory,
            {"state": "under_way"},
            "实施中的项目须有开始日期，结束的须有结束日期。",
        ),
        (
            CoBuildingProjectFactory,
            {"state": "under_way", "started_on": BEGUN - DAY},
            "开始不能早于拟定。",
        ),
        (
            CoBuildingProjectFactory,
            {"state": "terminated", "started_on": BEGUN + DAY, "ended_on": BEGUN},
            "结束不能早于开始。",
        ),
        (
            CoBuildingProjectFactory,
            {"state": "terminated", "ended_on": BEGUN - DAY},
            "结束不能早于拟定。",
        ),
        (
            CoBuildingProjectFactory,
            {"state": "completed", "started_on": BEGUN, "ended_on": BEGUN},
            "完成须写明受益人次和成效。",
        ),
    ],
)
def test_rules_of_co_building(factory, broken, message):
    assert_rule(factory, broken, message)


def test_one_agreement_a_unit_and_day_and_one_project_a_need():
    agreement, project = CoBuildingAgreementFactory(), CoBuildingProjectFactory()
    same = {"unit": agreement.unit, "area": agreement.area}
    assert_database_refuses(lambda: CoBuildingAgreementFactory(**same))
    ends = {"agreement": project.agreement, "need": project.need}
    assert_database_refuses(lambda: CoBuildingProjectFactory(**ends))


def test_the_database_holds_what_spans_two_tables():
    draft = CoBuildingAgreementFactory(state="draft", signed_on=None)
    lessons = CoBuildingResourceFactory(agreement=draft, quantity=16, unit="课时")
    ends = {"agreement": lessons.agreement, "resource": lessons}
    project = CoBuildingProjectFactory(**ends, quantity=10)
    other, table = CoBuildingNeedFactory(), CoBuildingProject.objects.filter(pk=project.pk)
    withdrawn = CoBuildingNeedFactory(agreement=lessons.agreement, state="withdrawn")
    AreaFactory(code=OTHER_COMMUNITY)
    for refused in (
        lambda: CoBuildingProjectFactory(**ends, quantity=7),
        lambda: CoBuildingProjectFactory(**ends, quantity=None),
        lambda: CoBuildingProjectFactory(**ends, quantity=1, need=withdrawn),
        lambda: table.update(quantity=17),
        lambda: table.update(quantity=-1),
        lambda: table.update(need=other),
        lambda: table.update(area=OTHER_COMMUNITY),
        lambda: CoBuildingNeed.objects.filter(pk=other.pk).update(area=OTHER_COMMUNITY),
        lambda: CoBuildingResource.objects.filter(pk=lessons.pk).update(quantity=9),
        lambda: CoBuildingResource.objects.filter(pk=lessons.pk).update(quantity=None),
        lambda: CoBuildingResource.objects.filter(pk=lessons.pk).update(area=OTHER_COMMUNITY),
    ):
        assert_database_refuses(refused)
    # Where the agreement goes while it is drafted, its lists go, unless one of them is decided
    agreements = CoBuildingAgreement.objects.filter(pk=lessons.agreement_id)
    assert_database_refuses(lambda: agreements.update(area=OTHER_COMMUNITY))
    forget(withdrawn)
    agreements.update(area=OTHER_COMMUNITY)
    project.refresh_from_db()
    assert project.area_id == OTHER_COMMUNITY
