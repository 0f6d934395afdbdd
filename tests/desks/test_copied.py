"""A new record begins with what an earlier one says, and as a draft of its own."""

import datetime

import pytest

from communities.models import CoBuildingAgreement, PlannedSession, TrainingPlan
from suzhou_portal.accounts.roles import Role
from suzhou_portal.desks.forms import first_values
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.cobuilding import CoBuildingAgreementFactory
from tests.factories.consultation import RuleVersionFactory
from tests.factories.learning import PlannedSessionFactory, TrainingPlanFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def sent_as_shown(clerk, path, **values):
    form = clerk.client.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    told = {name: "" if one is None else one for name, one in (shown | values).items()}
    return shown, clerk.client.post(path, told)


def test_last_years_plan_with_its_sessions():
    plan = TrainingPlanFactory(area=AreaFactory(code=DISTRICT), year=2022)
    PlannedSessionFactory(plan=plan, name="岗位培训", quarter=2)
    clerk = Somebody(Role.DISTRICT, DISTRICT)
    path = f"/desk/training-plans/new/?like={plan.pk}"
    assert path in clerk.sees(f"/desk/training-plans/{plan.pk}/")
    sent_as_shown(clerk, path)
    made = TrainingPlan.objects.get(year=2023)
    assert (made.state, made.area_id, made.entered_by) == ("draft", DISTRICT, clerk.user)
    session = PlannedSession.objects.get(plan=made)
    assert (session.name, session.quarter, session.course) == ("岗位培训", 2, None)
    # The same again is refused, and copies nothing
    sent_as_shown(clerk, path)
    assert PlannedSession.objects.count() == 2


def test_an_agreement_for_the_next_term():
    old = CoBuildingAgreementFactory(
        area=AreaFactory(code=COMMUNITY), contact="王某某", phone="13800001234",
        valid_from=datetime.date(2022, 6, 1), valid_to=datetime.date(2023, 5, 31),
    )  # fmt: skip
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    sent_as_shown(clerk, f"/desk/co-building/new/?like={old.pk}")
    made = CoBuildingAgreement.objects.exclude(pk=old.pk).get()
    assert (made.unit, made.phone, made.state) == (old.unit, "13800001234", "draft")
    assert made.valid_from == datetime.date(2023, 6, 1)
    other = Somebody(Role.COMMUNITY, f"{COMMUNITY[:9]}099")
    assert other.client.get(f"/desk/co-building/new/?like={old.pk}").status_code == 404


def test_a_new_version_begins_with_the_text_in_force():
    rule = RuleVersionFactory(
        area=AreaFactory(code=COMMUNITY), title="议事规则", text="第一条", state="in_force",
        published_on=datetime.date(2022, 6, 1), adopted_on=datetime.date(2022, 6, 2),
        in_force_from=datetime.date(2022, 6, 3),
    )  # fmt: skip
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    form = clerk.client.get(f"/desk/rules/new/?of={rule.mechanism_id}").context["form"]
    assert (form["title"].value(), form["text"].value()) == ("议事规则", "第一条")


@pytest.mark.parametrize(
    ("role", "area", "desk", "shown"),
    [
        (Role.COMMUNITY, COMMUNITY, "co-building", COMMUNITY),
        (Role.COMMUNITY, COMMUNITY, "grid-posts", None),
        (Role.DISTRICT, DISTRICT, "grid-posts", None),
        (Role.DISTRICT, DISTRICT, "courses", DISTRICT),
    ],
)
def test_no_form_begins_with_a_division_where_its_records_cannot_stand(role, area, desk, shown):
    AreaFactory(code=GRID)
    form = Somebody(role, area).client.get(f"/desk/{desk}/new/").context["form"]
    assert form["area"].value() == shown


def test_no_default_of_any_desk_breaks_a_rule_about_its_place():
    """Whatever the rule: the first value of the division passes every check about it alone."""
    AreaFactory(code=GRID)
    for role, area in (
        (Role.COMMUNITY, COMMUNITY),
        (Role.STREET, STREET),
        (Role.DISTRICT, DISTRICT),
    ):
        somebody = Somebody(role, area)
        for desk in kinds.desks():
            first = first_values(desk, somebody.user)
            if "area" not in first or not somebody.user.has_perm(desk.permission("add")):
                continue
            record = desk.model(area_id=first["area"])
            for rule in desk.model._meta.constraints:
                if "placed" in rule.name or "stands_at" in rule.name:
                    rule.validate(desk.model, record)
