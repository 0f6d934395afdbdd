"""An act about divisions entered by mistake is taken back: by whom, until when, and that all is as it was."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from suzhou_portal.accounts.divisions import told_to
from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import Role
from suzhou_portal.accounts.withdrawals import withdraw
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.models import AuditEntry
from tests.areas.merging import HEIR, TODAY, act
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.organizations import ServiceItemFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
NEW, OTHER = "620902004088", "620902004089"
GIVEN = {"effective_on": TODAY(), "document": "文"}
ACTS = {
    "merged": {"area": COMMUNITY, "other": HEIR},
    "abolished": {"area": COMMUNITY},
    "renamed": {"area": COMMUNITY, "name": "新世纪社区"},
    "founded": {"code": NEW, "name": "甲社区"},
    "split": {"area": COMMUNITY, "formed": f"{NEW} 甲社区\n{OTHER} 乙社区", "ends": "on"},
}


@pytest.fixture
def district():
    for code in (GRID, HEIR):
        AreaFactory(code=code)
    return Somebody(Role.DISTRICT, DISTRICT)


@pytest.fixture
def entrusted():
    """Somebody since last week, somebody since today, somebody from next week on, and a grid worker."""
    began = (TODAY() - 7 * ONE, TODAY(), TODAY() + 7 * ONE)
    people = [Somebody(Role.COMMUNITY, COMMUNITY) for _ in began]
    for one, day in zip(people, began, strict=True):
        one.user.assignments.update(valid_from=day)
    return [*people, Somebody(Role.GRID_WORKER, GRID)]


def stored():
    """Everything that an act may change."""
    return list(Area.objects.order_by("pk").values()), list(
        Assignment.objects.order_by("pk").values()
    )


def path_of(change=None):
    change = change or DivisionChange.objects.get(changed__isnull=False, withdrawn_at=None)
    return f"/divisions/change/{change.pk}/withdraw/"


def taken_back(somebody):
    return somebody.client.post(path_of(), follow=True)


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("where", ["on", "end"])
def test_all_is_as_it_was_and_history_says_both(district, entrusted, client, kind, where):
    before = stored()
    ends = (
        {f"account-{one.pk}": "end" for one in Assignment.objects.all()} if where == "end" else {}
    )
    act(district, kind, {**GIVEN, **ACTS[kind], **ends})
    assert stored() != before
    said = [one.said for one in DivisionChange.objects.all()]
    assert "确认撤回" in district.sees(path_of())
    assert "已撤回" in taken_back(district).text
    assert stored() == before
    page = client.get("/divisions/").text
    for one in said:
        assert f"<s>{one}</s>" in page
    assert page.count(f"已撤回，{TODAY().year}年{TODAY().month}月{TODAY().day}日") == len(said)
    assert str(district.user) not in page
    assert str(district.user) in district.sees("/divisions/")
    assert set(DivisionChange.objects.values_list("withdrawn_by", flat=True)) == {district.user.pk}
    assert AuditEntry.objects.filter(
        model="areas.divisionchange", action="change", actor_id=district.user.pk
    ).exists()


@pytest.mark.parametrize("kind", ACTS)
def test_nobody_reads_of_it_as_if_it_stood_and_it_can_be_done_again(district, client, kind):
    before = area_choices()
    act(district, kind, {**GIVEN, **ACTS[kind]})
    taken_back(district)
    assert area_choices() == before
    assert client.get(f"/areas/{NEW}/").status_code == 404
    page = client.get(f"/areas/{COMMUNITY}/?as_of={TODAY() - ONE}").text
    assert "区划沿革</summary>" not in page
    assert "时的名称" not in page
    Area.objects.get(pk=COMMUNITY)
    assert not told_to(Somebody(Role.COMMUNITY, COMMUNITY).user)
    VolunteerTeamFactory.build(area=Area.objects.get(pk=COMMUNITY)).require_standing()
    assert act(district, kind, {**GIVEN, **ACTS[kind]}).redirect_chain
    assert DivisionChange.objects.upheld().exists()


def test_by_its_own_person_on_the_same_day_and_once(district):
    act(district, "renamed", {**GIVEN, **ACTS["renamed"]})
    change, path = DivisionChange.objects.get(), path_of()
    colleague = Somebody(Role.DISTRICT, DISTRICT)
    assert colleague.client.post(path).status_code == 403
    assert path not in colleague.sees("/divisions/")
    assert Somebody(Role.COMMUNITY, COMMUNITY).client.post(path).status_code == 403
    assert path in district.sees("/divisions/")

    with pytest.MonkeyPatch.context() as tomorrow:
        tomorrow.setattr(timezone, "localdate", lambda at=None: TODAY() if at else TODAY() + ONE)
        assert "只能在办理的当日撤回" in district.client.post(path).text
        assert path not in district.sees("/divisions/")
    assert Area.objects.get(pk=COMMUNITY).name == "新世纪社区"

    assert district.client.post(path).status_code == 302
    assert "已经撤回" in district.client.post(path).text
    with pytest.raises(ValidationError):
        withdraw(DivisionChange.objects.get(pk=change.pk), district.user)
    for written in (
        {"withdrawn_at": None},
        {"withdrawn_at": timezone.now()},
        {"document": "另一份"},
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            DivisionChange.objects.update(**written)


def test_an_act_loses_its_division_by_no_other_way(district):
    act(district, "renamed", {**GIVEN, **ACTS["renamed"]})
    gone = {"area": None, "withdrawn_at": timezone.now()}
    for written in ({"area": None}, {"area": HEIR}, gone):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            DivisionChange.objects.update(**written)


def another_act(district):
    act(district, "renamed", {**GIVEN, "area": HEIR, "name": "后来的社区"})
    return "之后又办理了“"


def another_assignment(district):
    Assignment.objects.filter(area=HEIR).update(valid_to=TODAY() + 9 * ONE)
    return "的任职后来又有改动。"


@pytest.mark.parametrize("follow", [another_act, another_assignment])
def test_not_once_something_followed(district, entrusted, follow):
    act(district, "merged", {**GIVEN, **ACTS["merged"]})
    path, told = path_of(), follow(district)
    left = stored()
    assert told in district.sees(path)
    assert told in district.client.post(path).text
    assert "确认撤回" not in district.sees(path)
    assert stored() == left


def a_record(area):
    ServiceItemFactory(area=area)
    return "新设的区划里已有服务项目1条。"


def an_account(area):
    return f"账号“{Somebody(Role.COMMUNITY, area.pk).user}”已在新设的区划任职。"


def a_grid(area):
    return f"新设的区划里已有“{AreaFactory(code=f'{area.pk}001')}”。"


@pytest.mark.parametrize("make", [a_record, an_account, a_grid])
@pytest.mark.parametrize("kind", ["founded", "split"])
def test_not_once_something_stands_where_it_was_founded(district, kind, make):
    act(district, kind, {**GIVEN, **ACTS[kind]})
    told = make(Area.objects.get(pk=NEW))
    assert told in district.sees(path_of())
    district.client.post(path_of())
    assert Area.objects.filter(pk=NEW).exists()


def test_what_followed_is_asked_in_as_many_queries_however_much(
    district, django_assert_max_num_queries
):
    act(district, "split", {**GIVEN, **ACTS["split"]})
    for number in range(4):
        AreaFactory(code=f"{NEW}00{number}")
        an_account(Area.objects.get(pk=NEW))
    with django_assert_max_num_queries(24):
        district.client.get(path_of())
