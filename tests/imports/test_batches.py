"""What a file brought is taken back as a whole, while nobody has touched it and nothing rests on it."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports import batches
from suzhou_portal.imports.models import Batch
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.service import ActivityFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.imports.files import as_csv, row, sheet
from tests.imports.test_journeys import sends
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    AreaFactory(code=COMMUNITY)
    return Somebody(Role.COMMUNITY, COMMUNITY)


def brings(clerk, *rows, **more):
    """The batch that a file of teams becomes."""
    data = as_csv(sheet("teams", *rows))
    assert sends(clerk, "teams", data, **more).status_code == 302
    return Batch.objects.latest("pk"), data


def takes_back(clerk, batch):
    """What the page says then."""
    response = clerk.client.post(f"/imports/batches/{batch.pk}/undo/", follow=True)
    assert response.status_code == 200
    return response.text


def test_who_when_which_and_how_many(clerk):
    batch, data = brings(clerk, row("teams"), row("teams", name="二队"))
    assert (batch.user, batch.ledger, batch.name) == (clerk.user, "teams", "台账.csv")
    assert batch.digest == hashlib.sha256(data).hexdigest()
    assert (batch.added, batch.changed, batch.unchanged) == (2, 0, 0)
    assert {*batches.made(batch)} == {*VolunteerTeam.objects.all()}
    assert f"/imports/batches/{batch.pk}/undo/" in clerk.sees("/imports/teams/")


def test_new_records_go_and_changed_ones_are_as_before(clerk):
    kept = VolunteerTeamFactory(
        area_id=COMMUNITY, name="银龄志愿服务队", members=1, phone="13900005678"
    )
    before = VolunteerTeam.objects.values().get(pk=kept.pk)
    batch, _ = brings(clerk, row("teams"), row("teams", name="二队"), update="on")
    assert (batch.added, batch.changed) == (1, 1)
    assert VolunteerTeam.objects.get(pk=kept.pk).members == 12
    assert "已撤销导入" in takes_back(clerk, batch)
    after = VolunteerTeam.objects.values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert "已经撤销过了" in takes_back(clerk, batch)
    noted = AuditEntry.objects.filter(action=Action.IMPORT).first()
    assert (noted.actor_id, noted.note) == (
        clerk.user.pk, "撤销导入台账.csv：删除1条，恢复1条",
    )  # fmt: skip
    assert AuditEntry.objects.filter(
        action=Action.DELETE, model="volunteers.volunteerteam"
    ).exists()


def test_what_somebody_touched_stays(clerk):
    batch, _ = brings(clerk, row("teams"), row("teams", name="二队"))
    VolunteerTeam.objects.filter(name="二队").update(members=3)
    assert "有人改动过其中的记录（二队）" in takes_back(clerk, batch)
    assert VolunteerTeam.objects.count() == 2
    assert Batch.objects.get().undone_at is None


def test_what_something_rests_on_stays(clerk):
    batch, _ = brings(clerk, row("teams"))
    ActivityFactory(team=VolunteerTeam.objects.get(), area_id=COMMUNITY)
    assert "已有志愿活动用到这次导入的记录" in takes_back(clerk, batch)
    assert VolunteerTeam.objects.exists()


def test_nobody_else_takes_it_back(clerk):
    batch, _ = brings(clerk, row("teams"))
    other = Somebody(Role.COMMUNITY, COMMUNITY)
    assert other.client.post(f"/imports/batches/{batch.pk}/undo/").status_code == 404
    assert clerk.client.get(f"/imports/batches/{batch.pk}/undo/").status_code == 405
    clerk.user.assignments.update(valid_from="2019-01-01", valid_to="2020-01-01")
    assert clerk.client.post(f"/imports/batches/{batch.pk}/undo/").status_code == 403
    assert VolunteerTeam.objects.exists()


def test_a_trial_and_a_file_with_nothing_new_are_no_batch(clerk):
    data = as_csv(sheet("teams", row("teams")))
    assert "新增1条" in sends(clerk, "teams", data, **{"try": "1"}).text
    assert not Batch.objects.exists()
    brings(clerk, row("teams"))
    sends(clerk, "teams", data)
    assert batches.made(Batch.objects.get()).count() == 1


def test_what_was_copied_costs_no_row_of_its_own(clerk):
    batch, _ = brings(clerk, *(row("teams", name=f"{number}队") for number in range(30)))
    assert not batch.rows.exists()
    VolunteerTeamFactory(area_id=COMMUNITY, name="别的队", entered_by=clerk.user)
    assert "已撤销导入" in takes_back(clerk, batch)
    assert VolunteerTeam.objects.get().name == "别的队"


def test_a_copy_that_somebody_deleted_or_one_that_was_read_only(clerk):
    batch, _ = brings(clerk, row("teams"), row("teams", name="二队"))
    team = VolunteerTeam.objects.get(name="二队")
    trail.record(Action.REVEAL, model="volunteers.volunteerteam", object_id=str(team.pk))
    team.delete()
    assert "有的记录已删除" in takes_back(clerk, batch)
    assert VolunteerTeam.objects.count() == 1
    brought, _ = brings(clerk, row("teams", name="三队"))
    seen = VolunteerTeam.objects.get(name="三队")
    trail.record(Action.REVEAL, model="volunteers.volunteerteam", object_id=str(seen.pk))
    assert "已撤销导入" in takes_back(clerk, brought)


def test_a_batch_of_before_has_a_row_for_each_copy(clerk):
    batch, _ = brings(clerk, row("teams"), row("teams", name="二队"))
    Batch.objects.update(copied_at=None)
    for key in VolunteerTeam.objects.values_list("pk", flat=True):
        batch.rows.create(object_id=key)
    VolunteerTeam.objects.filter(name="二队").update(members=3)
    assert "（二队）" in takes_back(clerk, batch)
    Batch.objects.update(trail=AuditEntry.objects.latest("pk").pk)
    assert "已撤销导入" in takes_back(clerk, batch)
    assert not VolunteerTeam.objects.exists()


def test_rows_entered_one_by_one_are_noted(clerk):
    said = {
        "area": COMMUNITY,
        "name": "李某某",
        "phone": "13900001234",
        "registered_on": "2023-01-01",
    }
    cells = [said.get(name, "") for name in ledgers.get("volunteers").fields]
    data = as_csv(sheet("volunteers", cells))
    assert sends(clerk, "volunteers", data).status_code == 302
    batch = Batch.objects.get()
    assert (batch.added, batch.rows.count(), batch.copied_at) == (1, 1, None)
    assert "已撤销导入" in takes_back(clerk, batch)
    assert not ledgers.get("volunteers").model.objects.exists()


def test_copying_rows_asks_for_no_names_that_are_shared(clerk):
    """Over a whole country that would take longer than the rows; only a comparison or an export needs them."""
    with CaptureQueriesContext(connection) as captured:
        brings(clerk, row("teams"))
    assert not [
        query["sql"] for query in captured if "COUNT" in query["sql"] and "HAVING" in query["sql"]
    ]
