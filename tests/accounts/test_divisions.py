"""Divisions begin, end and are renamed: who decides it, what follows, and what is refused afterwards."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.loader import load_divisions
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import kinds
from suzhou_portal.reporting.models import Return
from tests.accounts.world import record_in
from tests.admin.test_admin import RECORDS
from tests.areas.merging import HEIR, TODAY, act, merged
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


@pytest.fixture
def district():
    for code in (GRID, HEIR):
        AreaFactory(code=code)
    return Somebody(Role.DISTRICT, DISTRICT)


def offered():
    return [code for _, inside in area_choices() for code, _ in inside]


def test_a_community_is_merged_after_a_look_at_what_follows(district):
    clerk, grid_worker = Somebody(Role.COMMUNITY, COMMUNITY), Somebody(Role.GRID_WORKER, GRID)
    team = VolunteerTeamFactory(area__code=COMMUNITY)
    sent = {
        "area": COMMUNITY,
        "other": HEIR,
        "effective_on": TODAY(),
        "document": "区政发〔2026〕9号",
    }
    preview = district.client.post("/divisions/change/?kind=merged", sent)
    for told in ("志愿服务队伍：1条", str(clerk.user), str(grid_worker.user), "同时撤销"):
        assert told in preview.text
    assert "：0条" not in preview.text
    assert Area.objects.get(pk=COMMUNITY).valid_to is None
    assert not DivisionChange.objects.exists()

    clerk.user.assignments.update(valid_from=TODAY() - 9 * ONE)
    held = clerk.user.assignments.get()
    ends = {f"account-{grid_worker.user.assignments.get().pk}": "end"}
    done = act(district, "merged", {**sent, f"account-{held.pk}": HEIR, **ends})
    assert done.redirect_chain
    for code in (COMMUNITY, GRID):
        ended = Area.objects.get(pk=code)
        assert (ended.valid_to, ended.successor_id) == (TODAY(), HEIR)
    change = DivisionChange.objects.get()
    assert (change.kind, change.document, change.decided_by) == (
        "merged", "区政发〔2026〕9号", district.user,
    )  # fmt: skip
    assert AuditEntry.objects.filter(
        model="areas.divisionchange", actor_id=district.user.pk
    ).exists()
    old, new = clerk.user.assignments.order_by("pk")
    assert (old.area_id, old.valid_to) == (COMMUNITY, TODAY() - ONE)
    assert not grid_worker.user.assignments.exists()
    assert (new.area_id, new.valid_from) == (HEIR, TODAY())
    assert team.area_id == COMMUNITY


def test_whoever_follows_carries_on_what_was_left(district):
    clerk = Somebody(Role.COMMUNITY, HEIR)
    team = VolunteerTeamFactory(area__code=COMMUNITY)
    path = (
        f"/desk/{kinds.desk_of(type(event := GridEventFactory(area__code=GRID))).name}/{event.pk}/"
    )
    assert clerk.client.get(path).status_code == 404
    merged()
    clerk = Somebody(Role.COMMUNITY, HEIR)
    assert clerk.client.get(path).status_code == 200
    assert clerk.user.has_perm("volunteers.change_volunteerteam", team)
    assert "区划变更" in clerk.sees("/desk/")
    assert "区划变更" not in Somebody(Role.COMMUNITY, "620902001002").sees("/desk/")


@pytest.mark.parametrize(
    ("role", "area"),
    [(Role.COMMUNITY, COMMUNITY), (Role.STREET, STREET), (Role.ADMINISTRATOR, DISTRICT)],
)
def test_nobody_else_decides_it(district, role, area):
    assert Somebody(role, area).client.get("/divisions/change/").status_code == 403


def test_a_district_decides_for_itself_alone(district):
    AreaFactory(code="620921001001")
    values = {"area": COMMUNITY, "other": "620921001001", "effective_on": TODAY(), "document": "文"}
    assert (
        "other"
        in district.client.post("/divisions/change/?kind=merged", values).context["form"].errors
    )


def test_it_is_done_once(district):
    sent = {
        "area": COMMUNITY,
        "other": HEIR,
        "effective_on": TODAY(),
        "document": "文",
        "confirmed": 1,
    }
    for _ in range(2):
        district.client.post("/divisions/change/?kind=merged", sent)
    assert DivisionChange.objects.count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        DivisionChange.objects.update(document="另一份文件")


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("merged", {"area": COMMUNITY, "other": COMMUNITY}, "other"),
        ("merged", {"area": COMMUNITY, "other": STREET}, "other"),
        ("merged", {"area": COMMUNITY, "other": HEIR, "document": ""}, "document"),
        ("merged", {"area": COMMUNITY, "other": HEIR, "effective_on": "9999-01-01"}, "effective_on"),
        ("abolished", {"area": STREET}, "area"),
        ("renamed", {"area": COMMUNITY, "name": f"地区{COMMUNITY}"}, "name"),
        ("renamed", {"area": COMMUNITY, "name": "新", "effective_on": TODAY() + ONE}, "effective_on"),
        ("founded", {"code": HEIR, "name": "甲"}, "code"),
        ("founded", {"code": "62092", "name": "甲"}, "code"),
        ("founded", {"code": "620921001002", "name": "甲"}, "code"),
        ("split", {"area": COMMUNITY, "formed": "620902004088"}, "formed"),
        ("split", {"area": COMMUNITY, "formed": "620902004088 甲", "ends": "on"}, "formed"),
        ("split", {"area": COMMUNITY, "formed": "620902004088001 甲"}, "formed"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_at_its_field(district, kind, values, field):
    sent = {"effective_on": TODAY(), "document": "文", **values}
    form = district.client.post(f"/divisions/change/?kind={kind}", sent).context["form"]
    assert list(form.errors) == [field]


def test_a_community_is_divided_and_both_say_so(district, client):
    formed = "620902004088 甲社区\n620902004089 乙社区"
    values = {
        "area": COMMUNITY,
        "formed": formed,
        "ends": "on",
        "effective_on": TODAY(),
        "document": "文",
    }
    act(district, "split", values)
    page = client.get(f"/areas/{COMMUNITY}/?as_of={TODAY()}").text
    for told in ("已于", "/areas/620902004088/", "/areas/620902004089/"):
        assert told in page
    with pytest.raises(ValidationError, match="分设为“甲社区”、“乙社区”，请选择"):
        VolunteerTeamFactory.build(area=Area.objects.get(pk=COMMUNITY)).require_standing()
    assert {"620902004088", "620902004089"} <= set(offered())


def test_a_renamed_one_keeps_its_code_and_tells_its_former_name(district, client):
    before = Area.objects.get(pk=COMMUNITY).name
    values = {"area": COMMUNITY, "name": "新世纪社区", "effective_on": TODAY(), "document": "文"}
    act(district, "renamed", values)
    page = client.get(f"/areas/{COMMUNITY}/?as_of={TODAY()}").text
    assert "<h1>新世纪社区</h1>" in page
    assert f"{before}更名为新世纪社区" in page
    assert f"时的名称：{before}" in client.get(f"/areas/{COMMUNITY}/?as_of={TODAY() - ONE}").text


def test_a_new_one_is_there_from_its_day_on(district):
    values = {
        "code": "620902004088",
        "name": "甲社区",
        "effective_on": TODAY() + ONE,
        "document": "文",
    }
    act(district, "founded", values)
    assert "620902004088" not in offered()
    with pytest.raises(ValidationError, match="起设立，在此之前不能登记"):
        VolunteerTeamFactory.build(area=Area.objects.get(pk="620902004088")).require_standing()


def test_the_page_of_an_ended_one_leads_on_and_lists_offer_it_no_more(district, client):
    assert COMMUNITY in offered()
    VolunteerTeamFactory(area__code=COMMUNITY, name="老队伍")
    merged()
    page = client.get(f"/areas/{COMMUNITY}/?as_of={TODAY()}").text
    assert "撤销。" in page
    assert f'href="/areas/{HEIR}/"' in page
    assert "现为" not in client.get(f"/areas/{COMMUNITY}/?as_of={TODAY() - ONE}").text
    assert COMMUNITY not in offered()
    assert "老队伍" in client.get(f"/volunteers/?area={COMMUNITY}").text


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_nothing_begins_where_nothing_is(district, model):
    """By a form's rules and by the last door, whatever kind it is; what stands with an old record goes on."""
    record = record_in(model, area=AreaFactory(code=COMMUNITY))
    if record.area_id != COMMUNITY or record.placed_on() < TODAY():
        pytest.skip("stands elsewhere, or is of an earlier day")
    merged()
    fresh = model(**{
        field.attname: getattr(record, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated
    })  # fmt: skip
    if fresh.above is not None:
        fresh.require_standing()
        return
    with pytest.raises(ValidationError, match=f"请选择“地区{HEIR}”"):
        fresh.clean_fields()


def test_the_last_door_refuses_what_no_form_has_seen(district):
    merged()
    team = VolunteerTeamFactory.build(area=Area.objects.get(pk=COMMUNITY))
    from suzhou_portal.audit import trail

    with trail.acting(lambda: trail.Actor(user=district.user)):
        with pytest.raises(ValidationError, match="已于"):
            team.save()
        with (
            vouched(VolunteerTeamFactory.build(area=Area.objects.get(pk=DISTRICT))),
            pytest.raises(ValidationError, match="已于"),
        ):
            team.save()


def test_forms_name_what_to_choose_instead(district):
    old = GridEventFactory(area__code=COMMUNITY)
    merged()
    clerk = Somebody(Role.COMMUNITY, HEIR)
    desk = kinds.desk_of(type(old)).name
    page = clerk.client.get(f"/desk/{desk}/new/").context["form"]
    assert [one.pk for one in page.fields["area"].queryset] == [HEIR]
    form = clerk.enters(desk, area=COMMUNITY, title="新事件").context["form"]
    assert f"请选择“地区{HEIR}”" in str(form.errors["area"])
    form = clerk.corrects(old, title="改了的旧事件").context.get("form")
    assert form is None or "area" not in form.errors


def test_what_it_did_is_reported_after_its_end(district):
    """By whoever follows: the period is one in which it existed."""
    merged()
    clerk, area = Somebody(Role.COMMUNITY, HEIR), Area.objects.get(pk=COMMUNITY)
    Return(area=area, period=str(TODAY().year - 1)).require_standing()
    with pytest.raises(ValidationError, match="已于"):
        Return(area=area, period=str(TODAY().year)).require_standing()
    assert clerk.user.has_perm("reporting.add_return", Return(area=area))
    field = Return._meta.get_field("area")
    assert area in choices_for(clerk.user, Return, field)


def test_reference_data_loaded_again_keeps_what_an_act_named(district, tmp_path):
    values = {"area": COMMUNITY, "name": "新世纪社区", "effective_on": TODAY(), "document": "文"}
    act(district, "renamed", values)
    file = tmp_path / "divisions.csv"
    file.write_text(f"code,name,level,parent_code\n{COMMUNITY},旧名,community,{STREET}\n", "utf-8")
    load_divisions(file)
    assert Area.objects.get(pk=COMMUNITY).name == "新世纪社区"


def test_nobody_is_entrusted_with_an_ended_one(district):
    merged()
    held = Assignment(
        user=district.user, role=Role.COMMUNITY, area_id=COMMUNITY, valid_from=TODAY()
    )
    with pytest.raises(ValidationError, match="已于"):
        held.full_clean()
